"""One order from two: word scores and vector similarities of the same candidates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

RANK_CONSTANT = 60
"""Of reciprocal-rank fusion; Cormack, Clarke and Büttcher (SIGIR 2009)."""


def convex(lexical: Scores, dense: Scores, weight: float) -> Scores:
    """`weight` of the lexical scores, the rest of the dense ones, each divided by its greatest.

    All shapes (candidates,), results within 0..1. Similarities below 0 count as 0.
    """
    return (weight * _scaled(lexical) + (1 - weight) * _scaled(dense)).astype(np.float32)


def reciprocal_rank(lexical: Scores, dense: Scores) -> Scores:
    """Sum of 1 / (60 + rank) over both orders; a score of 0 or less has no rank.

    Shapes (candidates,). Ties rank in the order given.
    """
    return (_reciprocal_ranks(lexical) + _reciprocal_ranks(dense)).astype(np.float32)


def _scaled(scores: Scores) -> Scores:
    greatest = scores.max(initial=0)
    return np.maximum(scores, 0) / greatest if greatest > 0 else np.zeros_like(scores)


def _reciprocal_ranks(scores: Scores) -> Scores:
    ranks = np.empty(len(scores), dtype=np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return np.where(scores > 0, 1 / (RANK_CONSTANT + ranks), 0).astype(np.float32)
