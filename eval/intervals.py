"""How sure a figure is: bootstrap intervals and paired comparison, with a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_SEED = 20_240_401
_SAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its 95 % percentile bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much higher the first system scores on the same questions.

    `p` is the two-sided p-value of a sign-flip permutation test.
    """

    difference: Interval
    p: float


def interval(scores: Sequence[float]) -> Interval:
    """The mean of per-question scores with its interval. Raises ValueError for no scores."""
    if not scores:
        raise ValueError("no scores")
    values = np.asarray(scores, dtype=float)
    rng = np.random.default_rng(_SEED)
    means = values[rng.integers(len(values), size=(_SAMPLES, len(values)))].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Interval(float(values.mean()), float(low), float(high))


def compare(first: Sequence[float], second: Sequence[float]) -> Comparison:
    """Compare two systems by their scores on the same questions, in the same order.

    Raises ValueError for no scores or different numbers of them.
    """
    if len(first) != len(second):
        raise ValueError(f"not the same questions: {len(first)} and {len(second)} scores")
    differences = np.asarray(first, dtype=float) - np.asarray(second, dtype=float)
    signs = np.random.default_rng(_SEED).choice((-1.0, 1.0), size=(_SAMPLES, len(differences)))
    observed = abs(differences.mean())
    # A hair's width keeps sums that differ only by rounding on the side of "as extreme".
    extreme = np.abs((signs * differences).mean(axis=1)) >= observed - 1e-12
    p = (float(extreme.sum()) + 1) / (_SAMPLES + 1)
    return Comparison(interval(differences.tolist()), p)
