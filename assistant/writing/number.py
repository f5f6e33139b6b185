"""Figures: what was asked for first, with its unit, year and whose it is, then the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.aims import asks_for_results, is_aim
from assistant.evidence import Evidence
from assistant.wanted import quantities_asked
from assistant.writing.figures import figures_asked
from assistant.writing.lines import Line, Matter, cite_all, written
from assistant.writing.notes import Notes
from assistant.writing.rows import condition_and_figure
from kb.addresses import document_name
from kb.documents import DocumentKind, NodeKind
from kb.results import Answer
from retrieval.owners import GOVERNMENT
from retrieval.query import Query

_MOST = 4
_PLAINLY = 0.05
_MUCH_BETTER = 2.0
"""How much of the question the words of a figure must say to be told before the first line's."""


def number(matter: Matter) -> Answer:
    """The figures of the answering sentence, then the lines."""
    notes = Notes(matter.kb)
    lines = cite_all(matter, notes)
    text = "\n".join((*_headline(matter, lines), written(lines)))
    return Answer(
        question=matter.query.asked,
        intent=matter.query.intent.value,
        text=text,
        abstained=False,
        citations=tuple(notes.citations),
    )


def _headline(matter: Matter, lines: Sequence[Line]) -> Iterator[str]:
    """The figures of the first line that is of whom the question names, with their conditions.

    Where their words say nothing of the question another line of the same case may give them.
    """
    own = [line for line in lines if _is_of_asked(matter.query, line.item)]
    if not own or own[0].item.node.kind is NodeKind.RECORD:
        return
    first = own[0]
    if asks_for_results(matter.query.text) and is_aim(first.citations[0].quote):
        return
    if first.rows:
        yield f"{_whose(first)}："
        yield from _by_condition(first)
        return
    told = [
        (line, *_figures(matter, line))
        for line in own
        if line is first or (first.item.case is not None and line.item.case == first.item.case)
    ]
    better = max(told, key=lambda item: item[2])
    line, figures, _ = better if better[2] >= max(_PLAINLY, _MUCH_BETTER * told[0][2]) else told[0]
    if figures:
        yield f"{_whose(line)}：{'、'.join(figures[:_MOST])}[{line.citations[0].n}]"


def _figures(matter: Matter, line: Line) -> tuple[tuple[str, ...], float]:
    asked = quantities_asked(matter.query.text)
    return figures_asked(matter.query.text, matter.relevance, asked, line.citations[0].quote)


def _by_condition(line: Line) -> Iterator[str]:
    """Every row with its condition and figure, cited."""
    for row, number in line.rows:
        condition, figure = condition_and_figure(row.text)
        yield f"・{'：'.join(filter(None, (condition, figure)))}[{number}]"


def _is_of_asked(query: Query, item: Evidence) -> bool:
    """Whether a place is of an owner that the question names, of nobody, or it names none."""
    named = {mention.name for mention in query.owners if mention.weight >= 1}
    if item.case:
        own = item.case.organisation
    elif item.document.kind is DocumentKind.KIHON:
        own = GOVERNMENT
    elif item.document.kind is DocumentKind.KIKAN:
        own = item.document.issuer
    else:
        return True
    return not named or own in named


def _whose(line: Line) -> str:
    case = line.item.case
    return case.organisation if case else document_name(line.item.document)
