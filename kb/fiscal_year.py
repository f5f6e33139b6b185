"""Japanese fiscal years (April to March): 令和5年度 = R5 = 2023年度."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kb.kanji_numbers import KANJI_NUMBER, kanji_to_int

_FIRST_YEAR = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
_LETTER = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_KANJI = {"昭": "昭和", "平": "平成", "令": "令和"}
_ERA = re.compile(rf"(明治|大正|昭和|平成|令和)\s*(元|\d{{1,2}}|{KANJI_NUMBER})")
_SHORT = re.compile(
    r"(?:(?<![A-Za-z])([MTSHR])[\s.]?|(?<![\u4e00-\u9fff])([昭平令]))\s*(\d{1,2})(?![\d.])",
    re.IGNORECASE,
)
_WESTERN = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else kanji_to_int(text)


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A fiscal year; `western` is the calendar year in which it begins."""

    western: int

    @property
    def era(self) -> str:
        """令和."""
        return max((first, era) for era, first in _FIRST_YEAR.items() if first <= self.western)[1]

    @property
    def year(self) -> int:
        """The year of the era, from 1."""
        return self.western - _FIRST_YEAR[self.era] + 1

    @property
    def short(self) -> str:
        """R5, H26."""
        letter = next(letter for letter, era in _LETTER.items() if era == self.era)
        return f"{letter}{self.year}"

    def __str__(self) -> str:
        return f"{self.era}{'元' if self.year == 1 else self.year}年度"

    @classmethod
    def of(cls, era: str, year: int) -> FiscalYear:
        """Raises ValueError for an unknown era or a year below 1."""
        if era not in _FIRST_YEAR or year < 1:
            raise ValueError(f"not a year: {era}{year}")
        return cls(_FIRST_YEAR[era] + year - 1)

    @classmethod
    def parse(cls, text: str) -> FiscalYear | None:
        """The first year named in `text` (令和5年度, R5, Ｒ５年, 2023), or None."""
        return next(iter(years_named(text)), None)


def years_named(text: str) -> tuple[FiscalYear, ...]:
    """Every year named in `text`, in order of mention, each once."""
    text = unicodedata.normalize("NFKC", text)
    found: list[tuple[int, FiscalYear]] = []
    for match in _ERA.finditer(text):
        year = 1 if match[2] == "元" else _number(match[2])
        if year:
            found.append((match.start(), FiscalYear.of(match[1], year)))
    for match in _SHORT.finditer(text):
        if year := int(match[3]):
            era = _LETTER[match[1].upper()] if match[1] else _KANJI[match[2]]
            found.append((match.start(), FiscalYear.of(era, year)))
    found += [(match.start(), FiscalYear(int(match[1]))) for match in _WESTERN.finditer(text)]
    return tuple(dict.fromkeys(year for _, year in sorted(found)))
