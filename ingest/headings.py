"""Which lines of free text are headings, and what a section is called after its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft import Draft
from ingest.labels import Label, LabelKind, read_labels
from ingest.lines import Line
from ingest.repair import Paragraph
from ingest.traced import TracedText
from kb.documents import NodeKind

SET_OFF = 7
"""Depth of a heading that only brackets or a sign before it tell."""

_BRACKETED = re.compile(r"[【〔][^【】〔〕]{1,60}[】〕]$")
_MARKED = re.compile(r"[■◆●◇▼▶]\s*[^\s|].{0,58}$")
_CONTACT = re.compile(
    r"[（(【]?[^（）()。]{0,25}(?:問い?合わ?せ|連絡|申込み?|提出)先[^（）()。]{0,10}[）)】]?$"
)
_BRACKETS = "【】〔〕（）() "
_MARKS = "■◆●□◇▼▶"


def heading_depth(line: Line) -> int | None:
    """Its depth by marks or print, 7 for 【…】 and ■ …; None for a line that is no heading."""
    text = line.text.text
    if line.blank or line.is_row or text.endswith("。"):
        return None
    if line.depth:
        return line.depth
    if line.listed or line.title:
        return None
    set_off = _BRACKETED.match(text) or _MARKED.match(text) or _is_contact(text)
    return SET_OFF if set_off else None


def new_section(line: Line) -> Draft:
    """A section whose label is its heading as it stands, less white space and outer marks."""
    return _named(Paragraph.of(line))


def new_part(lines: Sequence[Line]) -> Draft:
    """A unit under a heading of one or more lines; a number before the heading is its label."""
    label = heading_label(lines[0])
    lead = Paragraph.of(lines[0], skip=label.length if label else 0)
    for line in lines[1:]:
        lead.absorb(line)
    if label is None:
        return _named(lead)
    annex = label.kind is LabelKind.ANNEX and label.name != "附則"
    kind = NodeKind.ANNEX if annex else NodeKind.CLAUSE
    return Draft(label.name, kind, lead, mark=label, heading=lead.text)


def heading_label(line: Line) -> Label | None:
    """The number that a heading begins with: 1.2, (3), 第1章."""
    labels = [
        label
        for label in read_labels(line.text.text)
        if not label.repaired and label.kind is not LabelKind.NOTE
    ]
    return labels[0] if labels else None


def _named(lead: Paragraph) -> Draft:
    text = lead.text
    label = re.sub(r"\s", "", text.text).lstrip(_MARKS)
    if _is_contact(text.text):
        label = label.strip(_BRACKETS)
    return Draft(label or text.text, NodeKind.SECTION, lead, heading=_without_brackets(text))


def _is_contact(text: str) -> bool:
    return text[0] in "（(【" and bool(_CONTACT.match(text))


def _without_brackets(text: TracedText) -> TracedText:
    bare = text.text.strip(_BRACKETS + _MARKS)
    at = text.text.find(bare)
    return text[at : at + len(bare)] if bare else text
