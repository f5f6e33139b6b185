"""Tables of cases as the interface's JSON and as text for a terminal."""

from __future__ import annotations

from typing import Any

from assistant.comparison.case_table import CaseCell, CaseRow, CaseTable

Json = dict[str, Any]


def as_json(table: CaseTable) -> Json:
    """The document that `kb compare cases --json` prints; an empty cell has no id and no quote."""
    return {
        "query": table.question,
        "columns": list(table.columns),
        "asked": list(table.asked),
        "rows": [_row(table, row) for row in table.rows],
        "notes": list(table.notes),
        "seconds": round(table.seconds, 4),
    }


def _row(table: CaseTable, row: CaseRow) -> Json:
    return {
        "id": row.id,
        "organisation": row.case.organisation,
        "prefecture": row.case.prefecture,
        "title": row.case.title,
        "category": row.case.category,
        "score": round(row.score, 4),
        "cells": {
            column: _cell(cell) for column, cell in zip(table.columns, row.cells, strict=True)
        },
    }


def _cell(cell: CaseCell) -> Json:
    citation = cell.citation
    return {
        "text": cell.text,
        "id": citation.id if citation else None,
        "quote": citation.quote if citation else None,
        "start": citation.start if citation else None,
        "end": citation.end if citation else None,
        "verified": citation.verified if citation else None,
    }


def as_text(table: CaseTable) -> str:
    """What to know first; case after case, a line for every column with the place of its extract."""
    blocks = ["\n".join([_head(row), *_lines(table, row)]) for row in table.rows]
    return "\n\n".join([*(f"注意: {note}" for note in table.notes), *blocks])


def _head(row: CaseRow) -> str:
    return f"■ {row.case.organisation}「{row.case.title}」（{row.id}）"


def _lines(table: CaseTable, row: CaseRow) -> list[str]:
    return [
        f"  {column}: {cell.shown}" + (f"［{cell.citation.id}］" if cell.citation else "")
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]
