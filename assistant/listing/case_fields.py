"""What each case says of the fields that a question asks for: 期間, 対象者, 金額."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.comparison.case_extracts import CaseStatements, cited
from assistant.comparison.case_fields import asked_phrases, quantity_asked
from assistant.comparison.case_further import of_parts, of_question
from assistant.comparison.case_matches import CaseMatch, CaseMatches
from assistant.comparison.case_table import NOT_STATED, CaseCell, CaseRow
from assistant.comparison.cases import table_of_cases
from assistant.evidence import Evidence
from assistant.quotes import cite
from kb.addresses import address
from kb.results import Answer, Citation, Table, TableCell
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query
from retrieval.search import ReadQuestion, Searcher

_BODY, _CASE, _RELATED = "機関・団体", "事例", "関連する記載"
_FIGURE = re.compile(r"\d+\s*(?:[かヶカ]?年|[かヶカ]月|日|点|[千百万億]*円|%|％|件|社|人)")
_FEW = 3
"""Up to so many cases are told with more than their cells."""


def case_fields_asked(
    kb: KnowledgeBase,
    searcher: Searcher,
    read: ReadQuestion,
    found: CaseMatches,
    evidence: Sequence[Evidence],
) -> Answer | None:
    """The cases `found` side by side, a column for every field that the question asks for.

    Each has one place of `evidence`, in their order; a case that states no field is shown with the
    sentence of it, but left out of a list by what a field states (認定期間が3年の自治体) unless it is
    named. None where no field is asked for or no case states one.
    """
    compared = table_of_cases(kb, searcher, read, found)
    if not compared.asked:
        return None
    columns = [compared.columns.index(name) for name in compared.asked]
    rows = _Rows(kb)
    named = {owner.name for owner in read.query.owners}
    phrases = asked_phrases(read.query.asked)
    by_field = read.query.intent is Intent.LIST and any(
        _FIGURE.search(phrases.get(name, "")) for name in compared.asked
    )
    for row, item, match in zip(compared.rows, evidence, found.matches, strict=True):
        cells = [row.cells[column] for column in columns]
        stated = any(cell.citation for cell in cells)
        if by_field and not stated and row.case.organisation not in named:
            continue
        more = _further(kb, searcher, read, match, cells, len(compared.rows))
        rows.add(row, cells, item, more)
    return rows.answer(read.query, compared.asked) if rows.stated else None


def _further(
    kb: KnowledgeBase,
    searcher: Searcher,
    read: ReadQuestion,
    match: CaseMatch,
    cells: Sequence[CaseCell],
    together: int,
) -> list[CaseCell]:
    """What a case of so many `together` says beside its cells.

    Alone it gives the figure of each thing compared; few give what their cells lack.
    """
    statements = CaseStatements.read(match.text)
    needed = quantity_asked(read.query.text)
    more: tuple[CaseCell, ...] = ()
    if needed and together == 1:
        more = of_parts(kb, searcher, read.query.text, statements, needed)
    elif not needed and together <= _FEW and any(cell.citation for cell in cells):
        more = of_question(kb, read.relevance, statements, [cell.text for cell in cells])
    return [cell for cell in more if cell.citation]


class _Rows:
    """Rows as they are added, their citations numbered as they come."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.stated = False
        self._kb = kb
        self._citations: list[Citation] = []
        self._lines: list[str] = []
        self._rows: list[tuple[TableCell, ...]] = []

    def add(
        self,
        row: CaseRow,
        found: Sequence[CaseCell],
        item: Evidence,
        more: Sequence[CaseCell],
    ) -> None:
        """A case with what it says of each field and `more`, or else with its evidence."""
        name = address(item.document, self._kb.node(row.id))
        cells = [*map(self._cell, found), TableCell("")]
        if any(cell.citation for cell in found):
            self.stated = True
        else:
            more = more or [self._sentence(item)]
        others = [self._cell(cell) for cell in more]
        cells[-1:] = others[:1] or cells[-1:]
        said = "".join(
            dict.fromkeys(
                f"「{cell.text}」[{cell.citation}]"
                for cell in (*cells, *others[1:])
                if cell.citation
            )
        )
        self._lines.append(f"{name}（{row.case.organisation}「{row.case.title}」）：{said}")
        self._rows.append((TableCell(row.case.organisation), TableCell(name), *cells))

    def answer(self, query: Query, fields: Sequence[str]) -> Answer:
        """All of them as lines and as a table."""
        related = any(row[-1].text for row in self._rows)
        columns = (_BODY, _CASE, *fields, *([_RELATED] if related else []))
        return Answer(
            question=query.asked,
            intent=query.intent.value,
            text="\n".join(self._lines),
            abstained=False,
            citations=tuple(self._citations),
            table=Table(columns, tuple(row[: len(columns)] for row in self._rows)),
        )

    def _sentence(self, item: Evidence) -> CaseCell:
        start, end = item.sentence.start, item.sentence.end
        citation = cite(self._kb, item.node, start, end, 0)
        return cited(self._kb, item.node, start, end) or CaseCell(citation.quote, citation)

    def _cell(self, cell: CaseCell) -> TableCell:
        """The node's wording, without the list marks that the source and so the quote may have."""
        found = cell.citation
        if found is None:
            return TableCell(NOT_STATED)
        place = found.id, found.start, found.end
        known = (item for item in self._citations if (item.id, item.start, item.end) == place)
        numbered = next(known, None)
        if numbered is None:
            numbered = replace(found, n=len(self._citations) + 1)
            self._citations.append(numbered)
        return TableCell(cell.text, numbered.n)
