"""Which lines of a case head a section: set off, of a known kind, or numbered in sequence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.case_fields import field_of, mark_length, may_be_heading
from ingest.draft import Draft
from ingest.labels import Label, LabelKind, read_labels
from ingest.lines import Line
from ingest.repair import Layout, Paragraph, goes_on, is_complete
from ingest.traced import TracedText

_MIDWAY = re.compile(r"(?:、|(?<!も)の)$")
"""A sentence that a page break cut; …であるもの ends one."""


def is_section(
    lines: Sequence[Line], index: int, current: Draft, case: Draft, layout: Layout
) -> bool:
    """Whether a section begins: a line set off, of a known kind, or followed by its first text."""
    line = lines[index]
    text = section_heading(line).text
    number = section_number(line)
    numbered = bool(read_labels(line.text.text))
    unknown = number.kind is LabelKind.PAREN if number else numbered and text == line.text.text
    if line.is_row or not may_be_heading(text) or unknown:
        return False
    if line.depth or mark_length(line.text.text):
        return not line.listed
    if line.listed or not lines[index - 1].blank:
        return False
    last = current.paragraphs[-1] if current.paragraphs else None
    empty = current is not case and not any(part.text for part in current.paragraphs)
    if empty or (last and goes_on(last, line, layout) and _MIDWAY.search(last.text.text)):
        return False
    if field_of(text):
        return True
    return not numbered and _begins_text(lines, index, last)


def is_next(line: Line, counted: Label | None, case: Draft) -> bool:
    """A numbered section of a known kind: the first of the case, or the one after `counted`."""
    number = section_number(line)
    heading = section_heading(line).text
    if number is None or line.is_row or line.listed:
        return False
    if not may_be_heading(heading) or not field_of(heading):
        return False
    if counted is None:
        return number.number == 1 and not case.children
    return number.kind is counted.kind and number.number == counted.number + 1


def section_heading(line: Line) -> TracedText:
    """The line without a mark such as ■ and without a number."""
    text = line.text[mark_length(line.text.text) :]
    number = section_number(line)
    return text[number.length :] if number else text


def section_number(line: Line) -> Label | None:
    """1 or (1) before the words of a section's heading."""
    text = line.text.text[mark_length(line.text.text) :]
    for label in read_labels(text):
        named = label.kind is LabelKind.PAREN and field_of(text[label.length :])
        if label.kind is LabelKind.NUM or named:
            return label
    return None


def _begins_text(lines: Sequence[Line], index: int, last: Paragraph | None) -> bool:
    """An unknown heading: alone between blank lines, a closed text before it, a sentence after it."""
    following = next((line for line in lines[index + 1 :] if not line.blank), None)
    alone = index + 1 < len(lines) and lines[index + 1].blank
    closed = last is None or is_complete(last.text.text) or last.is_row
    return bool(alone and closed and following and "。" in following.text.text)
