"""The columns of the 官公需 contract statistics: their names, their arithmetic, their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from ingest.traced import TracedText

PARTS = ("物件", "工事", "役務", "計")
_LETTERS = ("A", "B", "C")
_YEAR = re.compile(r"(?:令和|平成)[\d元]{1,2}年度")
_TITLE = re.compile(rf"{_YEAR.pattern}(?!の)[^。、()]{{2,40}}?実績(?!額)(?:\([^()]{{1,12}}\))?")
_NAMES = re.compile(
    r"(?P<subject>[^()、。]{1,12}?名)(?P<A>[^()]{2,40})\(A\)(?P<B>[^()]{2,40})\(B\)"
    r"(?:(?P<C>[^()]{2,40})\(C\))?"
)
_UNIT = re.compile(r"単位:([^()]{1,6})\)")
_FLOOR = re.compile(r"金額が(\d[\d,]*[百千]?[万億]?円)未満")
_HALVES = {"百万円": ("50万円",), "億円": ("5千万円", "5,000万円"), "千円": ("500円",)}
_AMOUNT_SLACK = 1
_HALF = Fraction(1, 2)


class Figure(Enum):
    """What a column holds: an amount, a share in per cent (one decimal) or a small share (two)."""

    AMOUNT = r"\[0\]|-|0|[1-9]\d{0,2}(?:,\d{3})*"
    SHARE = r"-|(?:0|[1-9]\d{0,2})\.\d"
    SMALL_SHARE = r"-|(?:0|[1-9]\d{0,2})\.\d{1,2}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name with part and unit, and what it holds."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over the rows; empty where the file has lost it.

    `subject` names the row headings (公庫等名), `names` the amounts A, B and, in tables that have
    it, C; `floor` is what an amount printed [0] is less than.
    """

    title: str = ""
    subject: str = ""
    names: tuple[str, ...] = ()
    unit: str = ""
    floor: str = ""

    @staticmethod
    def titles(text: str) -> list[tuple[int, int]]:
        """Ranges of the tables' titles in folded text."""
        return [match.span() for match in _TITLE.finditer(text)]

    def read(self, text: str, whole: str) -> Head:
        """The head after the glyphs `text` before a row; another title begins another head.

        `whole` is all of the table's text: the note on [0] may stand anywhere in it, and the one
        that fits the unit is meant.
        """
        spans = self.titles(text)
        title = text[slice(*spans[-1])] if spans else self.title
        head = self if title == self.title else Head(title)
        over = text[spans[-1][1] :] if spans else text
        if names := list(_NAMES.finditer(over)):
            last = names[-1]
            head = replace(
                head,
                subject=last["subject"],
                names=tuple(last[letter] for letter in _LETTERS if last[letter]),
            )
        if units := _UNIT.findall(over):
            floors = set(_FLOOR.findall(whole)) & set(_HALVES.get(units[-1], ()))
            head = replace(head, unit=units[-1], floor=next(iter(floors), ""))
        return head

    @property
    def year(self) -> str:
        """The fiscal year in the title (令和3年度)."""
        match = _YEAR.search(self.title)
        return match[0] if match else ""

    @property
    def amounts(self) -> tuple[str, ...]:
        """Names of the amounts with their letters; the letters alone where the head is lost."""
        names = self.names or ("",) * len(_LETTERS)
        return tuple(f"{name}({letter})" for name, letter in zip(names, _LETTERS, strict=False))


def columns(head: Head) -> tuple[Column, ...]:
    """A and B by 物件・工事・役務・計, C, B/A by the same, C/A; without C in older tables."""
    unit = f"（{head.unit}）" if head.unit else ""
    total, smaller, *newer = head.amounts
    amounts = [f"{name} {part}" for name in (total, smaller) for part in PARTS] + newer
    return (
        *(Column(f"{name}{unit}", Figure.AMOUNT) for name in amounts),
        *(Column(f"B/A {part}（%）", Figure.SHARE) for part in PARTS),
        *(Column("C/A（%）", Figure.SMALL_SHARE) for _ in newer),
    )


def check(cells: Sequence[str], head: Head) -> tuple[str, ...]:
    """What does not add up in a row, a Japanese sentence each; rounding is no fault.

    Every amount may be half a unit off, so a sum of three may differ from its total by one.
    """
    return (*_sums(cells, head.amounts), *_shares(cells))


def _sums(cells: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    for name, first in zip(names, (0, 4), strict=False):
        *parts, total = (_value(cell) for cell in cells[first : first + 4])
        known = [part for part in parts if part is not None]
        if total is None or len(known) < len(parts):
            continue
        if abs(sum(known) - total) > _AMOUNT_SLACK:
            yield (
                f"{name}の物件・工事・役務の和は{int(sum(known)):,}ですが、"
                f"計は{cells[first + 3]}と書かれています。"
            )


def _shares(cells: Sequence[str]) -> Iterator[str]:
    amounts = 9 if len(cells) == 14 else 8
    pairs = [(f"B/Aの{part}", 4 + at, at, amounts + at) for at, part in enumerate(PARTS)]
    if amounts == 9:
        pairs.append(("C/A", 8, 3, 13))
    for name, above, below, at in pairs:
        part, whole, share = (_value(cells[index]) for index in (above, below, at))
        if part is None or whole is None or share is None or whole < 1:
            continue
        slack = Fraction(1, 2 * 10 ** len(cells[at].partition(".")[2]))
        low = 100 * (part - _HALF) / (whole + _HALF) - slack
        high = 100 * (part + _HALF) / (whole - _HALF) + slack
        if not low <= share <= high:
            yield (
                f"{name}は金額から求めると{float(100 * part / whole):.2f}%ですが、"
                f"{cells[at]}%と書かれています。"
            )


def _value(cell: str) -> Fraction | None:
    return None if cell == "-" else Fraction(cell.strip("[]").replace(",", ""))


def sentence(name: TracedText, cells: Sequence[TracedText], head: Head) -> TracedText:
    """The row in one sentence, another on what [0] means; words put in have no source."""
    total, smaller, *newer = head.amounts
    groups = [(total, 4, head.unit), (smaller, 4, head.unit)]
    groups += [(label, 1, head.unit) for label in newer]
    groups += [("B/A", 4, "%")] + [("C/A", 1, "%") for _ in newer]
    words = [name, TracedText.inserted(f"の{head.year}の" if head.year else "の")]
    left = list(cells)
    for index, (label, count, unit) in enumerate(groups):
        words.append(TracedText.inserted(f"{'、' if index else ''}{label}は"))
        for at in range(count):
            cell = left.pop(0)
            words.append(
                TracedText.inserted(("、" if at else "") + (PARTS[at] if count > 1 else ""))
            )
            words.append(cell)
            words.append(TracedText.inserted(unit if cell.text[-1].isdigit() else ""))
    words.append(TracedText.inserted("である。"))
    if head.floor and any(cell.text.startswith(("[", "［")) for cell in cells):
        words.append(TracedText.inserted(f"[0]は{head.floor}未満であることを示す。"))
    return TracedText.join(words)
