"""Excel: a section a sheet, tables with merged cells, single cells as paragraphs."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.page import Extract
from ingest.readers.archive import FAULTS, broken_office_file, check_office_file
from ingest.readers.compose import Cell, Composer
from kb.errors import InputError
from kb.settings import Settings

_APPLICATION = "Excel"
_MOST_PLACES = 20_000_000
_PERCENT = re.compile(r"0(?:\.(0+))?%")


def read_xlsx(data: bytes, path: Path, settings: Settings) -> Extract:
    """The values as last calculated, sheet after sheet; hidden sheets are left out and named.

    Raises InputError when the file is locked, broken, too large or has no text.
    """
    check_office_file(data, path, _APPLICATION, settings)
    # One import of the library in the project, late because it is slow.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    notes: list[str] = []
    composer = Composer()
    try:
        with warnings.catch_warnings():
            # Of styles and extensions that openpyxl leaves out; none holds text.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        written = 0
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                notes.append(
                    f"非表示のシート「{sheet.title}」は取り込みませんでした。必要なら表示してから取り込んでください。"
                )
            elif sheet.max_row * sheet.max_column > _MOST_PLACES:
                notes.append(
                    f"シート「{sheet.title}」は広すぎるため取り込みませんでした。不要な行と列を削除してください。"
                )
            else:
                written += _write_sheet(sheet, composer)
    except (
        *FAULTS, InvalidFileException, ArithmeticError, AssertionError, AttributeError, LookupError,
        SyntaxError, TypeError,
    ) as error:  # fmt: skip
        raise broken_office_file(path, _APPLICATION) from error
    if not written:
        raise InputError(
            f"ファイル「{path}」には文字がありません。中身のあるファイルを指定してください。"
        )
    return composer.extract(notes)


def _write_sheet(sheet: Any, composer: Composer) -> int:
    """Write the heading and the blocks of a sheet; returns the number of cells with text."""
    cells = sorted(_cells(sheet), key=lambda cell: (cell.row, cell.column))
    if cells:
        composer.heading(sheet.title, 1)
    for block in _blocks(cells):
        _write_block(block, composer)
        composer.line("")
    return len(cells)


def _cells(sheet: Any) -> Iterator[Cell]:
    merged = {
        (span.min_row, span.min_col): (
            span.max_row - span.min_row + 1,
            span.max_col - span.min_col + 1,
        )
        for span in sheet.merged_cells.ranges
    }
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and (text := _text(cell.value, cell.number_format)):
                rows, columns = merged.get((cell.row, cell.column), (1, 1))
                yield Cell(cell.row, cell.column, text, rows, columns)


def _blocks(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Cells between rows that nothing stands in or reaches into."""
    block: list[Cell] = []
    end = 0
    for cell in cells:
        if block and cell.row > end:
            yield block
            block = []
        block.append(cell)
        end = max(end, cell.row + cell.rows)
    if block:
        yield block


def _write_block(block: Sequence[Cell], composer: Composer) -> None:
    """Rows before and after the table that are not of its make are paragraphs: titles, remarks."""
    rows = [list(group) for _, group in groupby(block, key=lambda cell: cell.row)]
    first, last = _table_within(rows)
    for row in rows[:first]:
        _write_line(row, composer)
    composer.table(
        Cell(cell.row - rows[first][0].row, cell.column, cell.text, cell.rows, cell.columns)
        for row in rows[first:last]
        for cell in row
    )
    for row in rows[last:]:
        _write_line(row, composer)


def _table_within(rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    """Rows `first..last` of the table in a block; an empty range at the end when there is none."""
    widest = max(len(row) for row in rows)
    first, last = 0, len(rows)
    while first < last and _is_aside(rows[first], widest):
        first += 1
    while last > first and len(rows[last - 1]) == 1 and not _is_reached(rows[first:last]):
        last -= 1
    return (first, last) if last - first >= 2 else (len(rows), len(rows))


def _is_aside(row: Sequence[Cell], widest: int) -> bool:
    """Whether a row has few cells beside the others, and none that reaches into them."""
    return (len(row) == 1 or 2 * len(row) < widest) and all(cell.rows == 1 for cell in row)


def _is_reached(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a cell further up reaches into the last row."""
    last = rows[-1][0].row
    return any(cell.row + cell.rows > last for row in rows[:-1] for cell in row)


def _write_line(row: Sequence[Cell], composer: Composer) -> None:
    composer.line("　".join(cell.text for cell in row))


def _text(value: Any, number_format: str) -> str:
    """A value about as Excel shows it: percentages, thousands, dates without an empty time."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, number_format or "")
    return str(value).replace("\r\n", "\n").strip()


def _number(value: float, number_format: str) -> str:
    if match := _PERCENT.search(number_format):
        return f"{value:.{len(match[1] or '')}%}"
    comma = "," if "#,##" in number_format else ""
    whole = isinstance(value, int) or value.is_integer()
    return f"{value:{comma}.0f}" if whole else f"{value:{comma}.15g}"
