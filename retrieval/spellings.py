"""Words and their readings, for telling what was meant by how it sounds.

Those of the lexicon take a second to collect and depend on no document, so the words of the shipped
lexicon are shipped.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from retrieval.analysis import JapaneseAnalyzer, morphemes, normalise
from retrieval.lexicon import Lexicon
from retrieval.readings import kana_of

_TERM, _OFFICIAL = 3, 2
_WORD = re.compile(r"[\w・ー]{2,16}")
_SPELT = re.compile(r"[\u4e00-\u9fff]|[ァ-ヴ]{2}")
_WORD_CHARACTER = re.compile(r"\w")
_NOUNS = ("名詞", "接頭", "接尾")
_NUMERAL = "名詞-数詞"
_INFLECTED = ("動詞-一般", "形容詞", "形状詞", "副詞")
_ENDINGS = ("助動詞", "助詞-接続助詞", "動詞-非自立")
_SHIPPED = Path(__file__).resolve().parent / "weights" / "spellings.json"

Spellings = Mapping[str, tuple[int, str]]
"""Words, each with how much it counts and its reading in kana."""


def spellings(lexicon: Lexicon) -> Spellings:
    """The words of the lexicon."""
    shipped = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    if shipped["key"] != _key(lexicon):
        return spellings_anew(lexicon)
    return {word: (count, kana) for word, (count, kana) in shipped["words"].items()}


def spellings_anew(lexicon: Lexicon) -> Spellings:
    """The same without a look at what is shipped."""
    return {word: (count, kana_of(word)) for word, count in _counted(lexicon).items()}


def ship(lexicon: Lexicon) -> None:
    """Write the words that the product ships; see `python -m retrieval.prepare`."""
    made = {"key": _key(lexicon), "words": spellings_anew(lexicon)}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    _SHIPPED.write_text(text + "\n", encoding="utf-8")


def _key(lexicon: Lexicon) -> str:
    analyzer = JapaneseAnalyzer()
    return f"{lexicon.digest} {analyzer.version} {analyzer.dictionary}"


def terms_of(lexicon: Lexicon) -> Iterator[str]:
    """Terms in all their writings."""
    for term in lexicon.terms:
        yield from spelt((term.term, *term.synonyms))


def _counted(lexicon: Lexicon) -> Counter[str]:
    """Words of the lexicon and how much they count."""
    words = Counter(dict.fromkeys(terms_of(lexicon), _TERM))
    for owner in lexicon.owners:
        words.update(dict.fromkeys(spelt((owner.name, *owner.aliases)), _TERM))
    for term in lexicon.terms:
        words.update(spelt(words_of(term.term)))
    for topic in lexicon.topics:
        words.update(dict.fromkeys(spelt((topic.topic, *topic.official)), _OFFICIAL))
        words.update(spelt(words_of("。".join(topic.everyday))))
    return words


def spelt(words: Iterable[str]) -> Iterator[str]:
    """Words that can be spelt otherwise than by their sound."""
    for word in map(normalise, words):
        if _WORD.fullmatch(word) and _SPELT.search(word):
            yield word


def words_of(text: str) -> Iterator[str]:
    """Nouns, compounds of nouns, and verbs and adjectives with their endings, as written."""
    nouns, inflected = "", ""
    for surface, _, _, part_of_speech in morphemes(normalise(text)):
        noun = part_of_speech.startswith(_NOUNS) and not part_of_speech.startswith(_NUMERAL)
        if noun and _WORD_CHARACTER.match(surface):
            yield from (surface,) if nouns else ()
            nouns += surface
        elif nouns:
            yield nouns
            nouns = ""
        if part_of_speech.startswith(_INFLECTED):
            yield from (inflected,) if inflected else ()
            inflected = surface
        elif inflected and part_of_speech.startswith(_ENDINGS):
            inflected += surface
        elif inflected:
            yield inflected
            inflected = ""
    yield from filter(None, (nouns, inflected))
