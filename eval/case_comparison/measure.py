"""Which rows, columns and cells of a table of cases are right, by the gold's rules (README.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter

from assistant.comparison.case_table import CaseCell, CaseTable

PART = 0.5
"""Share of a judged quote that a shorter extract must have to count as the part that answers."""


class Role(StrEnum):
    """Whether a row has to be shown."""

    MUST = "must"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class JudgedExtract:
    """An extract that answers: `start`..`end` in the document's text."""

    id: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class JudgedCell(JudgedExtract):
    """The answer of a cell and extracts that are as right."""

    also: tuple[JudgedExtract, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A case that matches; None for a cell on which it says nothing."""

    case: str
    organisation: str
    role: Role
    cells: dict[str, JudgedCell | None]


@dataclass(frozen=True, slots=True)
class JudgedTable:
    """A question, the columns it asks for and the rows that match."""

    id: str
    query: str
    columns: tuple[str, ...]
    rows: tuple[JudgedRow, ...]


@dataclass(frozen=True, slots=True)
class CellScore:
    """One judged cell: what was expected and given, and whether that is right."""

    table: str
    case: str
    column: str
    expected: str | None
    given: str
    right: bool


@dataclass(frozen=True, slots=True)
class TableScore:
    """A table: rows found, missed and wrongly shown, columns missed, and its cells."""

    id: str
    found: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    columns_missed: tuple[str, ...]
    cells: tuple[CellScore, ...]


def load_gold(path: Path) -> tuple[JudgedTable, ...]:
    """The judged tables of a JSONL file."""
    reader = TypeAdapter(JudgedTable)
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(reader.validate_json(line) for line in lines if line.strip())


def score_table(gold: JudgedTable, given: CaseTable) -> TableScore:
    """Compare a table with its judgement; a judged row that is not shown has all cells wrong."""
    shown = {row.id for row in given.rows}
    must = [row.case for row in gold.rows if row.role is Role.MUST]
    return TableScore(
        id=gold.id,
        found=tuple(case for case in must if case in shown),
        missed=tuple(case for case in must if case not in shown),
        wrong=tuple(sorted(shown - {row.case for row in gold.rows})),
        columns_missed=tuple(name for name in gold.columns if name not in given.columns),
        cells=tuple(_cells(gold, given)),
    )


def _cells(gold: JudgedTable, given: CaseTable) -> Iterator[CellScore]:
    rows = {row.id: row for row in given.rows}
    for judged in gold.rows:
        row = rows.get(judged.case)
        if row is None and judged.role is Role.MAY:
            continue
        for column, expected in judged.cells.items():
            shown = row is not None and column in given.columns
            cell = given.cell(row, column) if row and shown else CaseCell()
            yield CellScore(
                gold.id,
                judged.case,
                column,
                expected.quote if expected else None,
                cell.text,
                shown and is_right(expected, cell),
            )


def is_right(expected: JudgedCell | None, cell: CaseCell) -> bool:
    """Whether a cell is empty where nothing is stated, else holds an answer or half of one."""
    if expected is None or cell.citation is None:
        return expected is None and cell.citation is None
    here = range(cell.citation.start, cell.citation.end)
    return any(_holds(here, extract) for extract in (expected, *expected.also))


def _holds(here: range, extract: JudgedExtract) -> bool:
    common = min(here.stop, extract.end) - max(here.start, extract.start)
    return common >= PART * (extract.end - extract.start)


def share_right(tables: Sequence[TableScore]) -> float:
    """Share of all judged cells that are right."""
    cells = [cell for table in tables for cell in table.cells]
    return sum(cell.right for cell in cells) / len(cells)
