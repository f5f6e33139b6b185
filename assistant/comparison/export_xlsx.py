"""Reports as Excel files. The only module of the assistant that imports openpyxl."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from assistant.comparison.results import Run
from assistant.comparison.saving import printable
from assistant.comparison.sheets import Cell, Report, Sheet

_FONT = "ＭＳ ゴシック"
_POINTS = 10
_TOTAL_WIDTH = 150
"""Width of all columns together in Excel's unit, about one half-width digit."""
_LONGEST = 32_767
"""Characters that Excel takes in one cell."""
_LINE_POINTS = 13.5
_MOST_LINES = 29
"""Lines of one row: a row is at most 409 points high, what goes beyond it is not shown."""
_Line = list[Run]
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def xlsx_bytes(report: Report, made: datetime) -> bytes:
    """The report as an Excel file, one tab a table; `made` is written as its creation time.

    The head row stays in view, is repeated in print and filters; every cell is text, so that
    words beginning with `=` are never taken for formulas. A cell longer than Excel shows goes on in
    the row below. Heights are written out: not every program works them out when it opens a file.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title = printable(report.title)
    book.properties.creator = ""
    book.properties.created = book.properties.modified = made
    names: set[str] = set()
    for sheet in report.sheets:
        _add_sheet(book.create_sheet(_tab_name(sheet.name, names)), report.title, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _tab_name(name: str, taken: set[str]) -> str:
    plain = _BAD_IN_NAME.sub("・", printable(name)).strip("' ") or "表"
    candidate, number = plain[:_LONGEST_NAME], 1
    while candidate.lower() in taken:
        number += 1
        candidate = f"{plain[: _LONGEST_NAME - 4]}({number})"
    taken.add(candidate.lower())
    return candidate


def _add_sheet(page: Any, title: str, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    widths = [_TOTAL_WIDTH * share / sum(sheet.widths) for share in sheet.widths]
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    _add_head(page, sheet.columns)
    row = 2
    for cells in sheet.rows:
        for part, lines in _within_limit(cells, widths):
            page.row_dimensions[row].height = (lines + 0.3) * _LINE_POINTS
            for column, content in enumerate(part, start=1):
                _fill(page.cell(row, column), content)
            row += 1
    last = get_column_letter(len(sheet.columns))
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{last}{row - 1}"
    for note in sheet.notes:
        _write(page.cell(row + 1, 1), printable(note))
        row += 1
    _set_print(page, title)


def _add_head(page: Any, columns: tuple[str, ...]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for number, name in enumerate(columns, start=1):
        cell = page.cell(1, number)
        _write(cell, printable(name))
        cell.font = Font(name=_FONT, size=_POINTS, bold=True)
        cell.fill = PatternFill("solid", fgColor="E7E6E6")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _border()


def _fill(cell: Any, content: Cell) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Alignment, Font

    runs = tuple(run for paragraph in content.paragraphs for run in paragraph if run.text)
    if any(run.underlined for run in runs):
        font = InlineFont(rFont=_FONT, sz=_POINTS)
        marked = InlineFont(rFont=_FONT, sz=_POINTS, u="single")
        cell.value = CellRichText(
            [TextBlock(marked if run.underlined else font, printable(run.text)) for run in runs]
        )
    else:
        _write(cell, printable(content.text))
    cell.font = Font(name=_FONT, size=_POINTS)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.border = _border()


def _write(cell: Any, text: str) -> None:
    """Text as text: openpyxl would take a leading `=` for a formula and `#N/A` for an error."""
    if text:
        cell.value = text
        cell.data_type = "s"


def _border() -> Any:
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color="808080")
    return Border(left=side, right=side, top=side, bottom=side)


def _set_print(page: Any, title: str) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.oddHeader.center.text = printable(title).replace("&", "&&")
    page.oddFooter.center.text = "&P / &N"


def _within_limit(
    cells: tuple[Cell, ...], widths: Sequence[float]
) -> Iterator[tuple[tuple[Cell, ...], int]]:
    """The row, or as many rows as its longest cell needs, each with its number of lines."""
    columns = [
        _chunks(list(_lines(cell, width))) for cell, width in zip(cells, widths, strict=True)
    ]
    for at in range(max(map(len, columns))):
        parts = [chunks[at] if at < len(chunks) else [] for chunks in columns]
        yield tuple(_joined(part) for part in parts), max(1, *map(len, parts))


def _chunks(lines: list[_Line]) -> list[list[_Line]]:
    """Lines in portions that one cell takes."""
    chunks: list[list[_Line]] = [[]]
    room = _LONGEST
    for line in lines:
        length = sum(len(run.text) for run in line)
        if len(chunks[-1]) == _MOST_LINES or length > room:
            chunks.append([])
            room = _LONGEST
        chunks[-1].append(line)
        room -= length
    return chunks


def _joined(lines: Sequence[_Line]) -> Cell:
    return Cell((tuple(run for line in lines for run in line),)) if lines else Cell()


def _lines(cell: Cell, width: float) -> Iterator[_Line]:
    """The cell as lines of at most `width` half-width characters; a paragraph's last ends in \\n."""
    for number, runs in enumerate(cell.paragraphs, start=1):
        line: list[Run] = []
        room = width - 1
        for run in runs:
            text = ""
            for character in run.text:
                needed = 1 if unicodedata.east_asian_width(character) in ("N", "Na", "H") else 2
                if needed > room:
                    line.append(Run(text, run.underlined))
                    yield line
                    line, text, room = [], "", width - 1
                text += character
                room -= needed
            line.append(Run(text, run.underlined))
        if number < len(cell.paragraphs):
            line.append(Run("\n"))
        yield line
