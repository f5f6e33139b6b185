"""Bootstrap intervals and paired comparison."""

from __future__ import annotations

import pytest

from eval.intervals import Interval, compare, interval


def test_equal_scores_have_no_width() -> None:
    assert interval([0.5] * 10) == Interval(0.5, 0.5, 0.5)


def test_the_interval_of_a_share_is_near_the_normal_one() -> None:
    # 1.96 * sqrt(.8 * .2 / 400) = .0392
    found = interval([1.0] * 320 + [0.0] * 80)
    assert found.mean == 0.8
    assert found.low == pytest.approx(0.8 - 0.0392, abs=0.005)
    assert found.high == pytest.approx(0.8 + 0.0392, abs=0.005)
    assert str(Interval(0.8, 0.76, 0.84)) == "0.800 [0.760, 0.840]"


def test_the_same_scores_give_the_same_interval() -> None:
    assert interval([0.0, 1.0, 0.5]) == interval([0.0, 1.0, 0.5])


def test_a_system_does_not_differ_from_itself() -> None:
    found = compare([0.0, 1.0, 1.0], [0.0, 1.0, 1.0])
    assert found.difference == Interval(0.0, 0.0, 0.0)
    assert found.p == 1.0


def test_a_clear_difference_is_significant_and_a_single_one_is_not() -> None:
    clear = compare([1.0] * 30, [0.0] * 20 + [1.0] * 10)
    assert clear.difference.mean == pytest.approx(2 / 3)
    assert clear.difference.low > 0.4
    assert clear.p < 0.01
    # Any sign of one difference is as extreme as the other.
    assert compare([1.0, 0.0, 1.0], [0.0, 0.0, 1.0]).p == 1.0


def test_scores_must_be_there_and_pair_up() -> None:
    with pytest.raises(ValueError, match="no scores"):
        interval([])
    with pytest.raises(ValueError, match="2 and 1"):
        compare([1.0, 0.0], [1.0])
