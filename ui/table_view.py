"""Tables of nodes for a terminal: rows in columns, figures by their parts, what does not add up."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_WIDEST = 110
_LOST = "（失われています）"


def table(value: Mapping[str, Any] | None) -> str:
    """Header, rows and faults of a table node; empty without a table."""
    if value is None:
        return ""
    header, rows = value["header"], value["rows"]
    parts = []
    if rows and len(rows) == 1 and any(header):
        parts.append("表:\n" + _indented(_record(header, rows[0])))
    elif rows:
        parts.append("表:\n" + _indented(_rows(header, rows)))
    if value["faults"]:
        parts.append("表の不整合・欠落:\n" + _indented(value["faults"]))
    return "\n\n".join(parts)


def _record(header: Sequence[str], row: Sequence[str | None]) -> list[str]:
    """One row: figures named 「実績額 物件（百万円）」 as a grid of their parts, others a line each."""
    parts: dict[str, None] = {}
    figures: dict[str, dict[str, str]] = {}
    single: list[list[str]] = []
    for name, cell in zip(header, row, strict=True):
        group, part, unit = _split(name)
        if part:
            parts[part] = None
            figures.setdefault(group + unit, {})[part] = _cell(cell)
        else:
            single.append([name, _cell(cell)])
    if len(figures) < 2:
        return _columns([[name, _cell(cell)] for name, cell in zip(header, row, strict=True)])
    grid = [["", *parts]]
    grid += [[name, *(cells.get(part, "") for part in parts)] for name, cells in figures.items()]
    return [*_columns(grid, right=True), *_columns(single, right=True)]


def _split(name: str) -> tuple[str, str, str]:
    """実績額(A) 物件（百万円） as 実績額(A), 物件 and （百万円）; no part where no space stands."""
    group, space, rest = name.partition(" ")
    if not space or " " in rest:
        return name, "", ""
    part, bracket, unit = rest.partition("（")
    return group, part, bracket + unit


def _rows(header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[str]:
    """In columns where they fit a terminal, else each row with the names of its cells."""
    cells = [[_cell(cell) for cell in row] for row in rows]
    named = any(header)
    grid = [[_flat(name) for name in header], *cells] if named else cells
    if sum(max(map(_width, column)) + 2 for column in zip(*grid, strict=True)) <= _WIDEST:
        return _columns(grid)
    names = [_flat(name) or f"列{number}" for number, name in enumerate(header, start=1)]
    lines = []
    for number, row in enumerate(cells, start=1):
        lines.append(f"{number}行目")
        lines += [f"  {name}: {cell}" for name, cell in zip(names, row, strict=True) if cell]
    return lines


def _columns(rows: Sequence[Sequence[str]], *, right: bool = False) -> list[str]:
    """Cells in columns as wide as their widest; with `right` all but the first set to the right."""
    if not rows:
        return []
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            " " * (width - _width(cell)) + cell
            if right and place
            else cell + " " * (width - _width(cell))
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _cell(cell: str | None) -> str:
    return _LOST if cell is None else _flat(cell)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _width(text: str) -> int:
    """Columns of a terminal; a kanji takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _indented(lines: Sequence[str]) -> str:
    return "\n".join(f"  {line}" for line in lines)
