"""Free text with headings (Markdown #, 【…】, ■) into sections; without any, into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft import Draft
from ingest.lines import Line
from ingest.policy import read_numbered, read_paragraphs
from ingest.repair import Layout, Paragraph, goes_on
from ingest.traced import TracedText
from kb.documents import NodeKind

BODY = "本文"
_BRACKETED = re.compile(r"[【〔][^【】〔〕]{1,60}[】〕]$")
_MARKED = re.compile(r"[■◆●◇▼▶]\s*[^\s|].{0,58}$")
_CONTACT = re.compile(
    r"[（(【]?[^（）()。]{0,25}(?:問い?合わ?せ|連絡|申込み?|提出)先[^（）()。]{0,10}[）)】]?$"
)
_BRACKETS = "【】〔〕（）() "
_DEEPEST = 7
_GROUP = 1000
_LEAST_HEADINGS = 2


def read_free_text(lines: Sequence[Line]) -> list[Draft]:
    """Drafts of any document: by its numbering if it has one, else by headings or paragraphs."""
    layout = Layout.of(lines)
    depths = [depth for line in lines if (depth := heading_depth(line)) is not None]
    if sum(depth < _DEEPEST for depth in depths) < _LEAST_HEADINGS:
        numbered = read_numbered(lines)
        if _is_numbered(numbered, set_off=len(depths)):
            return numbered
    if depths:
        return read_sections(lines, layout)
    return _group(read_paragraphs(lines, layout))


def _is_numbered(drafts: Sequence[Draft], set_off: int) -> bool:
    """Whether the numbers head parts of the text rather than the items of a list in it."""
    parts = [draft for draft in drafts if draft.mark]
    headings = sum(draft.has_text for draft in parts)
    return headings >= (2 if set_off < _LEAST_HEADINGS else 4) and 2 * headings >= len(parts)


def heading_depth(line: Line) -> int | None:
    """1 to 6 for Markdown headings, 7 for 【…】 and ■ …; None for a line that is no heading."""
    text = line.text.text
    if line.blank or line.is_row or text.endswith("。"):
        return None
    if line.depth:
        return line.depth
    if line.listed:
        return None
    set_off = _BRACKETED.match(text) or _MARKED.match(text) or _is_contact(text)
    return _DEEPEST if set_off else None


def _is_contact(text: str) -> bool:
    return text[0] in "（(【" and bool(_CONTACT.match(text))


def read_sections(lines: Sequence[Line], layout: Layout, first: str = BODY) -> list[Draft]:
    """Sections nested by the depth of their headings; what stands before the first is `first`."""
    root = Draft("", NodeKind.SECTION)
    stack: list[tuple[int, Draft]] = [(0, root)]
    for line in lines:
        current = stack[-1][1]
        depth = heading_depth(line)
        if line.blank:
            if current.last:
                current.last.cover(line)
        elif depth is not None:
            while stack[-1][0] >= depth:
                stack.pop()
            draft = new_section(line)
            stack[-1][1].children.append(draft)
            stack.append((depth, draft))
        else:
            if current is root:
                current = Draft(first, NodeKind.SECTION)
                root.children.append(current)
                stack.append((_DEEPEST + 1, current))
            add_line(current, line, layout)
    return root.children


def new_section(line: Line) -> Draft:
    """A section whose label is its heading as it stands, less white space and outer marks."""
    text = line.text
    label = re.sub(r"\s", "", text.text).lstrip("■◆●□◇▼▶")
    if _is_contact(text.text):
        label = label.strip(_BRACKETS)
    return Draft(
        label or text.text, NodeKind.SECTION, Paragraph.of(line), heading=_without_brackets(text)
    )


def _without_brackets(text: TracedText) -> TracedText:
    bare = text.text.strip(_BRACKETS + "■◆●□◇▼▶")
    at = text.text.find(bare)
    return text[at : at + len(bare)] if bare else text


def add_line(draft: Draft, line: Line, layout: Layout) -> None:
    """Join a line to the draft's last paragraph or begin another."""
    last = draft.paragraphs[-1] if draft.paragraphs else None
    if last and goes_on(last, line, layout):
        last.absorb(line)
    else:
        draft.paragraphs.append(Paragraph.of(line))


def _group(paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Sections of about a thousand characters, cut between paragraphs."""
    drafts: list[Draft] = []
    size = _GROUP
    for paragraph in paragraphs:
        if size >= _GROUP:
            drafts.append(Draft(f"段落{len(drafts) + 1}", NodeKind.SECTION))
            size = 0
        drafts[-1].paragraphs.append(paragraph)
        size += len(paragraph.text)
    return drafts
