"""Tables that stand in the running text: tab-separated rows and HTML, as header and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

from ingest.cells import readable
from ingest.glyphs import fold
from ingest.page import Extract, FoundTable
from ingest.readers.compose import Cell, table_data
from ingest.traced import TracedText
from kb.documents import Node
from kb.spans import Span

_ROWS = re.compile(r"(?:^[^\n\f\t]*\t[^\n\f]*(?:\n|\Z)){2,}", re.MULTILINE)
_HTML_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table>", re.IGNORECASE | re.DOTALL)
_DIGIT = re.compile(r"\d")
_MOST_SPANNED = 100


def with_tables(nodes: Sequence[Node], extract: Extract) -> tuple[Node, ...]:
    """The nodes, `table` filled in each that holds exactly one table; their text stays."""
    tables = [*extract.tables]
    tables += [
        found
        for found in find_tables(extract.text)
        if not any(_overlap(found.span, known.span) for known in extract.tables)
    ]
    return tuple(_with_table(node, tables) for node in nodes) if tables else tuple(nodes)


def _with_table(node: Node, tables: Iterable[FoundTable]) -> Node:
    own = [
        found
        for found in tables
        if any(part.start <= found.span.start < part.end for part in node.segments)
    ]
    if node.table or len(own) != 1:
        return node
    whole = any(own[0].span.end <= part.end for part in node.segments)
    return replace(node, table=own[0].data) if whole else node


def find_tables(text: str) -> tuple[FoundTable, ...]:
    """Tables of at least two tab-separated rows, and HTML tables that hold no other, in order."""
    found = [*_tab_tables(text), *_html_tables(text)]
    return tuple(sorted(found, key=lambda table: table.span))


def _tab_tables(text: str) -> Iterator[FoundTable]:
    for span in _joined(text, [Span(*match.span()) for match in _ROWS.finditer(text)]):
        cells = list(_tab_cells(text, span))
        data = table_data(cells, header_rows=_header_rows(cells))
        if data and len(data.header) > 1:
            yield FoundTable(data, span)


def _joined(text: str, runs: Iterable[Span]) -> list[Span]:
    """Runs of rows as wide as the one before, parted from it by blank lines only, are one table.

    So tables are read that a page break has cut, a repeated header of theirs left out.
    """
    joined: list[Span] = []
    width = 0
    for run in runs:
        before, width = width, _width(text, run)
        if joined and width == before and not text[joined[-1].end : run.start].strip():
            joined[-1] = Span(joined[-1].start, run.end)
        else:
            joined.append(run)
    return joined


def _width(text: str, span: Span) -> int:
    return max(line.rstrip().count("\t") for line in text[span.start : span.end].splitlines())


def _tab_cells(text: str, span: Span) -> Iterator[Cell]:
    first, *others = text[span.start : span.end].strip("\n\f").split("\n")
    after_break = [line for before, line in pairwise((first, *others)) if not before.strip()]
    repeated = first if first in after_break else None
    rows = [first, *(line for line in others if line.strip() and line != repeated)]
    for row, line in enumerate(rows):
        for column, cell in enumerate(line.split("\t")):
            yield Cell(row, column, _cell_text(cell))


def _cell_text(text: str) -> str:
    return fold(readable(TracedText.inserted(text.strip()))[0].text)


def _header_rows(cells: Sequence[Cell]) -> int:
    """1, but 0 for two columns of names and values (登録業種 | 土木一式).

    Of two columns one must hold figures below a first row without.
    """
    columns = sorted({cell.column for cell in cells if cell.text})
    if len(columns) != 2:
        return 1
    return int(any(_heads_figures([c.text for c in cells if c.column == at]) for at in columns))


def _heads_figures(column: Sequence[str]) -> bool:
    head, *others = column
    filled = [text for text in others if text]
    return bool(filled) and not _DIGIT.search(head) and all(map(_DIGIT.search, filled))


def _html_tables(text: str) -> Iterator[FoundTable]:
    for match in _HTML_TABLE.finditer(text):
        reader = _CellReader()
        reader.feed(match[0])
        reader.close()
        if data := table_data(reader.cells, reader.header_rows or None):
            yield FoundTable(data, Span(*match.span()))


class _CellReader(HTMLParser):
    """Collects the cells of one table; `header_rows` counts the rows in its <thead>."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[Cell] = []
        self.header_rows = 0
        self._row = -1
        self._in_head = self._in_cell = False
        self._taken: set[tuple[int, int]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell."""
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._row += 1
            self.header_rows += self._in_head
        elif tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """End the head or a cell."""
        if tag == "thead":
            self._in_head = False
        elif tag in ("td", "th", "tr"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        """Add to the open cell."""
        if self._in_cell:
            self.cells[-1] = replace(self.cells[-1], text=self.cells[-1].text + fold(data))

    def _begin_cell(self, attrs: Mapping[str, str | None]) -> None:
        self._row = max(self._row, 0)
        rows, columns = (_extent(attrs.get(name)) for name in ("rowspan", "colspan"))
        column = 0
        while (self._row, column) in self._taken:
            column += 1
        self._taken |= {
            (self._row + down, column + right) for down in range(rows) for right in range(columns)
        }
        self.cells.append(Cell(self._row, column, "", rows, columns))
        self._in_cell = True


def _extent(value: str | None) -> int:
    return min(int(value), _MOST_SPANNED) if value and value.isdecimal() and int(value) else 1


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
