"""Finds known writings in a text, the longest first, where they stand as words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kb.spans import Span

Value = TypeVar("Value")

_KANJI = re.compile(r"[\u4e00-\u9fff々〆ヶ]")
_ALL_KANJI = re.compile(r"[\u4e00-\u9fff々〆ヶ]+")
_ALL_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_KATAKANA = re.compile(r"[ァ-ヴー]")
_LATIN = re.compile(r"[a-z0-9]")
_PLACE = re.compile(r"県|けん|府|都(?!合|度)|市|(?<=.)し(?:の|は|が|で|に|も|、| )|町|区")
_PARTICLE = re.compile(r"[はがのをにとでもや、。]")
_CASE_PARTICLE = re.compile(r"[のをは]")
_LONG_KANA = 4


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A writing found, what it stands for and its range in the searched text."""

    surface: str
    value: Value
    span: Span


class Surfaces(Generic[Value]):
    """Writings (normalised: NFKC, lower case) and what each stands for."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = dict(values)
        lengths: dict[str, set[int]] = {}
        for surface in self._values:
            lengths.setdefault(surface[0], set()).add(len(surface))
        self._lengths = {first: sorted(all_, reverse=True) for first, all_ in lengths.items()}

    def items(self) -> Iterable[tuple[str, Value]]:
        """Every writing and what it stands for."""
        return self._values.items()

    def find(self, text: str) -> Iterator[Found[Value]]:
        """Non-overlapping writings in normalised `text`, from left to right."""
        position = 0
        while position < len(text):
            found = self._at(text, position)
            if found:
                yield found
                position = found.span.end
            else:
                position += 1

    def _at(self, text: str, start: int) -> Found[Value] | None:
        for length in self._lengths.get(text[start], ()):
            end = start + length
            surface = text[start:end]
            if end <= len(text) and surface in self._values and stands_alone(text, start, end):
                return Found(surface, self._values[surface], Span(start, end))
        return None


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a word there and not a piece of another.

    Kanji compounds need no border, since Japanese joins names without one (私学事業団方針).
    """
    surface, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    if _LATIN.match(surface[0]) and _LATIN.match(before):
        return False
    if _LATIN.match(surface[-1]) and _LATIN.match(after):
        return False
    if _KATAKANA.match(surface[0]) and surface[0] != "ー" and _KATAKANA.match(before):
        return False
    if _KATAKANA.match(surface[-1]) and _KATAKANA.match(after):
        return False
    if _ALL_HIRAGANA.fullmatch(surface):
        return _kana_word(text, start, end)
    if _ALL_KANJI.fullmatch(surface):
        if len(surface) == 1:
            return not (_KANJI.match(before) or _KANJI.match(after))
        # 長大な, 広大な are adjectives, not universities.
        return len(surface) > 2 or after != "な"
    return True


def _kana_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    borders_left = not _ALL_HIRAGANA.fullmatch(before)
    if end - start >= _LONG_KANA:
        return borders_left or bool(_PARTICLE.match(before))
    if _PLACE.match(text, end):
        return borders_left or bool(_PARTICLE.match(before))
    # Three letters need a border on both sides; two (なら, みえ) are words of everyday speech.
    if end - start < _LONG_KANA - 1 or not borders_left:
        return False
    after = text[end : end + 1]
    return not _ALL_HIRAGANA.fullmatch(after) or bool(_CASE_PARTICLE.match(after))
