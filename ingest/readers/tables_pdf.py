"""Tables in PDF files from their ruled lines, through pdfplumber's table geometry.

Only the geometry: lines and words come from pdfium, because pdfplumber's own reading of a page is
ten times slower and knows fewer fonts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from ingest.readers.compose import Cell
from ingest.readers.pdf_engine import Box

_TOLERANCE = 3.0
_LEAST = 2
_WHITE = re.compile(r"[ \t]+")


def find_grids(rules: Iterable[Box]) -> list[list[Box]]:
    """The cells of each table that ruled lines make, tables from the top of the page."""
    edges = [_edge(rule) for rule in rules]
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    tables = cells_to_tables(intersections_to_cells(crossings))
    return [[(x0, -bottom, x1, -top) for x0, top, x1, bottom in table] for table in tables]


def to_cells(boxes: Sequence[Box], texts: Sequence[str]) -> list[Cell]:
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
    return (
        sorted(cells, key=_reading_order)
        if min(len(rows_used), len(columns_used)) >= _LEAST
        else []
    )


def _reading_order(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


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
