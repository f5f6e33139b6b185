"""Rows and items beside an answering one that give the same figure under other conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.bands import holds_value
from assistant.evidence import Evidence
from assistant.sentences import Sentence
from assistant.wanted import states
from kb.documents import Node
from retrieval.relevance import Relevance

_CELL = "\t"
_ITEM = re.compile(r"\s*(?:([①-⑳])|([ア-ン])(?=[\s　])|([(（]\d{1,2}[)）]))")
_NEAR = 0.02
"""How much less of the question a row may say than the best and still be meant."""


def siblings(
    item: Evidence, question: str, relevance: Relevance, needed: re.Pattern[str] | None
) -> tuple[Sentence, ...]:
    """The rows, the answering one too, that state the quantity `needed` under their own conditions.

    Rows of one label (all but the first leave its cell out), or items numbered alike. Only those that
    say as much of the question, and hold the value that it states. None where there is but one.
    """
    if needed is None or item.case is None:
        return ()
    lines = _lines(item.node)
    here = next(
        (at for at, line in enumerate(lines) if line.start <= item.sentence.start < line.end), None
    )
    if here is None or not states(needed, lines[here].text):
        return ()
    group = [line for line in _group(lines, here) if states(needed, line.text)]
    fits = [_fit(relevance, line.text) for line in group]
    chosen = tuple(
        line
        for line, fit in zip(group, fits, strict=True)
        if fit >= max(fits) - _NEAR and holds_value(question, line.text) is not False
    )
    return chosen if len(chosen) > 1 else ()


def _group(lines: Sequence[Sentence], here: int) -> Sequence[Sentence]:
    cells = [line.text.count(_CELL) for line in lines]
    if cells[here]:
        first = here
        while first and cells[first - 1] and cells[first] < max(cells[first - 1], 2):
            first -= 1
        last = first + 1
        while last < len(lines) and 0 < cells[last] < cells[first]:
            last += 1
        return lines[first:last] if first <= here < last else lines[here : here + 1]
    sort = _sort(lines[here].text)
    if sort is None:
        return lines[here : here + 1]
    first, last = here, here + 1
    while first and _sort(lines[first - 1].text) == sort:
        first -= 1
    while last < len(lines) and _sort(lines[last].text) == sort:
        last += 1
    return lines[first:last]


def _sort(line: str) -> int | None:
    """Which sort of number an item begins with."""
    match = _ITEM.match(line)
    return match.lastindex if match else None


def _fit(relevance: Relevance, row: str) -> float:
    """How much of the question a row's condition says; only the first has the label."""
    return relevance.coverage(condition_and_figure(row)[0])


def condition_and_figure(row: str) -> tuple[str, str]:
    """What a row of a table says, without its label, and its last cell; an item as a whole."""
    *cells, figure = [cell.strip() for cell in row.split(_CELL)]
    return (cells[-1], figure) if cells else (figure, "")


def _lines(node: Node) -> tuple[Sentence, ...]:
    return tuple(_each_line(node.text))


def _each_line(text: str) -> Iterator[Sentence]:
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped)
            yield Sentence(stripped, at, at + len(stripped))
        start += len(line) + 1
