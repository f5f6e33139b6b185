"""Figures: what was asked for first, with its unit, year and whose it is, then the words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.wanted import quantities_asked, states
from assistant.writing.lines import Line, Matter, cite_all, written
from assistant.writing.notes import Notes
from kb.addresses import document_name
from kb.documents import NodeKind
from kb.results import Answer

# Of a date (平成24年4月1日) the numbers are no figures.
_FIGURE = re.compile(
    r"(?<!令和)(?<!平成)(?<!昭和)(?<!(?:令和|平成|昭和)\s)(?<![\d０-９年月])(?:約|概ね|おおむね)?[\d０-９][\d０-９,，.．]*(?:[万億兆千百][\d０-９,，千百万億]*)*\s*"
    r"(?:[％%]|パーセント|ポイント|割|円|件|人|名|社|者|点|回|日|か月|ヶ月|年間|年度|年|品目|組合)"
    r"(?:以上|以下|以内|未満|を超)?"
)
_MOST = 4


def number(matter: Matter) -> Answer:
    """The figures of the answering sentence, then the lines."""
    notes = Notes(matter.kb)
    lines = cite_all(matter, notes)
    text = written(lines)
    if figures := tuple(_figures(matter, lines[0])):
        first = lines[0]
        text = f"{_whose(first)}：{'、'.join(figures[:_MOST])}[{first.citations[0].n}]\n{text}"
    return Answer(
        question=matter.query.asked,
        intent=matter.query.intent.value,
        text=text,
        abstained=False,
        citations=tuple(notes.citations),
    )


def _figures(matter: Matter, line: Line) -> Iterator[str]:
    """The figures of the answering words that are of a sort asked for, each once."""
    if line.item.node.kind is NodeKind.RECORD:
        return
    asked = [quantity.needed for quantity in quantities_asked(matter.query.text)]
    seen: set[str] = set()
    for match in _FIGURE.finditer(line.citations[0].quote):
        figure = match[0].strip()
        if figure not in seen and any(states(needed, figure) for needed in asked):
            seen.add(figure)
            yield figure


def _whose(line: Line) -> str:
    case = line.item.case
    return case.organisation if case else document_name(line.item.document)
