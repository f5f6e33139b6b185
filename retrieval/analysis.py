"""Japanese text to search terms: one analyser for what is indexed and what is asked.

Terms are dictionary forms of content words (fugashi with unidic-lite), character bigrams (UniDic
splits 中小企業 into 中/小/企業, so words alone lose compounds), and numbers and years in one
spelling. A two-character word counts twice, as word and as bigram: it measures better than once.
The only module that imports fugashi.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from retrieval.numerals import numerals

TOKENIZER_VERSION = "ja-1"
"""Changes whenever the same text would give other terms."""

_FUNCTION_WORDS = ("助詞", "助動詞", "補助記号", "記号", "空白", "感動詞", "名詞-数詞", "代名詞")
_LIGHT_WORDS = frozenset({"為る", "居る", "有る", "成る", "出来る", "事", "物", "為", "よう", "様"})
_RUN = re.compile(r"[\u4e00-\u9fff々〆ヶァ-ヴーぁ-ゖa-z0-9]+")
_HIRAGANA_PAIR = re.compile(r"[ぁ-ゖ]{2}")
_WORD_CHARACTER = re.compile(r"\w")
_PIECE = re.compile(r"[a-z]|\d+")


class Analyzer(Protocol):
    """Turns text into terms; `version` and `dictionary` go into the manifest of an index."""

    @property
    def version(self) -> str:
        """Changes whenever the same text would give other terms."""

    @property
    def dictionary(self) -> str:
        """Name and version of the dictionary behind the lemmas."""

    def terms(self, text: str) -> list[str]:
        """All terms of `text`, repeated as often as they occur."""


class JapaneseAnalyzer:
    """The shipped analyser. Making one costs nothing; the dictionary is opened at first use."""

    version = TOKENIZER_VERSION

    @property
    def dictionary(self) -> str:
        """Name and version of the dictionary behind the lemmas."""
        from importlib.metadata import version

        return f"unidic-lite {version('unidic-lite')}"

    def terms(self, text: str) -> list[str]:
        """All terms of `text`, repeated as often as they occur."""
        return list(_terms(text))


@lru_cache(maxsize=32_768)
def _terms(text: str) -> tuple[str, ...]:
    """The words index and the encoder ask for the same text one after the other."""
    normal = normalise(text)
    return (*(n.term for n in numerals(normal)), *(w for _, w in words(normal)), *_bigrams(normal))


@lru_cache(maxsize=4_096)
def normalise(text: str) -> str:
    """NFKC (which also unfolds Kangxi radicals and half-width kana) in lower case.

    Bytes that were no text (lone surrogates, from a command line or JSON) become question marks.
    """
    return unicodedata.normalize("NFKC", text).lower().encode(errors="replace").decode()


def _bigrams(text: str) -> Iterator[str]:
    """Pairs of neighbouring characters, but not of hiragana alone: those are mostly grammar."""
    for run in _RUN.findall(text):
        for start in range(len(run) - 1):
            pair = run[start : start + 2]
            if not _HIRAGANA_PAIR.match(pair):
                yield pair


def words(text: str) -> Iterator[tuple[str, str]]:
    """Content words of normalised `text`: as written, and the term that stands for it."""
    for surface, _, lemma, part_of_speech in morphemes(text):
        if part_of_speech.startswith(_FUNCTION_WORDS) or not _WORD_CHARACTER.match(surface):
            continue
        # Names have their reading as lemma, which would merge different names.
        word = surface if "固有名詞" in part_of_speech or not lemma else lemma.partition("-")[0]
        word = word.lower()
        if word not in _LIGHT_WORDS and not _PIECE.fullmatch(word):
            yield surface, word


class Morpheme(NamedTuple):
    """What the dictionary says of a word; `pronunciation` is katakana, empty when unknown."""

    surface: str
    pronunciation: str
    lemma: str
    part_of_speech: str


def morphemes(text: str) -> Iterator[Morpheme]:
    """The words of normalised `text`, in order."""
    for line in _tagger().parse(text).split("\n"):
        fields = line.split("\t")
        if len(fields) >= 5:  # Fewer at the end mark.
            yield Morpheme(fields[0], fields[1], fields[3], fields[4])


class _Tagger(Protocol):
    def parse(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _tagger() -> _Tagger:
    import fugashi
    import unidic_lite

    folder = unidic_lite.DICDIR
    tagger: _Tagger = fugashi.GenericTagger(f'-r "{folder}/dicrc" -d "{folder}"')
    return tagger
