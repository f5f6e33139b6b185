"""What stands before the cases of a case book: preface, table of contents, numbered sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.draft import Draft
from ingest.headed import CONTENTS, contents_of
from ingest.lines import Line
from ingest.outline import Outline
from ingest.policy import first_clause, read_paragraphs, read_preamble
from ingest.repair import Layout, is_complete
from kb.documents import NodeKind

_OPENING = re.compile(r"はじめに|まえがき|序文?|本書の\S{1,10}|この事例集\S{1,10}|刊行に\S{1,8}")
_SHORT = 20


def read_front(lines: Sequence[Line], layout: Layout) -> tuple[list[Draft], Draft | None]:
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
    rest, parent = read_front(_with_heading(lines[end:]), layout)
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
