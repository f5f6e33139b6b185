from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import normalise
from retrieval.numerals import numerals


def terms(text: str) -> list[str]:
    return [numeral.term for numeral in numerals(normalise(text))]


@pytest.mark.parametrize(
    "text",
    [
        "令和5年度",
        "令和５年",
        "令和 5 年度",
        "令和五年度",
        "R5",
        "Ｒ５年度",
        "r5",
        "2023年度",
        "２０２３年",
    ],
)
def test_spellings_of_a_year_are_one_term(text: str) -> None:
    assert terms(text) == ["2023年"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和元年", "2019年"),
        ("平成二十六年度", "2014年"),
        ("昭和四十一年", "1966年"),
        ("H26", "2014年"),
    ],
)
def test_eras(text: str, year: str) -> None:
    assert terms(text) == [year]


@pytest.mark.parametrize("text", ["160万円", "１６０万", "1,600,000円", "1600000", "160 万円"])
def test_spellings_of_an_amount_are_one_term(text: str) -> None:
    assert terms(text) == ["1600000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5兆6,598億円", ["5659800000000"]),
        ("2億3千万円", ["230000000"]),
        ("3.5％", ["3.5"]),
        ("第2-14(2)", ["2", "14", "2"]),
        ("①と②", ["1", "2"]),
        ("H26.4", ["26.4"]),
        ("PR5件", ["5"]),
        ("なし", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@given(st.text(alphabet="令和平成元年度RH0123456789０５,.万億兆円千百十五 ①(", max_size=20))
def test_spans_are_ordered_and_inside(text: str) -> None:
    text = normalise(text)
    last = 0
    for numeral in numerals(text):
        assert last <= numeral.start < numeral.end <= len(text)
        last = numeral.end


@given(st.integers(0, 10**9))
def test_separators_do_not_change_a_number(value: int) -> None:
    if not 1900 <= value <= 2099:
        assert terms(f"{value:,}円") == terms(f"{value}円") == [str(value)]
