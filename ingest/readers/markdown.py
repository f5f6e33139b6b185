"""Markdown: the text as the file has it, with its pipe tables found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.page import Extract, FoundTable
from ingest.readers.compose import Cell, table_data
from ingest.readers.text import read_text
from kb.settings import Settings
from kb.spans import Span

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(data: bytes, path: Path, settings: Settings) -> Extract:
    """The file exactly as decoded; heading and list marks are taken off downstream.

    Raises InputError when it is empty, binary or in no encoding known here.
    """
    extract = read_text(data, path, settings)
    return replace(extract, tables=tuple(_tables(extract.text)))


def _tables(text: str) -> Iterator[FoundTable]:
    """A table is a row of cells, a rule of hyphens below it, and the rows that follow."""
    lines = list(_LINE.finditer(text))
    fenced = False
    index = 0
    while index < len(lines):
        if _FENCE.match(lines[index][0]):
            fenced = not fenced
        if fenced or index + 1 == len(lines) or not _begins_table(lines[index : index + 2]):
            index += 1
            continue
        end = index + 2
        while end < len(lines) and _BAR.search(lines[end][0]):
            end += 1
        rows = [_row(lines[at][0]) for at in (index, *range(index + 2, end))]
        cells = [
            Cell(row, column, cell)
            for row, texts in enumerate(rows)
            for column, cell in enumerate(texts[: len(rows[0])])
        ]
        if (data := table_data(cells, header_rows=1)) is not None:
            yield FoundTable(data, Span(lines[index].start(), lines[end - 1].end()))
        index = end


def _begins_table(lines: list[re.Match[str]]) -> bool:
    head, rule = lines[0][0], lines[1][0]
    if not (_BAR.search(head) and _BAR.search(rule) and _RULE.match(rule)):
        return False
    return len(_row(head)) == len(_row(rule))


def _row(line: str) -> list[str]:
    cells = _BAR.split(line.strip())
    if cells and not cells[0].strip():
        cells = cells[1:]
    if cells and not cells[-1].strip():
        cells = cells[:-1]
    return [_BREAK.sub("\n", cell).replace("\\|", "|").strip() for cell in cells]
