"""The source cut into lines: page marks taken out, heading and list marks taken off."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ingest.cells import readable
from ingest.furniture import MARK, PAGE_MARK, find_furniture
from ingest.glyphs import mend
from ingest.page import Extract
from ingest.traced import TracedText
from kb.documents import Repair
from kb.spans import Span

_LINE = re.compile(r"[^\n\f]*[\n\f]|[^\n\f]+$")
_NUMBER = r"[0-9０-９]{1,4}"
_JAPANESE = r"[\u3040-\u30ff\u4e00-\u9fff、。」）]"
_INLINE_PAGE_MARK = re.compile(rf"(?<={_JAPANESE})\s*- {_NUMBER} -\s*(?={_JAPANESE})")
_HEADING_MARK = re.compile(r"#{1,6}\s*(?=[^\s#])")
# Symbol fonts keep their bullets in the private use area.
_LIST_MARK = re.compile(r"(?:[-*+]\s+|[➢➤✓✔❖•‣⁃◦▪▫\ue000-\uf8ff]\s*)(?=\S)")
_ROW = re.compile(r"^\|.*\|$|\S{7}\t|\t[^\t]*\t|<t[dhr][\s>]")
_EMPHASIS = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")


@dataclass(frozen=True, slots=True)
class Line:
    """One source line.

    `span` covers it with its line break; `text` is without marks and outer white space and empty
    for a blank line, a page mark or a running head. `depth` is that of the heading it is, by the
    marks (#) it had or by its print; a line with `goes_on` ends the heading on the line before.
    `paged` says that the format breaks lines where the page ends, `styled` that it knows its
    headings itself. `title` says that it is printed as a part of the title, `listed` that it had a list mark, `table`
    which table of the reader's it is a row of.
    """

    text: TracedText
    span: Span
    depth: int = 0
    listed: bool = False
    is_row: bool = False
    goes_on: bool = False
    title: bool = False
    table: int | None = None
    paged: bool = False
    styled: bool = False
    repairs: tuple[Repair, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing of the line belongs to the text."""
        return not self.text


def read_lines(extract: Extract) -> list[Line]:
    """Every line of the source, in order and without a gap.

    Page marks before the first line of text count as part of that line, so that they belong to a
    unit like any other; a text of nothing but page marks keeps them.
    """
    furniture = find_furniture(extract)
    layout = _Layout(extract)
    lines = [
        layout.mark(_line(extract.text, Span(*match.span()), furniture))
        for match in _LINE.finditer(extract.text)
    ]
    first = next((index for index, line in enumerate(lines) if not line.blank), None)
    if first is None:
        return [replace(line, text=_raw(extract.text, line.span), repairs=()) for line in lines]
    marks = [line for line in lines[:first] if line.repairs]
    if marks:
        repairs = tuple(repair for line in marks for repair in line.repairs)
        span = Span(marks[0].span.start, lines[first].span.end)
        lines[first] = replace(lines[first], span=span, repairs=repairs + lines[first].repairs)
        del lines[:first]
    return lines


class _Layout:
    """What the reader found beside the text: headings and tables, in the order of the text."""

    def __init__(self, extract: Extract) -> None:
        self._headings = extract.headings
        self._heading_starts = [heading.span.start for heading in extract.headings]
        self._paged, self._styled = extract.paged, extract.styled
        # Tables of formats without a layout are told from the text itself.
        self._tables = extract.tables
        self._table_starts = [table.span.start for table in extract.tables]

    def mark(self, line: Line) -> Line:
        """The line with what its place tells of it."""
        if self._paged or self._styled:
            line = replace(line, paged=self._paged, styled=self._styled)
        if line.blank:
            return line
        start = line.span.start
        at = bisect_right(self._table_starts, start) - 1
        if at >= 0 and start < self._tables[at].span.end:
            return replace(line, is_row=True, table=at)
        at = bisect_right(self._heading_starts, start) - 1
        if at < 0 or start >= self._headings[at].span.end:
            return line
        heading = self._headings[at]
        return replace(
            line,
            depth=heading.depth,
            title=heading.depth == 0,
            goes_on=start > heading.span.start,
        )


def _raw(source: str, span: Span) -> TracedText:
    return TracedText.of(source, span.start, span.end).strip()


def _line(source: str, span: Span, furniture: Mapping[int, str]) -> Line:
    raw = _raw(source, span)
    kind = PAGE_MARK if MARK.fullmatch(raw.text) else furniture.get(span.start)
    if kind and raw:
        return Line(TracedText(), span, repairs=(_removed(kind, raw),))
    repairs: list[Repair] = []
    depth, listed = 0, False
    if match := _HEADING_MARK.match(raw.text):
        depth = match[0].count("#")
        repairs.append(_removed("heading_mark", raw[: match.end()]))
        raw = raw[match.end() :]
    elif match := _LIST_MARK.match(raw.text):
        listed = True
        repairs.append(_removed("list_mark", raw[: match.end()]))
        raw = raw[match.end() :]
    for kind, pattern in (("page_mark", _INLINE_PAGE_MARK), ("emphasis_mark", _EMPHASIS)):
        repairs += [
            _removed(kind, raw[slice(*found.span())]) for found in pattern.finditer(raw.text)
        ]
        raw = raw.sub(pattern, "")
    is_row = bool(_ROW.search(raw.text))
    raw, found = readable(raw)
    raw, mended = mend(raw)
    return Line(raw, span, depth, listed, is_row, repairs=(*repairs, *found, *mended))


def _removed(kind: str, text: TracedText) -> Repair:
    span = text.source_span()
    assert span is not None
    return Repair(kind, span, text.text.strip(), "")
