from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison.assignment import best_assignment
from assistant.comparison.overlap import Matrix


def test_the_sum_decides_not_the_best_single_pair() -> None:
    gains = np.array([[9.0, 8.0], [8.0, 1.0]])
    assert best_assignment(gains) == ((0, 1), (1, 0))


def test_pairs_without_gain_are_left_out() -> None:
    assert best_assignment(np.array([[-1.0, 0.0], [2.0, -3.0]])) == ((1, 0),)


@st.composite
def _gains(draw: st.DrawFn) -> Matrix:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    row = st.lists(st.integers(-5, 9), min_size=columns, max_size=columns)
    return np.array(draw(st.lists(row, min_size=rows, max_size=rows)), dtype=float)


@given(_gains())
def test_no_other_assignment_gains_more(gains: Matrix) -> None:
    pairs = best_assignment(gains)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    wide = gains if gains.shape[0] <= gains.shape[1] else gains.T
    best = max(
        sum(max(wide[row, column], 0.0) for row, column in enumerate(chosen))
        for chosen in permutations(range(wide.shape[1]), wide.shape[0])
    )
    assert sum(gains[row, column] for row, column in pairs) == best
