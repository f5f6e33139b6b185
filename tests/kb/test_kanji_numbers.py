import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.kanji_numbers import KANJI_NUMBER, kanji_to_int


@pytest.mark.parametrize(
    ("text", "number"),
    [("三", 3), ("十", 10), ("十四", 14), ("二十", 20), ("九十九", 99), ("二六", 26)],
)
def test_values(text: str, number: int) -> None:
    assert kanji_to_int(text) == number


@pytest.mark.parametrize("text", ["", "百", "三千", "12", "二三十"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number below 100"):
        kanji_to_int(text)


@given(st.from_regex(KANJI_NUMBER, fullmatch=True))
def test_whatever_the_pattern_matches_has_a_value(text: str) -> None:
    assert re.fullmatch(KANJI_NUMBER, text)
    assert 1 <= kanji_to_int(text) <= 99
