"""The statistics that a PDF's vertical text left behind, one glyph on a line."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.draft import Draft
from ingest.lines import Line
from ingest.repair import Paragraph
from ingest.traced import TracedText
from kb.documents import NodeKind, Repair
from kb.spans import Span

TABLE = "表"
_LEAST_LINES = 40
_GLYPHS = 2
_WINDOW = 30
_SHARE = 0.9


def find_glyph_table(lines: Sequence[Line]) -> tuple[int, int]:
    """The lines `first..end` of such a table; an empty range at the end when there is none."""
    filled = [index for index, line in enumerate(lines) if not line.blank]
    short = [len(lines[index].text) <= _GLYPHS for index in filled]
    for position in range(len(filled) - _LEAST_LINES):
        window = short[position : position + _WINDOW]
        if short[position] and sum(window) >= _SHARE * _WINDOW:
            last = max(at for at in range(len(filled)) if short[at])
            return filled[position], _end_of(lines, filled[last])
    return len(lines), len(lines)


def _end_of(lines: Sequence[Line], last: int) -> int:
    """Past the blank lines after the last glyph."""
    end = last + 1
    while end < len(lines) and lines[end].blank:
        end += 1
    return end


def read_glyph_table(lines: Sequence[Line]) -> Draft:
    """The table as one unit, its glyphs put together again.

    Its records (one a row heading) are to hang under this draft as children.
    """
    text = TracedText.join([line.text for line in lines])
    span = Span(lines[0].span.start, lines[-1].span.end)
    repairs = [repair for line in lines for repair in line.repairs]
    repairs.append(Repair("vertical_glyphs", span, "", ""))
    paragraph = Paragraph(text, span.start, span.end, repairs)
    return Draft(TABLE, NodeKind.TABLE, paragraphs=[paragraph])
