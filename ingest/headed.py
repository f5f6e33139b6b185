"""Free text by its headings (Markdown #, print, 【…】, ■), by its numbers, or by paragraphs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.draft import Draft
from ingest.headings import SET_OFF, heading_depth, heading_label, new_part
from ingest.labels import DEPTH, Label, LabelKind
from ingest.lines import Line
from ingest.merged_labels import cut_merged
from ingest.outline import Outline
from ingest.policy import PREAMBLE, read_numbered, read_paragraphs
from ingest.repair import Layout
from ingest.traced import TracedText
from kb.documents import NodeKind

BODY = "本文"
CONTENTS = "目次"
_PART = "段落"
_LEADER = re.compile(
    r"(?:…{2,}|‥{2,}|[.．･・]{4,}|(?:[.．・…] ){3,})\s*[-－(（]?\s*[0-9０-９]{1,4}"
)
_CONTENTS_TITLE = re.compile(r"目\s*次")
_LEAST_ENTRIES = 4
_GROUP = 1000
_LEAST_HEADINGS = 2
_LEAST_MARKS = 4
_MOST_ASTRAY = 0.25
_NEVER_ITEMS = (LabelKind.DAI, LabelKind.DOTTED)
_LEAST_ROWS = 2


def read_free_text(lines: Sequence[Line]) -> list[Draft]:
    """Drafts of any document: by its headings, else by its numbering, else by paragraphs."""
    lines = _with_tables(lines)
    layout = Layout.of(lines)
    depths = [depth for line in lines if (depth := heading_depth(line)) is not None]
    if sum(depth < SET_OFF for depth in depths) < _LEAST_HEADINGS or _marks_mislead(lines):
        numbered = read_numbered(lines)
        if _is_numbered(numbered, set_off=depths.count(SET_OFF)):
            return numbered
    if depths:
        return read_sections(lines, layout)
    return _group(lines, layout)


def _with_tables(lines: Sequence[Line]) -> list[Line]:
    """Runs of lines with tabs marked as tables, where the reader found none.

    Blank lines may stand between rows of the same width, as a page break leaves them.
    """
    marked = list(lines)
    number = 1 + max((line.table or 0 for line in lines), default=0)
    run: list[int] = []
    for index, line in enumerate(lines):
        tabs = line.text.text.count("\t") if line.table is None else 0
        if (
            run
            and not line.blank
            and not (tabs and (index == run[-1] + 1 or tabs == _width(lines, run)))
        ):
            number += _mark_table(marked, run, number)
            run = []
        if tabs:
            run.append(index)
    _mark_table(marked, run, number)
    return marked


def _width(lines: Sequence[Line], run: Sequence[int]) -> int:
    return max(lines[index].text.text.count("\t") for index in run)


def _mark_table(lines: list[Line], run: Sequence[int], number: int) -> bool:
    """Mark the rows of a run that is long enough."""
    if len(run) < _LEAST_ROWS:
        return False
    for index in run:
        lines[index] = replace(lines[index], is_row=True, table=number)
    return True


def _marks_mislead(lines: Sequence[Line]) -> bool:
    """Whether heading marks stand at random.

    So it is where one style of number has several depths, or is half unmarked, or where a lower style
    stands above a higher one. OCR puts marks of any level before lines; where they contradict the numbers, the numbers count.
    Headings of formats that know them (Word, HTML, print) are never astray.
    """
    marked: dict[tuple[LabelKind, int], Counter[int]] = defaultdict(Counter)
    bare: Counter[tuple[LabelKind, int]] = Counter()
    for line in lines:
        label = None if line.blank or line.is_row else heading_label(line)
        if label is None:
            continue
        if line.styled:
            return False
        depth = heading_depth(line)
        style = label.kind, len(label.prefix)
        if depth is not None and depth < SET_OFF:
            marked[style][depth] += 1
        elif label.kind in _NEVER_ITEMS and not line.text.text.endswith("。"):
            bare[style] += 1
    usual = {style: counts.most_common(1)[0][0] for style, counts in marked.items()}
    if any(
        DEPTH[one[0]] < DEPTH[other[0]] and usual[one] > usual[other]
        for one in usual
        for other in usual
    ):
        return True
    total = sum(counts.total() for counts in marked.values())
    astray = sum(counts.total() - max(counts.values()) for counts in marked.values())
    astray += sum(bare[style] for style in marked)
    return total + bare.total() >= _LEAST_MARKS and astray > _MOST_ASTRAY * total


def _is_numbered(drafts: Sequence[Draft], set_off: int) -> bool:
    """Whether the numbers head parts of the text rather than the items of a list in it."""
    parts = [draft for draft in drafts if draft.mark]
    headings = sum(draft.has_text for draft in parts)
    return headings >= (2 if set_off < _LEAST_HEADINGS else 4) and 2 * headings >= len(parts)


@dataclass(slots=True)
class _Part:
    """A heading with the lines up to the next one."""

    depth: int
    heading: list[Line]
    lines: list[Line] = field(default_factory=list)


def read_sections(lines: Sequence[Line], layout: Layout) -> list[Draft]:
    """Sections nested by the depth of their headings and by their numbers.

    Numbered items and headings that are merely set off (【…】) become units below it. What stands
    before the first heading is the preamble or, without a title, the body.
    """
    depths = [depth for line in lines if (depth := heading_depth(line)) is not None]
    real = sum(depth < SET_OFF for depth in depths)
    opening, parts = _parts(lines, SET_OFF - 1 if real >= _LEAST_HEADINGS else SET_OFF)
    drafts = _read_opening(opening, layout)
    open_parts: list[tuple[_Part, Draft]] = []
    for part in parts:
        draft = new_part(part.heading)
        while open_parts and not _holds(*open_parts[-1], part, draft):
            open_parts.pop()
        (open_parts[-1][1].children if open_parts else drafts).append(draft)
        open_parts.append((part, draft))
        if draft.label == CONTENTS:
            draft.paragraphs = read_paragraphs(part.lines, layout)
        else:
            Outline(cut_merged(part.lines), layout, NodeKind.CLAUSE, within=draft).read()
    return drafts


def _parts(lines: Sequence[Line], deepest: int) -> tuple[list[Line], list[_Part]]:
    opening: list[Line] = []
    parts: list[_Part] = []
    for line in lines:
        depth = heading_depth(line)
        if depth is None or depth > deepest:
            (parts[-1].lines if parts else opening).append(line)
        elif line.goes_on and parts and not parts[-1].lines:
            parts[-1].heading.append(line)
        else:
            parts.append(_Part(depth, [line]))
    return opening, parts


def _holds(above: _Part, holder: Draft, part: _Part, draft: Draft) -> bool:
    """Whether a part belongs under the one above: by their numbers, else by their depths."""
    if holder.label == CONTENTS:
        return False
    one, other = holder.mark, draft.mark
    if one and other:
        if one.kind is other.kind is LabelKind.DAI:
            return one.prefix < other.prefix
        if one.kind is other.kind and one.prefix == other.prefix:
            return False
        if other.kind is LabelKind.DOTTED and one.kind in (LabelKind.NUM, LabelKind.DOTTED):
            return other.prefix == _numbers(one)
        if above.depth == part.depth:
            return DEPTH[one.kind] < DEPTH[other.kind]
    return above.depth < part.depth


def _numbers(label: Label) -> tuple[int, ...]:
    return (*label.prefix, label.number)


def _read_opening(lines: Sequence[Line], layout: Layout) -> list[Draft]:
    """The title with what follows it, and a table of contents as a section of its own."""
    contents = contents_of(lines)
    cut = contents[0] if contents else len(lines)
    drafts: list[Draft] = []
    titles = [line for line in lines[:cut] if line.title]
    for label, part in (
        (PREAMBLE if titles else BODY, lines[:cut]),
        (CONTENTS, lines[cut:]),
    ):
        draft = Draft(label, NodeKind.SECTION)
        draft.paragraphs = read_paragraphs(part, layout)
        if draft.paragraphs:
            drafts.append(draft)
    if titles:
        paragraphs = drafts[0].paragraphs
        drafts[0].heading = TracedText.join(
            [each.text for each in paragraphs if each.is_title], " "
        )
        for each in paragraphs:
            each.text = TracedText() if each.is_title else each.text
    return drafts


def contents_of(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The lines `begin..end` of a table of contents: 目次 and its entries with their page numbers."""
    entries = [index for index, line in enumerate(lines) if _LEADER.search(line.text.text)]
    titles = [
        index
        for index, line in enumerate(lines)
        if _CONTENTS_TITLE.fullmatch(line.text.text) and (not entries or index < entries[-1])
    ]
    if len(entries) < (1 if titles else _LEAST_ENTRIES):
        return None
    begin = max((index for index in titles if index < entries[0]), default=entries[0])
    return begin, entries[-1] + 1


def _group(lines: Sequence[Line], layout: Layout) -> list[Draft]:
    """Sections of about a thousand characters, cut between paragraphs; tables below them."""
    drafts: list[Draft] = []
    size = _GROUP
    for table, run in _runs(lines):
        if table is not None:
            if not drafts:
                drafts.append(Draft(f"{_PART}1", NodeKind.SECTION))
            Outline(run, layout, within=drafts[-1]).read()
            continue
        for paragraph in read_paragraphs(run, layout):
            if size >= _GROUP:
                drafts.append(Draft(f"{_PART}{len(drafts) + 1}", NodeKind.SECTION))
                size = 0
            drafts[-1].paragraphs.append(paragraph)
            size += len(paragraph.text)
    return drafts


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int | None, list[Line]]]:
    """Rows of one table, or lines of none; blank lines go with what stands before them."""
    run: list[Line] = []
    table: int | None = None
    for line in lines:
        if run and not line.blank and line.table != table:
            yield table, run
            run = []
        if not run or not line.blank:
            table = line.table
        run.append(line)
    if run:
        yield table, run
