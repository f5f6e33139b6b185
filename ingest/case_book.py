"""事例集: the sections at the front, the categories, the cases and their sections."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ingest.case_fields import field_of, mark_length, may_be_heading
from ingest.case_head import HEAD_LINES, NUMBERED, UNNUMBERED, CaseHead, field_line, read_head
from ingest.case_lines import mark_bracketed, read_sheets
from ingest.case_numbers import listed_cases, number_cases
from ingest.case_sections import is_next, is_section, section_heading, section_number
from ingest.draft import Draft
from ingest.headed import CONTENTS, contents_of, read_free_text
from ingest.headings import heading_label
from ingest.labels import Label, LabelKind
from ingest.lines import Line
from ingest.outline import Outline
from ingest.policy import first_clause, read_paragraphs, read_preamble
from ingest.repair import Layout, Paragraph, goes_on, is_complete
from ingest.traced import TracedText
from kb.documents import Case, NodeKind
from kb.places import prefecture_of

_CATEGORY = re.compile(
    r"【?\s*区\s*分\s*(?P<number>\d{1,2})\s*】\s*(?P<name>\S.*)?$|区分\s*(?P<bare>\d{1,2})[\s:：]+(?P<title>\S.*)$"
)
_CHAPTER_LABELS = (LabelKind.NUM, LabelKind.DAI, LabelKind.ROMAN)
_SHORT = 20
_OPENING = re.compile(r"はじめに|まえがき|序文?|本書の\S{1,10}|この事例集\S{1,10}|刊行に\S{1,8}")
_LEADER = re.compile(r"(?:…|\.{3,}|・{4,}|\s{3,})\s*\d{1,4}$")


def read_case_book(lines: Sequence[Line]) -> list[Draft]:
    """Drafts of a case book, in the order of its outline."""
    lines = read_sheets(lines)
    layout = Layout.of(lines)
    starts = case_starts(lines)
    if not starts:
        return read_free_text(lines)
    lines = mark_bracketed(lines, len(starts))
    marks = {index: mark for index, line in enumerate(lines) if (mark := _category(line))}
    marks = marks or _chapters(lines, starts)
    first = max((index for index in marks if index < starts[0]), default=starts[0])
    front, cases_parent = _read_front(lines[:first], layout)
    categories: dict[int, Draft] = {}
    top = cases_parent.children if cases_parent else front
    cuts = sorted({*starts, *(index for index in marks if index >= first), len(lines)})
    found: list[tuple[CaseHead, Draft]] = []
    current: int | None = None
    for begin, end in itertools.pairwise(cuts):
        part = lines[begin:end]
        if begin in marks and begin not in starts:
            current, label, name = marks[begin]
            # A category whose mark comes again, as at the head of a later page, stays one section.
            if current in categories:
                categories[current].paragraphs.append(Paragraph.of(part[0]))
            else:
                categories[current] = Draft(
                    label, NodeKind.SECTION, Paragraph.of(part[0]), heading=name
                )
                top.append(categories[current])
            _read_rest(categories[current], part[1:], layout)
        else:
            head = read_head(part)
            if head.category_number is None:
                head.category_number = current
            found.append((head, _read_case(part, head, layout)))
    _place_cases(found, categories, top, lines[:first])
    return front


def case_starts(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that a case begins at.

    「区分：…」 or 「取組・事業名：…」, and a 「事例N …」 shortly before; in books without those,
    every 「事例N …」 that is not an entry of a table of contents, else every 「事例　…」.
    """
    numbered = [index for index, line in enumerate(lines) if _is_numbered(line)]
    fielded: list[int] = []
    filled = 0
    last = -HEAD_LINES
    for index, line in enumerate(lines):
        if line.blank:
            continue
        filled += 1
        field = field_line(line)
        if field and not line.is_row:
            if filled - last > HEAD_LINES // 2 or field["key"].startswith("区"):
                fielded.append(index)
            last = filled
    if not fielded:
        return _without_contents(lines, numbered) or _unnumbered(lines)
    starts = set(fielded)
    for index in numbered:
        following = next((start for start in fielded if start > index), None)
        if following is not None and _filled(lines[index:following]) <= HEAD_LINES // 2:
            starts.discard(following)
            starts.add(index)
    return sorted(starts)


def _is_numbered(line: Line) -> bool:
    text = _plain(line)
    match = NUMBERED.match(text)
    return bool(
        match
        and not line.is_row
        and len(text) <= 100
        and not text.endswith("。")
        and not _LEADER.search(text)
        and not re.match(r"[のをがはにでと、]", match["title"])
    )


def _unnumbered(lines: Sequence[Line]) -> list[int]:
    """「事例　小規模修繕登録制度」, if there are several of them."""
    found = [
        index
        for index, line in enumerate(lines)
        if not line.is_row
        and not line.listed
        and UNNUMBERED.match(_plain(line))
        and not _LEADER.search(_plain(line))
    ]
    return found if len(found) > 1 else []


def _without_contents(lines: Sequence[Line], numbered: Sequence[int]) -> list[int]:
    """Of entries that carry the same number, the last one: the earlier are a table of contents."""
    last: dict[str, int] = {}
    for index in numbered:
        match = NUMBERED.match(_plain(lines[index]))
        assert match is not None
        last[match["number"]] = index
    return sorted(last.values())


def _filled(lines: Sequence[Line]) -> int:
    return sum(not line.blank for line in lines)


def _plain(line: Line) -> str:
    return unicodedata.normalize("NFKC", line.text.text)


_Mark = tuple[int, str, TracedText]
"""Number, label and name of a category."""


def _category(line: Line) -> _Mark | None:
    text = _plain(line)
    if line.is_row or len(text) > 80 or not (match := _CATEGORY.match(text)):
        return None
    name = match["name"] or match["title"] or ""
    number = int(match["number"] or match["bare"])
    return number, f"区分{number}", line.text[len(line.text) - len(name) :]


def _chapters(lines: Sequence[Line], starts: Sequence[int]) -> dict[int, _Mark]:
    """Numbered headings and ■ … right before a case, in books that name no categories."""
    marks: dict[int, _Mark] = {}
    for start in starts:
        before = next((at for at in range(start - 1, -1, -1) if not lines[at].blank), None)
        if before is None or before in starts or not may_be_heading(_plain(lines[before])):
            continue
        label = heading_label(lines[before])
        if label is not None and label.kind in _CHAPTER_LABELS:
            number = len(marks) + 1
            marks[before] = number, label.name, lines[before].text[label.length :]
        elif length := mark_length(lines[before].text.text):
            number = len(marks) + 1
            marks[before] = number, f"区分{number}", lines[before].text[length:]
    return marks


def _read_front(lines: Sequence[Line], layout: Layout) -> tuple[list[Draft], Draft | None]:
    """What stands before the cases, and the last numbered section, which the cases belong to.

    A table of contents without rows of cases is a section by itself.
    """
    contents = contents_of(lines)
    if contents is None:
        first = first_clause(lines)
        drafts = read_preamble(lines[:first], layout)
        sections = Outline(lines, layout, NodeKind.SECTION, first).read()
        return [*drafts, *sections], (sections[-1] if sections else None)
    begin, end = contents
    drafts = read_preamble(lines[:begin], layout)
    paragraphs = read_paragraphs(lines[begin:end], layout)
    drafts.append(Draft(CONTENTS, NodeKind.SECTION, paragraphs=paragraphs))
    rest, parent = _read_front(_with_heading(lines[end:]), layout)
    if rest and rest[0].paragraphs and rest[0].paragraphs[0].is_title:
        rest[0].lead, *rest[0].paragraphs = rest[0].paragraphs
        rest[0].heading = rest[0].lead.text
        rest[0].label = re.sub(r"\s", "", rest[0].lead.text.text)
    return [*drafts, *rest], parent


def _with_heading(lines: Sequence[Line]) -> list[Line]:
    """はじめに, or any short line alone between blank ones, heads what follows."""
    marked = list(lines)
    first = next((at for at, line in enumerate(lines) if not line.blank), None)
    if first is None:
        return marked
    text = lines[first].text.text
    alone = first + 1 < len(lines) and lines[first + 1].blank
    if _OPENING.fullmatch(text) or (alone and len(text) <= _SHORT and not is_complete(text)):
        marked[first] = replace(lines[first], title=True)
    return marked


def _read_rest(draft: Draft, lines: Sequence[Line], layout: Layout) -> None:
    for line in lines:
        last = draft.last
        if line.blank:
            if last:
                last.cover(line)
        elif last and draft.paragraphs and goes_on(last, line, layout):
            last.absorb(line)
        else:
            draft.paragraphs.append(Paragraph.of(line))


def _read_case(lines: Sequence[Line], head: CaseHead, layout: Layout) -> Draft:
    """The case with its sections as children; its label and number come later."""
    draft = Draft("", NodeKind.CASE, at_root=True, heading=head.title)
    for index, line in enumerate(lines[: head.lines]):
        if line.blank and draft.last:
            draft.last.cover(line)
        elif not line.blank:
            paragraph = Paragraph.of(line)
            if index in head.title_lines:
                paragraph.text = TracedText()
            draft.paragraphs.append(paragraph)
    current = draft
    counted: Label | None = None
    for index in range(head.lines, len(lines)):
        line = lines[index]
        if line.blank:
            assert current.last is not None
            current.last.cover(line)
        elif is_section(lines, index, current, draft, layout) or is_next(line, counted, draft):
            heading = section_heading(line)
            counted = section_number(line) or counted
            label = re.sub(r"\s", "", heading.text)
            current = Draft(label, NodeKind.SECTION, Paragraph.of(line), heading=heading)
            current.field_name = field_of(heading.text)
            draft.children.append(current)
        elif current.paragraphs and goes_on(current.paragraphs[-1], line, layout):
            current.paragraphs[-1].absorb(line)
        else:
            current.paragraphs.append(Paragraph.of(line))
    return draft


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
