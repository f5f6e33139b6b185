"""Tables in PDF files from their ruled lines, through pdfplumber's table geometry.

Only the geometry: lines and words come from pdfium, because pdfplumber's own reading of a page is
ten times slower and knows fewer fonts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from ingest.readers.compose import Cell, first_places, table_data
from ingest.readers.pdf_engine import Box
from kb.documents import TableData

_TOLERANCE = 3.0
_LEAST = 2
_JAPANESE = r"[\u3041-\u30ff\u3400-\u9fff、，]"
_BROKEN = re.compile(rf"(?<={_JAPANESE}) ?\n(?=[\u3041-\u30ff\u3400-\u9fff、。，．）」ー])")
_WHITE = re.compile(r"[ \t]+")


def find_grids(rules: Iterable[Box]) -> list[list[Box]]:
    """The cells of each table that ruled lines make, tables from the top of the page."""
    edges = [_edge(rule) for rule in rules]
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    tables = cells_to_tables(intersections_to_cells(crossings))
    return [[(x0, -bottom, x1, -top) for x0, top, x1, bottom in table] for table in tables]


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table of a page: its cells, its box, and where its columns begin."""

    cells: tuple[Cell, ...]
    box: Box
    lefts: tuple[float, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The header as it would be read for this grid alone."""
        data = table_data(self.cells)
        return data.header if data else ()

    def rows(self) -> list[str]:
        """Its words as tab-separated lines, a merged cell's only at its first place."""
        return [
            "\t".join(_on_one_line(text) for text in row).rstrip()
            for row in first_places(self.cells)
        ]

    def goes_on_in(self, other: Grid) -> bool:
        """Whether `other`, on the next page, has the same columns in the same places."""
        return len(self.lefts) == len(other.lefts) and all(
            abs(one - another) <= _TOLERANCE
            for one, another in zip(self.lefts, other.lefts, strict=True)
        )


def to_grid(boxes: Sequence[Box], texts: Sequence[str]) -> Grid | None:
    """Cells with their places in the grid, merged ones with their extents.

    Frames of a single row or column are no tables and give none.
    """
    lefts = _edges(box[0] for box in boxes)
    tops = _edges(-box[3] for box in boxes)
    cells: list[Cell] = []
    for (left, bottom, right, top), text in zip(boxes, texts, strict=True):
        row, column = _place(tops, -top), _place(lefts, left)
        rows, columns = _place(tops, -bottom) - row, _place(lefts, right) - column
        cells.append(
            Cell(row, column, _WHITE.sub(" ", text).strip(), max(rows, 1), max(columns, 1))
        )
    filled = [cell for cell in cells if cell.text]
    rows_used, columns_used = {cell.row for cell in filled}, {cell.column for cell in filled}
    if min(len(rows_used), len(columns_used)) < _LEAST:
        return None
    box = (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
    return Grid(tuple(sorted(cells, key=_reading_order)), box, tuple(lefts))


def join_grids(grids: Sequence[Grid]) -> TableData:
    """One table of grids that go on from page to page; a header that is repeated counts once."""
    first = table_data(grids[0].cells) or TableData((), ())
    rows = list(first.rows)
    for grid in grids[1:]:
        again = first.header and grid.header == first.header
        data = table_data(grid.cells, None if again else 0)
        rows += data.rows if data else ()
    width = len(first.header)
    return TableData(first.header, tuple(row for row in rows if len(row) == width or not width))


def _reading_order(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def _on_one_line(text: str) -> str:
    """A cell's lines joined: without a space where a Japanese word was broken."""
    return _BROKEN.sub("", text).replace("\n", " ").replace("\t", " ")


def _edge(rule: Box) -> dict[str, float | str]:
    """A line in pdfplumber's terms, where places count down from the top."""
    left, bottom, right, top = rule
    flat = right - left >= top - bottom
    x = (left + right) / 2
    y = -(bottom + top) / 2
    return {
        "x0": left if flat else x,
        "x1": right if flat else x,
        "top": y if flat else -top,
        "bottom": y if flat else -bottom,
        "doctop": y if flat else -top,
        "width": right - left if flat else 0.0,
        "height": 0.0 if flat else top - bottom,
        "orientation": "h" if flat else "v",
    }


def _edges(values: Iterable[float]) -> list[float]:
    """Sorted places, those closer than the tolerance taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _TOLERANCE:
            edges.append(value)
    return edges


def _place(edges: Sequence[float], value: float) -> int:
    return bisect_left(edges, value - _TOLERANCE)
