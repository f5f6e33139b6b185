"""The optimum one-to-one assignment (Jonker and Volgenant's shortest augmenting paths)."""

from __future__ import annotations

import numpy as np

from assistant.comparison.overlap import Matrix


def best_assignment(gains: Matrix) -> tuple[tuple[int, int], ...]:
    """The pairs (row, column), each row and column once at most, with the greatest sum of gains.

    `gains` has shape (rows, columns); pairs without a positive gain are left out.
    """
    if gains.shape[0] > gains.shape[1]:
        return tuple(sorted((row, column) for column, row in best_assignment(gains.T)))
    costs = -np.maximum(gains, 0.0)
    rows, columns = costs.shape
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    # Column 0 is no column: it holds the row that is looking for one. Rows count from 1 likewise.
    taken_by = np.zeros(columns + 1, dtype=np.int64)
    for row in range(1, rows + 1):
        taken_by[0] = row
        _augment(costs, row_price, column_price, taken_by)
    return tuple(
        sorted(
            (int(row) - 1, column - 1)
            for column, row in enumerate(taken_by)
            if column > 0 and row > 0 and gains[row - 1, column - 1] > 0
        )
    )


def _augment(costs: Matrix, row_price: Matrix, column_price: Matrix, taken_by: Matrix) -> None:
    """Give the row at `taken_by[0]` a column by the cheapest chain of exchanges."""
    columns = costs.shape[1]
    distance = np.full(columns + 1, np.inf)
    came_from = np.zeros(columns + 1, dtype=np.int64)
    done = np.zeros(columns + 1, dtype=bool)
    column = 0
    while taken_by[column] != 0:
        done[column] = True
        row = taken_by[column]
        reduced = costs[row - 1] - row_price[row] - column_price[1:]
        nearer = ~done[1:] & (reduced < distance[1:])
        distance[1:][nearer] = reduced[nearer]
        came_from[1:][nearer] = column
        open_distance = np.where(done, np.inf, distance)
        open_distance[0] = np.inf
        following = int(open_distance.argmin())
        step = open_distance[following]
        row_price[taken_by[done]] += step
        column_price[done] -= step
        distance[~done] -= step
        column = following
    while column != 0:
        before = int(came_from[column])
        taken_by[column] = taken_by[before]
        column = before
