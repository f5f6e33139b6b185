"""The content words of a text, with their dictionary forms and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from retrieval.analysis import morphemes, normalise

_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接続詞")
_NOT_CONTENT = ("名詞-数詞", "動詞-非自立可能", "形状詞-助動詞語幹", "形容詞-非自立可能")
_LIGHT = frozenset(
    ["為る", "居る", "有る", "成る", "出来る", "事", "物", "為", "様", "所", "其れ", "此れ"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """A morpheme of a normalised text: text[start:end] is `surface`.

    `is_content` says whether it says something itself; numbers, particles, affixes and light verbs
    do not.
    """

    surface: str
    lemma: str
    kind: str
    start: int
    end: int
    is_content: bool


@lru_cache(maxsize=4_096)
def words(text: str) -> tuple[Word, ...]:
    """Every morpheme of normalised `text`, in order; white space is left out."""
    found: list[Word] = []
    at = 0
    for surface, _, lemma, kind in morphemes(text):
        start = text.find(surface, at)
        if (
            start < 0
        ):  # The dictionary gives the surface as it stands; only odd white space differs.
            continue
        at = start + len(surface)
        # Names have their reading as lemma, which would merge different names.
        own = surface if "固有名詞" in kind or not lemma else lemma.partition("-")[0].lower()
        found.append(Word(surface, own, kind, start, at, _is_content(own, kind)))
    return tuple(found)


def _is_content(lemma: str, kind: str) -> bool:
    return kind.startswith(_CONTENT) and not kind.startswith(_NOT_CONTENT) and lemma not in _LIGHT


@lru_cache(maxsize=4_096)
def content(text: str) -> frozenset[str]:
    """The dictionary forms of the content words of `text`, whatever its width and case."""
    return frozenset(word.lemma for word in words(normalise(text)) if word.is_content)
