"""Numbers and years as search terms: 令和5年度 = R5 = 2023年度, 160万円 = 1,600,000円."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kb.fiscal_year import FiscalYear

_SMALL = {"百": 100, "千": 1_000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}

_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_ERA = r"(?:明治|大正|昭和|平成|令和)\s*(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})\s*年度?"
_SHORT = r"(?<![a-z0-9])[mtshr]\s?\d{1,2}(?![\d.a-z-])(?:年度?)?"
_WESTERN = r"(?<![\d,.])(?:19|20)\d{2}\s*年度?"
_NUMBER = rf"{_AMOUNT}(?:\s*[千百]?[万億兆]\s*(?:{_AMOUNT})?)*"
_PATTERN = re.compile(
    rf"(?P<year>{_ERA}|{_SHORT}|{_WESTERN})|(?P<number>{_NUMBER})|(?P<circled>[①-⑳])"
)
_PART = re.compile(rf"({_AMOUNT})\s*([千百]?)([万億兆]?)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number or year found in normalised text, with the term that stands for it."""

    term: str
    start: int
    end: int


def numerals(text: str) -> Iterator[Numeral]:
    """The numbers and years of an NFKC, lower-case text, in order."""
    for match in _PATTERN.finditer(text):
        term = _year_term(match[0]) if match["year"] else _number_term(match[0])
        yield Numeral(term, match.start(), match.end())


def _year_term(text: str) -> str:
    year = FiscalYear.parse(text)
    return f"{year.western}年" if year else text


def _number_term(text: str) -> str:
    total = Decimal(0)
    for amount, small, large in _PART.findall(text):
        total += Decimal(amount.replace(",", "")) * _SMALL.get(small, 1) * _LARGE.get(large, 1)
    return format(total.normalize(), "f")
