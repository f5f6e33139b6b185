"""Questions in kana or romaji, and words in the wrong kanji, as the field spells them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.documents import Document, DocumentKind, Passage
from kb.errors import CorruptStoreError
from retrieval.analysis import normalise
from retrieval.lexicon import Lexicon, TermKind
from retrieval.readings import (
    from_romaji,
    is_all_sound,
    is_romaji,
    is_spelt_by_sound,
    kana_of,
    shortened,
    shortened_with_offsets,
)
from retrieval.spellings import spellings, spelt, terms_of, words_of

LEAST = 3
"""Kana of the shortest word looked for: shorter ones stand inside others everywhere."""
LEAST_PART = 8
"""Letters of the shortest sentence or clause that counts as spelt by sound beside others."""
LIKING = 1.3
SLACK = 1.5
"""A word of n kana counts (n - SLACK) ** LIKING: one long word rather than two short ones."""

_LONGEST = 18
_KANJI_WORD = re.compile(r"[\u4e00-\u9fffァ-ヴー]{2,}")
# Without を, which is always a particle.
_KANA_RUN = re.compile(r"[\u3041-\u3091\u3093-\u3096ァ-ヱン-ヴー]+")
_PART = re.compile(r"[^。、,!?\n]*[。、,!?\n]|[^。、,!?\n]+")
_PARTICLE = re.compile(r"[はがのをにとでもやへか]|って|など|から|まで|より|だけ|とか|みたい")
_LOAN_WORD_ASKED = re.compile(
    r"([ァ-ヴー・]{3,})(?:とは|って)(?:なに|なん)?(?:ですか|のこと)?[?。]?"
)
_LOAN = re.compile(r"[ァ-ヴー]+")
_ALL_KANA = re.compile(r"[\u3041-\u3096ー]+")
_HIRAGANA_RUN = re.compile(r"(?<![ァ-ヴー])[\u3041-\u3091\u3093-\u3096ー]+(?![ァ-ヴ])")


@dataclass(frozen=True, slots=True)
class Respelt:
    """A question as the field spells it; `words` pairs what was written with the spelling.

    `by_sound` is what of the question was typed in kana or romaji alone.
    """

    text: str
    words: tuple[tuple[str, str], ...] = ()
    by_sound: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by their shortened reading, the commonest first, and which are terms."""

    by_sound: Mapping[str, Sequence[str]]
    terms: frozenset[str]


class Respeller:
    """The words of documents and lexicon by their sound; safe to share among threads.

    The words are read when a question first needs them: few do.
    """

    def __init__(self, read: Callable[[], Vocabulary]) -> None:
        """`read` gives the words."""
        self._read = read

    @classmethod
    def build(
        cls, passages: Sequence[Passage], documents: Mapping[str, Document], lexicon: Lexicon
    ) -> Respeller:
        """Collect words; those of laws, far from questions and very many, are left out."""
        texts = (
            "\n".join((*passage.breadcrumbs[-1:], passage.heading, passage.text))
            for passage in passages
            if documents[passage.doc].kind is not DocumentKind.LAW
        )
        known = spellings(lexicon)
        words = Counter({word: count for word, (count, _) in known.items()})
        for text in texts:
            words.update(spelt(words_of(text)))
        by_sound: dict[str, list[str]] = {}
        for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0])):
            kana = known[word][1] if word in known else kana_of(word)
            if len(kana) >= LEAST:
                by_sound.setdefault(shortened(kana), []).append(word)
        # Readings that the dictionary does not know: 歩切り is ぶぎり.
        for term in lexicon.terms:
            for written in term.synonyms if term.kind is TermKind.SPELLING else ():
                if len(written) >= LEAST and _ALL_KANA.fullmatch(written):
                    by_sound.setdefault(shortened(written), [term.term])
        vocabulary = Vocabulary(by_sound, frozenset(terms_of(lexicon)))
        return cls(lambda: vocabulary)

    def respell(self, text: str, is_unknown: Callable[[str], bool]) -> Respelt:
        """`text` with what it spells by sound respelt; nothing else of it changes.

        Of words in kanji only those are looked at that `is_unknown`.
        """
        plain = normalise(text)
        parts = _PART.findall(plain)
        if is_spelt_by_sound(plain):
            sounds = parts
        else:
            sounds = [part for part in parts if len(part) > LEAST_PART and is_all_sound(part)]
        if 2 * sum(map(len, sounds)) > len(plain) and not self._is_loan_word_asked(plain):
            done = [self._from_sound(part) if part in sounds else Respelt(part) for part in parts]
            return Respelt(
                "".join(part.text for part in done),
                tuple(pair for part in done for pair in part.words if pair[0] != pair[1]),
                "".join(sounds),
            )
        found = [*self._terms_in_kana(plain), *self._misconverted(plain, is_unknown)]
        for word, spelling in found:
            plain = plain.replace(word, spelling)
        return Respelt(plain, tuple(found)) if found else Respelt(text)

    def _is_loan_word_asked(self, text: str) -> bool:
        """Whether it asks what a word means that is known in katakana: スタートアップとは."""
        match = _LOAN_WORD_ASKED.fullmatch(text)
        return match is not None and match[1] in self._known

    def _terms_in_kana(self, text: str) -> Iterator[tuple[str, str]]:
        """Terms of the lexicon written in kana between other words: ぶぎりの根拠.

        With a long vowel's mark also any loan word: ぽーたるの運営.
        """
        for run in _HIRAGANA_RUN.finditer(text):
            for length in range(len(run[0]), LEAST - 1, -1):
                written, rest = run[0][:length], run[0][length:]
                if rest and not _PARTICLE.match(rest):
                    continue
                spelt = self._by_sound.get(shortened(written), ())
                terms = [
                    word
                    for word in spelt
                    if word in self._vocabulary.terms or ("ー" in written and _LOAN.fullmatch(word))
                ]
                if terms:
                    yield written, terms[0]
                    break

    def _misconverted(
        self, text: str, is_unknown: Callable[[str], bool]
    ) -> Iterator[tuple[str, str]]:
        """Unknown words that sound like known ones: 競技会 for 協議会."""
        for word in dict.fromkeys(words_of(text)):
            if _KANJI_WORD.fullmatch(word) and is_unknown(word) and word not in self._known:
                alike = self._by_sound.get(shortened(kana_of(word)), ())
                yield from ((word, spelling) for spelling in alike[:1])

    def _from_sound(self, text: str) -> Respelt:
        kana = from_romaji(text) if is_romaji(text) else text
        parts: list[str] = []
        words: list[tuple[str, str]] = []
        end = 0
        for run in _KANA_RUN.finditer(kana):
            parts.append(kana[end : run.start()])
            end = run.end()
            for written, sound in self._cut(run[0]):
                parts.append(self._by_sound[sound][0] if sound else written)
                if sound:
                    words.append((written, parts[-1]))
        return Respelt("".join((*parts, kana[end:])), tuple(words))

    def _cut(self, run: str) -> list[tuple[str, str | None]]:
        """Kana cut into known words (with their sound) and what lies between them."""
        sound, offsets = shortened_with_offsets(run)
        offsets = [0, *offsets[1:], len(run)]
        best = [0.0] * (len(sound) + 1)
        begin: list[tuple[int, bool]] = [(0, False)] * (len(sound) + 1)
        for stop in range(1, len(sound) + 1):
            best[stop], begin[stop] = best[stop - 1], (stop - 1, False)
            for start in range(max(stop - _LONGEST, 0), stop - 1):
                length = offsets[stop] - offsets[start]
                if length >= LEAST and sound[start:stop] in self._by_sound:
                    worth = best[start] + (length - SLACK) ** LIKING
                    if worth > best[stop]:
                        best[stop], begin[stop] = worth, (start, True)
        found: list[tuple[str, str | None]] = []
        stop = len(sound)
        while stop:
            start, known = begin[stop]
            written = run[offsets[start] : offsets[stop]]
            found.append((written, sound[start:stop] if known else None))
            stop = start
        return found[::-1]

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return self._read()

    @property
    def _by_sound(self) -> Mapping[str, Sequence[str]]:
        return self._vocabulary.by_sound

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(word for words in self._by_sound.values() for word in words)

    def save(self, path: Path) -> None:
        """Write the words into `path` (.json)."""
        words = {"words": self._by_sound, "terms": sorted(self._vocabulary.terms)}
        path.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Respeller:
        """Open what `save` wrote; a question that needs it raises CorruptStoreError if damaged."""

        def read() -> Vocabulary:
            try:
                found = json.loads(path.read_text(encoding="utf-8"))
                return Vocabulary(found["words"], frozenset(found["terms"]))
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise CorruptStoreError(
                    f"読みの索引（{path}）が読めません。`kb ingest` を実行して作り直してください。"
                ) from error

        return cls(read)
