"""The statistics that a PDF's vertical text left behind, one glyph on a line, as records."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import partial

from ingest.draft import Draft
from ingest.figure_cells import Figures, cells_of, split_figures
from ingest.figure_columns import Head, check, columns, sentence
from ingest.glyph_rows import Glyphs, Row, find_rows
from ingest.lines import Line
from ingest.repair import Paragraph
from ingest.traced import TracedText
from kb.documents import NodeKind, Repair, TableData
from kb.spans import Span

TABLE = "表"
_UNNAMED = "名称不明"
_NO_NAME = "行の名称が失われています。元の資料で確かめてください。"
_NOT_SPLIT = (
    "数字を列の数だけの欄に分けられません。数字が失われたか、余分な数字があります。"
    "元の資料で確かめてください。"
)
_LEAST_LINES = 40
_GLYPHS = 2
_WINDOW = 30
_SHARE = 0.9
_PIECE = re.compile(r"(?:令和|平成)[\d元]{1,2}年度(?!の)|\(?注\d*\)|\(単位")
_TOTAL = re.compile(r"(?:総|合|小)?計")


def find_glyph_table(lines: Sequence[Line]) -> tuple[int, int]:
    """The lines `first..end` of such a table; an empty range at the end when there is none."""
    filled = [index for index, line in enumerate(lines) if not line.blank]
    if len(filled) <= _LEAST_LINES:
        return len(lines), len(lines)
    short = [len(lines[index].text) <= _GLYPHS for index in filled]
    sums = list(itertools.accumulate(short, initial=0))
    dense = [
        position
        for position in range(len(filled) - _WINDOW + 1)
        if sums[position + _WINDOW] - sums[position] >= _SHARE * _WINDOW
    ]
    first = next((position for position in dense if short[position]), None)
    if first is None:
        return len(lines), len(lines)
    last = max(at for at in range(first, dense[-1] + _WINDOW) if short[at])
    return filled[first], _end_of(lines, filled[last])


def _end_of(lines: Sequence[Line], last: int) -> int:
    """Past the blank lines after the last glyph."""
    end = last + 1
    while end < len(lines) and lines[end].blank:
        end += 1
    return end


def read_glyph_table(lines: Sequence[Line]) -> Draft:
    """The table with its heads and notes as text, and under it a record for each row heading.

    A record's body says its figures in one sentence; its `table` holds them, with what does not
    add up. The table's own `table` has all rows where one head rules them, and says what is lost.
    """
    glyphs = Glyphs.of(lines)
    rows = find_rows(glyphs)
    whole = Span(lines[0].span.start, lines[-1].span.end)
    draft = Draft(TABLE, NodeKind.TABLE)
    if rows and not rows[0].start:
        draft.paragraphs.append(Paragraph(TracedText(), whole.start, whole.start))
    head = Head()
    position, start = 0, whole.start
    for row in rows:
        if position < row.start:
            draft.paragraphs += _pieces(glyphs, position, row.start, start)
        head = head.read(glyphs.folded[position : row.start], glyphs.folded)
        position = row.end
        start = glyphs.start_of(row.end, whole.end)
        span = Span(glyphs.offset(row.start), start)
        draft.children.append(_record(glyphs, row, head, span))
    if position < len(glyphs) or not rows:
        draft.paragraphs += _pieces(glyphs, position, len(glyphs), start)
    _close(draft, whole)
    _share_repairs(draft, lines)
    titles = Head.titles(glyphs.folded)
    if rows:
        _set_heading(draft, glyphs, rows[0])
    if rows or titles:
        draft.table = _whole_table(draft, head, _lost(glyphs, rows))
    return draft


def _pieces(glyphs: Glyphs, begin: int, end: int, start: int) -> Iterator[Paragraph]:
    """Paragraphs of the text that is no row: each title, note and unit begins one."""
    inner = [begin + match.start() for match in _PIECE.finditer(glyphs.folded[begin:end])]
    cuts = sorted({begin, *inner, end})
    for low, high in itertools.pairwise(cuts):
        stop = glyphs.start_of(high, glyphs.end)
        yield Paragraph(glyphs.text[low:high], start, stop)
        start = stop


def _record(glyphs: Glyphs, row: Row, head: Head, span: Span) -> Draft:
    name = glyphs.text[row.start : row.figures]
    printed = glyphs.text[row.figures : row.end]
    subject = name or TracedText.inserted(_UNNAMED)
    faults: tuple[str, ...] = () if name else (_NO_NAME,)
    wanted = columns(head)
    header = tuple(column.name for column in wanted)
    figures = Figures(glyphs.folded[row.figures : row.end], glyphs.gaps[row.figures : row.end])
    ends = split_figures(figures, wanted, partial(check, head=head))
    if ends is None:
        cells: tuple[str | None, ...] = (None,) * len(header)
        body = subject + TracedText.inserted("の行は、数字を欄に分けられない：") + printed
        faults += (_NOT_SPLIT,)
    else:
        known = cells_of(figures.text, ends)
        parts = [slice(low, high) for low, high in itertools.pairwise((0, *ends))]
        body = sentence(subject, [printed[part] for part in parts], head)
        cells, faults = known, faults + check(known, head)
    return Draft(
        subject.text,
        NodeKind.RECORD,
        paragraphs=[Paragraph(body, span.start, span.end)],
        heading=name,
        table=TableData(header, (cells,), faults),
    )


def _set_heading(draft: Draft, glyphs: Glyphs, first: Row) -> None:
    """Make the title that stands over the first row the table's heading, not its body's."""
    spans = Head.titles(glyphs.folded[: first.start])
    if not spans:
        return
    start, end = spans[-1]
    for paragraph in draft.paragraphs:
        if paragraph.start == glyphs.offset(start):
            draft.heading = glyphs.text[start:end]
            paragraph.text = paragraph.text[end - start :]


def _close(draft: Draft, whole: Span) -> None:
    """Let the last unit reach to the end of the lines."""
    last = max(
        (draft, *draft.children), key=lambda unit: max((p.end for p in unit.paragraphs), default=0)
    )
    last.paragraphs[-1].end = whole.end


def _share_repairs(draft: Draft, lines: Sequence[Line]) -> None:
    """Note what was put together, and give each repair of a line to the unit it stands in."""
    found = [repair for line in lines for repair in line.repairs]
    for unit in (draft, *draft.children):
        for paragraph in unit.paragraphs:
            span = Span(paragraph.start, paragraph.end)
            paragraph.repairs = [Repair("vertical_glyphs", span, "", "")] + [
                repair for repair in found if span.start <= repair.span.start < span.end
            ]


def _whole_table(draft: Draft, head: Head, faults: tuple[str, ...]) -> TableData:
    tables = [child.table for child in draft.children if child.table]
    headers = {table.header for table in tables}
    if len(headers) != 1:
        return TableData((), (), faults)
    header = (head.subject or "名称", *headers.pop())
    rows = tuple((child.label, *child.table.rows[0]) for child in draft.children if child.table)
    return TableData(header, rows, faults)


def _lost(glyphs: Glyphs, rows: Sequence[Row]) -> tuple[str, ...]:
    """What the heads, notes and rows that are left show to be missing, one sentence each."""
    faults: list[str] = []
    spans = Head.titles(glyphs.folded)
    bounds = [start for start, _ in spans] + [len(glyphs)]
    filled: dict[str, list[bool]] = {}
    for (start, end), stop in zip(spans, bounds[1:], strict=True):
        has_rows = any(start <= row.start < stop for row in rows)
        filled.setdefault(glyphs.folded[start:end], []).append(has_rows)
    for title, parts in filled.items():
        if not any(parts):
            faults.append(f"「{title}」は見出しと注だけが残り、行はすべて失われています。")
        elif not all(parts):
            faults.append(
                f"「{title}」は見出しが{len(parts)}か所にありますが、"
                f"そのうち{parts.count(False)}か所の行は失われています。"
            )
    if not rows:
        return tuple(faults)
    if not any(_TOTAL.fullmatch(glyphs.folded[row.start : row.figures]) for row in rows):
        faults.append("合計の行はこのファイルにありません。")
    rest = glyphs.folded[rows[-1].end :]
    if rest and not rest.endswith(("。", ")")):
        name = glyphs.folded[rows[-1].start : rows[-1].figures]
        faults.append(f"「{name}」の行より後は注の途中で切れ、その先は失われています。")
    return tuple(faults)
