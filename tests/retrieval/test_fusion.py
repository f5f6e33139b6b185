from __future__ import annotations

import numpy as np
import pytest

from retrieval.fusion import convex, reciprocal_rank


def floats(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def test_convex_adds_shares_of_the_greatest() -> None:
    fused = convex(floats(10, 5, 0), floats(0.2, 0.8, 0.4), 0.75)
    assert fused.tolist() == pytest.approx([0.8125, 0.625, 0.125])


def test_convex_takes_opposite_meaning_for_none() -> None:
    assert convex(floats(0, 0), floats(-0.5, 0.5), 0.5).tolist() == [0.0, 0.5]


def test_convex_without_any_match_is_zero() -> None:
    assert convex(floats(0, 0), floats(0, -1), 0.5).tolist() == [0.0, 0.0]


def test_reciprocal_rank_sums_over_both_orders() -> None:
    fused = reciprocal_rank(floats(3, 9, 1), floats(0.9, 0.5, 0.7))
    assert fused.tolist() == pytest.approx([1 / 62 + 1 / 61, 1 / 61 + 1 / 63, 1 / 63 + 1 / 62])


def test_a_zero_score_has_no_rank() -> None:
    assert reciprocal_rank(floats(0, 2), floats(0.5, -0.1)).tolist() == pytest.approx(
        [1 / 61, 1 / 61]
    )


@pytest.mark.parametrize("fuse", [reciprocal_rank, lambda a, b: convex(a, b, 0.5)])
def test_no_candidates(fuse) -> None:  # type: ignore[no-untyped-def]
    assert fuse(floats(), floats()).tolist() == []
