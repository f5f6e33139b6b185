"""The categories of a case book: 「区分3 …」, or the numbered headings right before its cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.case_fields import mark_length, may_be_heading
from ingest.case_starts import plain
from ingest.headings import heading_label
from ingest.labels import LabelKind
from ingest.lines import Line
from ingest.traced import TracedText

_CATEGORY = re.compile(
    r"【?\s*区\s*分\s*(?P<number>\d{1,2})\s*】\s*(?P<name>\S.*)?$|区分\s*(?P<bare>\d{1,2})[\s:：]+(?P<title>\S.*)$"
)
_CHAPTER_LABELS = (LabelKind.NUM, LabelKind.DAI, LabelKind.ROMAN)


@dataclass(frozen=True, slots=True)
class CategoryMark:
    """A line that a category begins at: its number, its label and its name."""

    number: int
    label: str
    name: TracedText


def category_marks(lines: Sequence[Line], starts: Sequence[int]) -> dict[int, CategoryMark]:
    """The marks by the index of their line; `starts` are the indices of the cases."""
    marks = {index: mark for index, line in enumerate(lines) if (mark := _category(line))}
    return marks or _chapters(lines, starts)


def _category(line: Line) -> CategoryMark | None:
    text = plain(line)
    if line.is_row or len(text) > 80 or not (match := _CATEGORY.match(text)):
        return None
    name = match["name"] or match["title"] or ""
    number = int(match["number"] or match["bare"])
    return CategoryMark(number, f"区分{number}", line.text[len(line.text) - len(name) :])


def _chapters(lines: Sequence[Line], starts: Sequence[int]) -> dict[int, CategoryMark]:
    """Numbered headings and ■ … right before a case, in books that name no categories."""
    marks: dict[int, CategoryMark] = {}
    for start in starts:
        before = next((at for at in range(start - 1, -1, -1) if not lines[at].blank), None)
        if before is None or before in starts or not may_be_heading(plain(lines[before])):
            continue
        text, number = lines[before].text, len(marks) + 1
        label = heading_label(lines[before])
        if label is not None and label.kind in _CHAPTER_LABELS:
            marks[before] = CategoryMark(number, label.name, text[label.length :])
        elif length := mark_length(text.text):
            marks[before] = CategoryMark(number, f"区分{number}", text[length:])
    return marks
