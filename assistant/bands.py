"""Values that a question states, held against the bounds of a text: 3.5%, of 3.0%以上4.0%未満."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from assistant.checking.quantities import Quantity, quantities

_LEAST = ("以上", "超")
_MOST = ("以下", "未満", "まで")
_OPEN = ("超", "未満")
# Of a value of one's own: 3.5%なら, 60人の会社; not 5年度, 3点満点.
_UNITS = frozenset(["%", "割", "円", "人", "者", "年", "か月", "日", "件", "回", "台", "歳"])
_ASKED = re.compile(r"何|いくら|いくつ")


@dataclass(frozen=True, slots=True)
class Band:
    """Values from `least` to `most`, None for no bound; a bound itself counts where closed."""

    least: Decimal | None = None
    most: Decimal | None = None
    least_closed: bool = True
    most_closed: bool = True

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies in it."""
        above = (
            self.least is None or value > self.least or (self.least_closed and value == self.least)
        )
        below = self.most is None or value < self.most or (self.most_closed and value == self.most)
        return above and below


def holds_value(question: str, text: str) -> bool | None:
    """Whether a value that `question` states lies in the bounds that `text` sets for its unit.

    None where the question states no value or the text no bounds of that unit.
    """
    values = _values(question)
    bands = _bands(text) if values else {}
    told = [bands[unit].holds(value) for unit, value in values.items() if unit in bands]
    return all(told) if told else None


@lru_cache(maxsize=64)
def _values(question: str) -> Mapping[str, Decimal]:
    """The value of each unit that a question states, where it states one of it and no bound."""
    if not _ASKED.search(question):
        return {}
    found: dict[str, list[Quantity]] = {}
    for quantity in quantities(question):
        if quantity.unit in _UNITS and not quantity.words.endswith("年度"):
            found.setdefault(quantity.unit, []).append(quantity)
    return {
        unit: value
        for unit, (first, *rest) in found.items()
        if not rest and not first.limit and (value := _number(first)) is not None
    }


@lru_cache(maxsize=1_024)
def _bands(text: str) -> Mapping[str, Band]:
    """The band of each unit for which `text` sets bounds, without those that exclude each other."""
    found: dict[str, Band] = {}
    for unit, band in _bounds(text):
        found[unit] = _narrowed(found[unit], band) if unit in found else band
    return {unit: band for unit, band in found.items() if _is_possible(band)}


def _bounds(text: str) -> Iterator[tuple[str, Band]]:
    for quantity in quantities(text):
        value = _number(quantity)
        if value is None or quantity.unit not in _UNITS:
            continue
        closed = quantity.limit not in _OPEN
        if quantity.limit in _LEAST:
            yield quantity.unit, Band(least=value, least_closed=closed)
        elif quantity.limit in _MOST:
            yield quantity.unit, Band(most=value, most_closed=closed)


def _narrowed(one: Band, other: Band) -> Band:
    least, least_closed = one.least, one.least_closed
    if other.least is not None and (least is None or other.least > least):
        least, least_closed = other.least, other.least_closed
    most, most_closed = one.most, one.most_closed
    if other.most is not None and (most is None or other.most < most):
        most, most_closed = other.most, other.most_closed
    return Band(least, most, least_closed, most_closed)


def _is_possible(band: Band) -> bool:
    return band.least is None or band.most is None or band.least <= band.most


def _number(quantity: Quantity) -> Decimal | None:
    try:
        return Decimal(quantity.value)
    except InvalidOperation:
        return None
