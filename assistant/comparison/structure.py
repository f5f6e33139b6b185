"""How the places of two clauses in their trees speak for a pair, given what is known so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.comparison.outline import Outline
from assistant.comparison.overlap import Matrix

_FLOOR = -10.0
"""Stands for the best rival where a document has only one clause."""


@dataclass(frozen=True, slots=True)
class StructureMatrices:
    """Each of shape (clauses of A, clauses of B), from the scores of the round before.

    `score` itself; `lead_in_row` and `lead_in_column`: how far the pair is ahead of the best rival
    for its clause of A and of B; `under_parent`: belief that the parent of A's clause is answered
    by B's; `in_order`: belief that their parents answer each other and they stand at a like place
    among their siblings; `together`: how far the answers to what stands below the one stand below
    the other.
    """

    score: Matrix
    lead_in_row: Matrix
    lead_in_column: Matrix
    under_parent: Matrix
    in_order: Matrix
    together: Matrix


def structure_of(a: Outline, b: Outline, scores: Matrix, announces: Matrix) -> StructureMatrices:
    """Structure signals for log-odds `scores`; parents bear on their children and the other way."""
    beliefs = belief(scores)
    parents_a, parents_b = np.array(a.parents), np.array(b.parents)
    under = np.where(parents_a[:, None] >= 0, beliefs[parents_a], 0.0)
    both_below = (parents_a[:, None] >= 0) & (parents_b[None, :] >= 0)
    both_top = (parents_a[:, None] < 0) & (parents_b[None, :] < 0)
    parents = np.where(both_top, 1.0, np.where(both_below, beliefs[parents_a][:, parents_b], 0.0))
    apart = np.abs(_place_among_siblings(a)[:, None] - _place_among_siblings(b)[None, :])
    return StructureMatrices(
        scores,
        scores - _best_rival(scores),
        scores - _best_rival(scores.T).T,
        under,
        parents * (1 - apart),
        _together(a, b, beliefs * (1 - announces)),
    )


def belief(scores: Matrix) -> Matrix:
    """Log-odds as probabilities."""
    odds: Matrix = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return odds


def _best_rival(scores: Matrix) -> Matrix:
    """For each entry the greatest other entry of its row."""
    if scores.shape[1] == 1:
        return np.full(scores.shape, _FLOOR)
    second, first = np.partition(scores, -2, axis=1)[:, -2:].T
    rivals: Matrix = np.where(scores == first[:, None], second[:, None], first[:, None])
    return rivals


def _place_among_siblings(outline: Outline) -> Matrix:
    """0 for a first child, 1 for a last one, one half for an only child."""
    places = np.full(len(outline), 0.5)
    top = tuple(at for at, parent in enumerate(outline.parents) if parent < 0)
    for siblings in (*outline.children, top):
        if len(siblings) > 1:
            places[list(siblings)] = np.linspace(0, 1, len(siblings))
    return places


def _together(a: Outline, b: Outline, beliefs: Matrix) -> Matrix:
    below_a, below_b = _at_or_below(a), _at_or_below(b)
    inside = below_a @ beliefs @ below_b.T
    of_a = (below_a @ beliefs).sum(axis=1)
    of_b = (beliefs @ below_b.T).sum(axis=0)
    # One half keeps two subtrees with hardly an answer between them from counting as together.
    together: Matrix = 2 * inside / (of_a[:, None] + of_b[None, :] + 0.5)
    return together


def _at_or_below(outline: Outline) -> Matrix:
    """Entry (i, j) is 1 where clause j is clause i or stands below it."""
    below = np.eye(len(outline))
    for at in range(len(outline)):
        parent = outline.parents[at]
        while parent >= 0:
            below[parent, at] = 1.0
            parent = outline.parents[parent]
    return below
