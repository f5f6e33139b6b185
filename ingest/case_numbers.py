"""Numbers of cases: the lists at the front of a book name them, the cases themselves often not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.lines import Line

_LISTED = re.compile(
    r"^【?事例\s*(?:No\.?)?\s*(?P<number>\d{1,3})\s*[】:：.)]?\s*(?P<title>\S.*?)\s*(?:[….・\s]+\d{1,4})?$"
)
_LIKELY = 0.6
_SAME_ORGANISATION = 0.5


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One row of a list at the front."""

    number: int
    title: str
    organisation: str


def listed_cases(lines: Sequence[Line]) -> list[ListedCase]:
    """Rows 「番号 | 施策 | … | 団体」 of tables and 「事例1 …」 of a table of contents."""
    found: list[ListedCase] = []
    for line in lines:
        text = unicodedata.normalize("NFKC", line.text.text)
        cells = [cell.strip() for cell in re.split(r"\t|\|", text) if cell.strip()]
        if len(cells) >= 3 and (number := re.fullmatch(r"(?:事例)?\s*(\d{1,3})", cells[0])):
            found.append(ListedCase(int(number[1]), cells[1], cells[-1]))
        elif not line.is_row and (match := _LISTED.match(text)):
            found.append(ListedCase(int(match["number"]), match["title"], match["title"]))
    return found if len({case.number for case in found}) == len(found) else _first_of_each(found)


def number_cases(
    cases: Sequence[tuple[str, str, int | None]], listed: Sequence[ListedCase]
) -> list[int]:
    """A number for each case (title, organisation, number it carries itself), all different.

    A case's own number wins, then the likeliest row of the lists, then the order in the book.
    """
    numbers: list[int | None] = []
    for _, _, own in cases:
        numbers.append(own if own not in numbers else None)
    free = {row.number: row for row in listed if row.number not in numbers}
    pairs = sorted(
        (
            (_likeness(title, organisation, row), -row.number, index)
            for index, (title, organisation, _) in enumerate(cases)
            if numbers[index] is None
            for row in free.values()
        ),
        reverse=True,
    )
    for score, negative, index in pairs:
        if score >= _LIKELY and numbers[index] is None and -negative in free:
            numbers[index] = -negative
            del free[-negative]
    return _fill_in_order(numbers)


def _fill_in_order(numbers: Sequence[int | None]) -> list[int]:
    taken = {number for number in numbers if number is not None}
    filled: list[int] = []
    for number in numbers:
        if number is None:
            number = (filled[-1] if filled else 0) + 1
            while number in taken:
                number += 1
            taken.add(number)
        filled.append(number)
    return filled


def _likeness(title: str, organisation: str, row: ListedCase) -> float:
    ratio = SequenceMatcher(None, _plain(title), _plain(row.title), autojunk=False).ratio()
    own, listed = _plain(organisation), _plain(row.organisation)
    same = bool(own) and (own == listed or own in listed or (bool(listed) and listed in own))
    return ratio + _SAME_ORGANISATION * same


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("加算", "加点")
    return re.sub(r"[\s「」『』、。・()\[\]【】]", "", folded)


def _first_of_each(cases: Sequence[ListedCase]) -> list[ListedCase]:
    first: dict[int, ListedCase] = {}
    for case in cases:
        first.setdefault(case.number, case)
    return list(first.values())
