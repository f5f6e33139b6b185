"""One case: the lines of its head, then its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.case_fields import field_of
from ingest.case_head import CaseHead
from ingest.case_sections import is_next, is_section, section_heading, section_number
from ingest.draft import Draft
from ingest.labels import Label
from ingest.lines import Line
from ingest.repair import Layout, Paragraph, goes_on
from ingest.traced import TracedText
from kb.documents import NodeKind


def read_case(lines: Sequence[Line], head: CaseHead, layout: Layout) -> Draft:
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
