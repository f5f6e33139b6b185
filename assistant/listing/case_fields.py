"""What each case says of the fields that a question asks for: 期間, 対象者, 金額."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.comparison.case_extracts import CaseStatements
from assistant.comparison.case_fields import quantity_asked
from assistant.comparison.case_further import of_parts, of_question
from assistant.comparison.case_matches import CaseMatch, CaseMatches
from assistant.comparison.case_table import NOT_STATED, CaseCell, CaseRow
from assistant.comparison.cases import table_of_cases
from assistant.evidence import Evidence
from assistant.quotes import cite
from kb.addresses import address
from kb.results import Answer, Citation, Table, TableCell
from kb.store import KnowledgeBase
from retrieval.query import Query
from retrieval.search import ReadQuestion, Searcher

_BODY, _CASE, _RELATED = "機関・団体", "事例", "関連する記載"
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
    sentence of it. None where no field is asked for or no case states one.
    """
    compared = table_of_cases(kb, searcher, read, found)
    if not compared.asked:
        return None
    columns = [compared.columns.index(name) for name in compared.asked]
    rows = _Rows(kb)
    for row, item, match in zip(compared.rows, evidence, found.matches, strict=True):
        cells = [row.cells[column] for column in columns]
        more = _further(kb, searcher, read, match, cells, len(compared.rows))
        rows.add(row, [cell.citation for cell in cells], item, more)
    return rows.answer(read.query, compared.asked) if rows.stated else None


def _further(
    kb: KnowledgeBase,
    searcher: Searcher,
    read: ReadQuestion,
    match: CaseMatch,
    cells: Sequence[CaseCell],
    together: int,
) -> list[Citation]:
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
    return [cell.citation for cell in more if cell.citation]


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
        found: Sequence[Citation | None],
        item: Evidence,
        more: Sequence[Citation],
    ) -> None:
        """A case with what it says of each field and `more`, or else with its evidence."""
        name = address(item.document, self._kb.node(row.id))
        cells = [*map(self._cell, found), TableCell("")]
        if any(found):
            self.stated = True
        else:
            sentence = item.sentence
            more = more or [cite(self._kb, item.node, sentence.start, sentence.end, 0)]
        others = [self._cell(citation) for citation in more]
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

    def _cell(self, found: Citation | None) -> TableCell:
        if found is None:
            return TableCell(NOT_STATED)
        place = found.id, found.start, found.end
        known = (item for item in self._citations if (item.id, item.start, item.end) == place)
        cited = next(known, None)
        if cited is None:
            cited = replace(found, n=len(self._citations) + 1)
            self._citations.append(cited)
        return TableCell(cited.quote, cited.n)
