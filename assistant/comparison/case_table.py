"""What a comparison of cases gives: cases as rows, fields as columns, a verbatim extract a cell."""

from __future__ import annotations

from dataclasses import dataclass

from kb.documents import Case
from kb.results import Citation

NOT_STATED = "記載なし"
"""What an empty cell is shown as."""


@dataclass(frozen=True, slots=True)
class CaseCell:
    """What a case says under a column, word for word; no citation where it says nothing.

    `text` is the node's wording; the citation's quote differs from it at most by list marks of the
    source that the node leaves out.
    """

    text: str = ""
    citation: Citation | None = None

    @property
    def shown(self) -> str:
        """The extract as people read it."""
        return self.text or NOT_STATED


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case: its node's id, what identifies it, and a cell for every column of the table.

    `score` is how well the case fits the question, relative to the best (0 to 1).
    """

    id: str
    case: Case
    score: float
    cells: tuple[CaseCell, ...]


@dataclass(frozen=True, slots=True)
class CaseTable:
    """Cases side by side, the best fitting first.

    `columns` are normalised field names (目的, 対象者 …), `asked` those that the question names.
    `notes` are Japanese sentences for the user, such as who is named but has no case here.
    """

    question: str
    columns: tuple[str, ...]
    asked: tuple[str, ...]
    rows: tuple[CaseRow, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    def cell(self, row: CaseRow, column: str) -> CaseCell:
        """The cell of a row under a column. Raises ValueError for a column that is not there."""
        return row.cells[self.columns.index(column)]
