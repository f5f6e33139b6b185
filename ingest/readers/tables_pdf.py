"""Tables with ruled lines in PDF files, through pdfplumber."""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.readers.compose import Cell

_FAULTS = (
    PDFException, PSException, MalformedPDFException, PdfminerException, ArithmeticError,
    AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_TOLERANCE = 3.0
_LINE_WIDTH = 3.0
_LEAST = 2
_NAMELESS = re.compile(r"\(cid:\d+\)")


def find_tables(data: bytes, indices: Sequence[int]) -> Iterator[tuple[int, list[Cell]]]:
    """The tables of the given pages (from 0), each with its page; a page that fails has none.

    Frames of a single row or column are no tables. A table with glyphs that pdfplumber cannot name
    is left out, its lines stay in the text.
    """
    try:
        pdf = pdfplumber.open(io.BytesIO(data), pages=[index + 1 for index in indices])
        pages = pdf.pages
    except _FAULTS:
        return
    with pdf:
        for index, page in zip(indices, pages, strict=False):
            try:
                grids = [_cells(table) for table in page.filter(_is_no_shading).find_tables()]
            except _FAULTS:
                continue
            finally:
                page.close()
            for cells in grids:
                if _is_table(cells):
                    yield index, cells


def _is_no_shading(item: dict[str, Any]) -> bool:
    """Borders may be thin filled rectangles; the edges of shaded areas are not borders."""
    return (
        item["object_type"] != "rect"
        or bool(item["stroke"])
        or min(item["width"], item["height"]) <= _LINE_WIDTH
    )


def _cells(table: Table) -> list[Cell]:
    """Cells with their extents, which pdfplumber leaves to be told from their boxes."""
    texts = table.extract()
    boxes = [box for row in table.rows for box in row.cells]
    values = [text for row in texts for text in row]
    lefts = _edges(box[0] for box in boxes if box)
    tops = _edges(box[1] for box in boxes if box)
    cells: list[Cell] = []
    for box, text in zip(boxes, values, strict=True):
        if box is None:
            continue
        column, row = _place(lefts, box[0]), _place(tops, box[1])
        columns, rows = _place(lefts, box[2]) - column, _place(tops, box[3]) - row
        cells.append(Cell(row, column, (text or "").strip(), max(rows, 1), max(columns, 1)))
    return cells


def _edges(values: Iterable[float]) -> list[float]:
    """Sorted places, those closer than the tolerance taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _TOLERANCE:
            edges.append(value)
    return edges


def _place(edges: Sequence[float], value: float) -> int:
    return bisect_left(edges, value - _TOLERANCE)


def _is_table(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell.text]
    rows, columns = {cell.row for cell in filled}, {cell.column for cell in filled}
    return min(len(rows), len(columns)) >= _LEAST and not any(
        _NAMELESS.search(cell.text) for cell in filled
    )
