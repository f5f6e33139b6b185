"""事例集: its front, its categories and its cases, in one tree."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.case_body import read_case
from ingest.case_categories import category_marks
from ingest.case_front import read_front
from ingest.case_head import CaseHead, read_head
from ingest.case_lines import mark_bracketed, read_sheets
from ingest.case_numbers import listed_cases, number_cases
from ingest.case_starts import case_starts
from ingest.draft import Draft
from ingest.headed import read_free_text
from ingest.lines import Line
from ingest.repair import Layout, Paragraph, goes_on
from kb.documents import Case, NodeKind
from kb.places import prefecture_of


def read_case_book(lines: Sequence[Line]) -> list[Draft]:
    """Drafts of a case book, in the order of its outline."""
    lines = read_sheets(lines)
    layout = Layout.of(lines)
    starts = case_starts(lines)
    if not starts:
        return read_free_text(lines)
    lines = mark_bracketed(lines, len(starts))
    marks = category_marks(lines, starts)
    first = max((index for index in marks if index < starts[0]), default=starts[0])
    front, cases_parent = read_front(lines[:first], layout)
    categories: dict[int, Draft] = {}
    top = cases_parent.children if cases_parent else front
    cuts = sorted({*starts, *(index for index in marks if index >= first), len(lines)})
    found: list[tuple[CaseHead, Draft]] = []
    current: int | None = None
    for begin, end in itertools.pairwise(cuts):
        part = lines[begin:end]
        if begin in marks and begin not in starts:
            mark = marks[begin]
            current = mark.number
            # A category whose mark comes again, as at the head of a later page, stays one section.
            if current in categories:
                categories[current].paragraphs.append(Paragraph.of(part[0]))
            else:
                categories[current] = Draft(
                    mark.label, NodeKind.SECTION, Paragraph.of(part[0]), heading=mark.name
                )
                top.append(categories[current])
            _read_rest(categories[current], part[1:], layout)
        else:
            head = read_head(part)
            if head.category_number is None:
                head.category_number = current
            found.append((head, read_case(part, head, layout)))
    _place_cases(found, categories, top, lines[:first])
    return front


def _read_rest(draft: Draft, lines: Sequence[Line], layout: Layout) -> None:
    """The text of a category before its first case, hard wraps joined."""
    for line in lines:
        last = draft.last
        if line.blank:
            if last:
                last.cover(line)
        elif last and draft.paragraphs and goes_on(last, line, layout):
            last.absorb(line)
        else:
            draft.paragraphs.append(Paragraph.of(line))


def _place_cases(
    found: Sequence[tuple[CaseHead, Draft]],
    categories: dict[int, Draft],
    top: list[Draft],
    front: Sequence[Line],
) -> None:
    """Number the cases and hang them under their categories."""
    heads = [(_title(head), head.organisation, head.number) for head, _ in found]
    for (head, draft), number in zip(found, number_cases(heads, listed_cases(front)), strict=True):
        draft.label = f"事例{number}"
        category = categories.get(head.category_number) if head.category_number else None
        name = head.category or (category.heading.text if category and category.heading else "")
        draft.case = Case(
            number, _title(head), head.organisation, prefecture_of(head.organisation), name
        )
        (category.children if category else top).append(draft)


def _title(head: CaseHead) -> str:
    return head.title.text.strip() if head.title else ""
