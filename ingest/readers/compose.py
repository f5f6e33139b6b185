"""Text made of paragraphs, headings and tables, for formats that keep no running text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.page import Extract, FoundTable
from kb.documents import TableData
from kb.spans import Span

_DEEPEST = 6
_BREAKS = str.maketrans("\n\t\f\v\r", "     ")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; `row` and `column` count from 0, `rows` and `columns` are its extent."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


class Composer:
    """Writes a text line by line and notes where its tables stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tables: list[FoundTable] = []

    def line(self, text: str) -> None:
        """One paragraph; line breaks within it stay."""
        self._write(text.rstrip() + "\n")

    def heading(self, text: str, depth: int) -> None:
        """A heading, marked as in Markdown; depth 1 is the highest."""
        flat = text.translate(_BREAKS).strip()
        if flat:
            self._write(f"{'#' * min(max(depth, 1), _DEEPEST)} {flat}\n")

    def table(self, cells: Iterable[Cell], header_rows: int | None = None) -> None:
        """A table: one tab-separated line a row, a merged cell's text only at its first place."""
        grid = [cell for cell in cells if cell.rows > 0 and cell.columns > 0]
        data = table_data(grid, header_rows)
        if data is None:
            return
        start = self._length
        for row in first_places(grid):
            self._write("\t".join(text.translate(_BREAKS) for text in row).rstrip() + "\n")
        self._tables.append(FoundTable(data, Span(start, self._length)))

    def extract(self, notes: Iterable[str] = ()) -> Extract:
        """All that was written, as a file without pages."""
        plain = Extract.of_text("".join(self._parts))
        return Extract(
            plain.text, plain.pages, False, tuple(notes), tuple(self._tables), styled=True
        )

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def table_data(cells: Sequence[Cell], header_rows: int | None = None) -> TableData | None:
    """Header and rows, merged cells repeated, empty rows and columns left out.

    Without `header_rows` it is told from the first row: where a cell spans columns, the header is
    as high as the tallest cell; where one spans rows only, that is a row heading and there is no
    header; else the first row is it. None when nothing is left.
    """
    grid = _blank(cells)
    for cell in cells:
        for row in grid[cell.row : cell.row + cell.rows]:
            row[cell.column : cell.column + cell.columns] = [cell.text.strip()] * cell.columns
    rows = _kept(grid, cells)
    if not rows:
        return None
    top = min(cell.row for cell in cells)
    count = _header_height(cells, top) if header_rows is None else header_rows
    count = min(count, len(rows) - 1)
    header = tuple(_joined(column) for column in zip(*rows[:count], strict=True))
    return TableData(header or ("",) * len(rows[0]), tuple(tuple(row) for row in rows[count:]))


def _header_height(cells: Sequence[Cell], top: int) -> int:
    first = [cell for cell in cells if cell.row == top]
    height = max(cell.rows for cell in first)
    if height > 1 and all(cell.columns == 1 for cell in first):
        return 0
    return height


def _joined(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(text for text in texts if text))


def first_places(cells: Sequence[Cell]) -> list[list[str]]:
    """The rows of a grid with a merged cell's text only at its first place, empty ones left out."""
    grid = _blank(cells)
    for cell in cells:
        grid[cell.row][cell.column] = cell.text.strip()
    return _kept(grid, cells)


def _blank(cells: Sequence[Cell]) -> list[list[str]]:
    width = max((cell.column + cell.columns for cell in cells), default=0)
    height = max((cell.row + cell.rows for cell in cells), default=0)
    return [[""] * width for _ in range(height)]


def _kept(grid: list[list[str]], cells: Sequence[Cell]) -> list[list[str]]:
    """Only rows and columns that a cell with text begins in; others repeat or hold nothing."""
    rows = sorted({cell.row for cell in cells if cell.text.strip()})
    columns = sorted({cell.column for cell in cells if cell.text.strip()})
    return [[grid[row][column] for column in columns] for row in rows]
