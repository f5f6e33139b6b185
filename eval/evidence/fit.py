"""Logistic regression on signals: Newton's method with a ridge on standardised columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.logistic import Logistic, Matrix

_STEPS = 40


def fit(
    rows: Matrix,
    labels: Matrix,
    names: Sequence[str],
    *,
    ridge: float | Matrix,
    least: float,
    weights: Matrix | None = None,
) -> Logistic:
    """The model of `rows`, shape (samples, names), that tells `labels` (1 or 0) apart.

    `weights` says how much each sample counts, `ridge` how far coefficients of the standardised
    columns are drawn to 0, all alike or each by its own. A column that never varies gets no weight.
    """
    counts = np.ones(len(rows)) if weights is None else weights
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    columns = np.column_stack([(rows - mean) / scale, np.ones(len(rows))])
    pull = np.append(np.broadcast_to(ridge, len(names)), 1e-6)
    found: Matrix = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(columns @ found, -30, 30)))
        slope = columns.T @ (counts * (chances - labels)) + pull * found
        curve = (columns * (counts * chances * (1 - chances))[:, None]).T @ columns
        found = found - np.linalg.solve(curve + np.diag(pull), slope)
    plain = found[:-1] / scale
    return Logistic(
        {name: round(float(value), 5) for name, value in zip(names, plain, strict=True)},
        round(float(found[-1] - plain @ mean), 5),
        least,
    )
