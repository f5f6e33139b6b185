"""Figures that stand without a gap, cut into the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from ingest.figure_columns import Column, Figure
from ingest.glyph_rows import BLANK_LINE, NEW_LINE, SAME_LINE

_LONGEST = 13
_MOST_STEPS = 20_000
_DETOUR = 6
_COST_BEFORE_CELL = {BLANK_LINE: 0, NEW_LINE: 1, SAME_LINE: 3}
_COST_WITHIN_CELL = {BLANK_LINE: 1, NEW_LINE: 0, SAME_LINE: 0}
_PATTERNS = {figure: re.compile(figure.value) for figure in Figure}


@dataclass(frozen=True, slots=True)
class Figures:
    """A run of folded figures and what stands before each of its glyphs."""

    text: str
    gaps: tuple[int, ...]


def split_figures(
    figures: Figures,
    columns: Sequence[Column],
    faults_of: Callable[[Sequence[str]], Sequence[str]],
) -> tuple[int, ...] | None:
    """Where the cells end, one a column; None when the run cannot be cut so.

    Cuts are tried from the one that fits the lines best; the first without a fault is taken, and
    when there is none near it, the one that fits the lines best.
    """
    likeliest: tuple[int, ...] | None = None
    bound = 0
    heap: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for _ in range(_MOST_STEPS):
        if not heap:
            break
        cost, _, ends = heappop(heap)
        if likeliest and cost > bound:
            break
        start = ends[-1] if ends else 0
        if len(ends) < len(columns):
            for end in _ends(figures.text, start, columns[len(ends)].figure):
                step = cost + _cost(figures.gaps, start, end)
                heappush(heap, (step, -len(ends) - 1, (*ends, end)))
        elif start == len(figures.text):
            if not faults_of(cells_of(figures.text, ends)):
                return ends
            if likeliest is None:
                likeliest, bound = ends, cost + _DETOUR
    return likeliest


def cells_of(text: str, ends: Sequence[int]) -> tuple[str, ...]:
    """The pieces of `text` that end there."""
    return tuple(text[start:end] for start, end in zip((0, *ends), ends, strict=False))


def _ends(text: str, start: int, figure: Figure) -> Iterator[int]:
    """Where a cell that begins at `start` may end, so that no comma or point follows."""
    for end in range(start + 1, min(start + _LONGEST, len(text)) + 1):
        if _PATTERNS[figure].fullmatch(text, start, end) and text[end : end + 1] not in (",", "."):
            yield end


def _cost(gaps: Sequence[int], start: int, end: int) -> int:
    """How badly the cell fits the lines: it ought to begin after a blank one and hold none."""
    return _COST_BEFORE_CELL[gaps[start]] + sum(
        _COST_WITHIN_CELL[gap] for gap in gaps[start + 1 : end]
    )
