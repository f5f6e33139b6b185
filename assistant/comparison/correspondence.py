"""Which clause of B answers which clause of A: an optimum assignment, then further answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.comparison.assignment import best_assignment
from assistant.comparison.model import Model, scores_of, shipped_model
from assistant.comparison.outline import Outline
from assistant.comparison.overlap import Matrix
from assistant.comparison.results import Signals
from assistant.comparison.signals import SignalMatrices, signals_of
from assistant.comparison.structure import belief

MAIN_FLOOR = -1.0
"""Log-odds that a pair of the assignment needs; being each other's best speaks for it already."""
FURTHER_FLOOR = -0.5
"""Log-odds that a further answer to a clause needs."""

WORDS_FLOOR = 0.15
"""Share of words in common that a pair needs: a like place in the tree alone answers nothing."""
_NEVER = -30.0


@dataclass(frozen=True, slots=True)
class Link:
    """Clause `a` and clause `b`, positions in their outlines; `main` where the assignment has it."""

    a: int
    b: int
    main: bool
    score: float
    signals: Signals


def links_between(a: Outline, b: Outline, model: Model | None = None) -> tuple[Link, ...]:
    """The pairs of two outlines, in order of A, then of B.

    A clause may stand in several; in at most one of them as `main`.
    """
    if not a.nodes or not b.nodes:
        return ()
    signals = signals_of(a, b)
    scores, structure = scores_of(a, b, signals, model or shipped_model())
    scores = np.where(_words_in_common(signals) < WORDS_FLOOR, _NEVER, scores)
    beliefs = belief(scores)

    def strengths(i: int, j: int) -> Signals:
        heads = signals.announces[i, j] > 0
        words = signals.whole if heads else signals.sentence
        headings = signals.own_heading if heads else signals.heading
        return Signals(
            round(float(words[i, j]), 3),
            round(float(headings[i, j]), 3),
            round(float(structure.in_order[i, j]), 3),
            round(float(signals.citations[i, j]), 3),
        )

    return tuple(
        Link(i, j, main, round(float(beliefs[i, j]), 3), strengths(i, j))
        for i, j, main in _chosen(scores)
    )


def _words_in_common(signals: SignalMatrices) -> Matrix:
    common: Matrix = np.maximum.reduce(
        [
            signals.sentence,
            signals.cover,
            signals.own_heading,
            signals.mention,
            signals.whole_cover,
        ]
    )
    return common


def _chosen(scores: Matrix) -> list[tuple[int, int, bool]]:
    main = set(best_assignment(scores - MAIN_FLOOR))
    further = {
        (i, j)
        for i, row in enumerate(scores.tolist())
        for j, score in enumerate(row)
        if score > FURTHER_FLOOR
    }
    return [(i, j, (i, j) in main) for i, j in sorted(main | further)]
