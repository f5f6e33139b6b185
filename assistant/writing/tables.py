"""Comparisons and lists: a row a place, with the sentence of it that answers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.writing.lines import Line, Matter, cite_all, written
from assistant.writing.notes import Notes
from kb.addresses import address
from kb.documents import NodeKind
from kb.results import Answer, Table, TableCell

COLUMNS = ("機関・団体", "箇所", "記載", "拘束の強さ")


def tabulate(matter: Matter) -> Answer:
    """The lines, and the same as a table whose words each have a citation."""
    notes = Notes(matter.kb)
    lines = cite_all(matter, notes)
    return Answer(
        question=matter.query.asked,
        intent=matter.query.intent.value,
        text=written(lines),
        abstained=False,
        citations=tuple(notes.citations),
        table=_table(lines),
    )


def _table(lines: Sequence[Line]) -> Table:
    rows = tuple(
        (
            TableCell(_whose(line)),
            TableCell(address(line.item.document, line.item.node)),
            TableCell(_words(line, citation.quote), citation.n),
            TableCell(citation.duty),
        )
        for line in lines
        for citation in line.citations[:1]
    )
    return Table(COLUMNS, rows)


def _whose(line: Line) -> str:
    """Whose the place is: of a row of figures the body that the row is of."""
    item = line.item
    if item.node.kind is NodeKind.RECORD:
        return item.node.label
    return item.case.organisation if item.case else item.document.issuer


def _words(line: Line, quote: str) -> str:
    return line.item.node.body if line.item.node.kind is NodeKind.RECORD else quote
