"""Values that a question states, held against the bounds of a text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.bands import Band, holds_value


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("雇用率3.5%なら何点", "雇用率が2.0%を超えて3.0%未満の場合は4点", False),
        ("雇用率3.5%なら何点", "雇用率が3.0%以上で4.0%未満の場合は7点", True),
        ("雇用率3.0%なら何点", "雇用率が2.0%を超えて3.0%未満の場合は4点", False),
        ("雇用率4%なら何点", "雇用率が4.0%以上の場合は10点", True),
        ("従業員60人なら何点", "従業員が百人以下は2点", True),
        ("1,200万円なら何点", "130万円以下の契約は1点", False),
        ("雇用率3.5%なら何点", "従業員101人以上は3点", None),
        ("雇用率3%以上なら何点", "雇用率が4.0%以上の場合は10点", None),
        ("雇用率は何点", "雇用率が4.0%以上の場合は10点", None),
        ("令和5年度は何年", "創業から10年未満", None),
    ],
)
def test_a_value_lies_in_the_bounds_or_not(question: str, text: str, holds: bool | None) -> None:
    assert holds_value(question, text) is holds


@given(st.decimals(-9, 9, places=1), st.decimals(-9, 9, places=1), st.decimals(-9, 9, places=1))
def test_a_closed_band_holds_its_bounds_and_nothing_beyond(
    least: Decimal, most: Decimal, value: Decimal
) -> None:
    band = Band(least, most)
    assert band.holds(value) is (least <= value <= most)
    assert not Band(least, None, least_closed=False).holds(least)
    assert not Band(None, most, most_closed=False).holds(most)
