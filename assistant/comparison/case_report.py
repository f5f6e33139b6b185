"""Tables of cases as reports to hand out: one sheet to use, one with the sources of its cells."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.comparison.case_table import CaseTable
from assistant.comparison.sheets import Cell, Report, Sheet
from kb.addresses import address
from kb.store import KnowledgeBase

_NAMES = ("団体", "都道府県", "事例")
_NAME_WIDTHS = (3.0, 2.0, 4.0)
_CELL_WIDTH = 8.0
_SOURCES = ("団体", "項目", "原文の引用", "箇所", "ID", "原文の位置")
_SOURCE_WIDTHS = (3.0, 2.5, 12.0, 6.0, 6.0, 2.5)


def case_report(kb: KnowledgeBase, table: CaseTable) -> Report:
    """The table and where each of its cells stands. `kb` is the one the table was made from."""
    return Report(f"事例比較：{table.question}", (_to_use(table), _with_sources(kb, table)))


def _to_use(table: CaseTable) -> Sheet:
    rows = tuple(
        tuple(
            Cell.of(text)
            for text in (
                row.case.organisation,
                row.case.prefecture or "",
                f"事例{row.case.number} {row.case.title}",
                *(cell.shown for cell in row.cells),
            )
        )
        for row in table.rows
    )
    return Sheet(
        "事例比較",
        (*_NAMES, *table.columns),
        (*_NAME_WIDTHS, *(_CELL_WIDTH for _ in table.columns)),
        rows,
        table.notes,
    )


def _with_sources(kb: KnowledgeBase, table: CaseTable) -> Sheet:
    return Sheet("出典", _SOURCES, _SOURCE_WIDTHS, tuple(_sources(kb, table)))


def _sources(kb: KnowledgeBase, table: CaseTable) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.citation is None:
                continue
            node = kb.node(cell.citation.id)
            texts = (
                row.case.organisation,
                column,
                cell.citation.quote,
                address(kb.document(node.doc), node),
                node.id,
                f"{cell.citation.start}–{cell.citation.end}",
            )
            yield tuple(Cell.of(text) for text in texts)
