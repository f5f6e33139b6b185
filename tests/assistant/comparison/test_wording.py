from __future__ import annotations

import pytest

from assistant.comparison.figures import dates, figure_differences, numbers
from assistant.comparison.obligations import first_difference, grade, obligations
from assistant.comparison.reach import lacking
from assistant.comparison.results import Difference, Matter
from assistant.comparison.wording import essence


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("国等は、発注を行う。", "本学は、発注を行う。"),
        ("また、国等は、発注を行う。", "当機構は、発注を行う。"),
        ("上記１（４）に掲げる体制", "上記2に掲げる体制"),
        ("極力上記２（２）①に掲げる分割", "極力上記４に掲げる分割"),
        ("法律第５６条", "法律第56条"),
        ("行う。\nなお、", "行う。なお、"),
    ],
)
def test_what_every_office_words_its_own_way_makes_no_difference(a: str, b: str) -> None:
    assert essence(a) == essence(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("部分払を行う。", "部分払いを行う。"),
        ("令和6年度", "令和7年度"),
        ("中小企業者は、申し出る。", "国等は、申し出る。"),
        ("法律第5条に基づき", "法律第6条に基づき"),
        ("3%を目指す", "4%を目指す"),
        ("①及び②", "①及び③"),
        ("国は、要請する。", "国等は、要請する。"),
        ("当該契約は、変更する。", "変更する。"),
    ],
)
def test_words_figures_and_articles_make_a_difference(a: str, b: str) -> None:
    assert essence(a) != essence(b)


def test_dates_are_found_but_not_those_that_name_a_law() -> None:
    text = "令和７年４月２２日閣議決定、令和7年度、官公需法（昭和41年法律第97号）、2025年度"
    assert dates(text) == ("令和7年4月22日", "令和7年度", "2025年度")


def test_numbers_have_their_units_and_leave_out_citations() -> None:
    text = "第5条第1項、上記4(2)①、比率が６１％、約５兆６，５９８億円、5億5千2百万円、年に1回以上、令和7年度"
    assert numbers(text) == ("61%", "5兆6,598億円", "5億5千2百万円", "1回以上")


def test_figures_that_differ_are_named_in_pairs() -> None:
    a = "令和6年度において、比率が61%、金額が5億円になるよう努める。"
    b = "令和7年度において、比率が25%になるよう努める。"
    assert figure_differences(a, b) == (
        Difference(Matter.DATE, "令和6年度", "令和7年度"),
        Difference(Matter.NUMBER, "61%", "25%"),
        Difference(Matter.NUMBER, "5億円", None),
    )


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("説明に努めるものとする。", [1]),
        ("発注を行うものとする。", [2]),
        ("協議に応じなければならない。", [3]),
        ("活用に努めるとともに、弾力化を進めるものとする。", [1, 2]),
        ("書面で明確にするとともに、契約内容とするように努めるものとする。", [1, 1]),
        ("情報を提供するものとし、計画を定めるよう努める。", [2, 1]),
        ("組合の受注機会の増大に取り組むものとする。", [1]),
        ("十分に考慮するものとする。制限しないものとする。", [1, 2]),
    ],
)
def test_obligations_and_their_grades(text: str, grades: list[int]) -> None:
    assert [grade(item.duty) for item in obligations(text)] == grades


def test_the_first_obligation_that_binds_otherwise_is_found() -> None:
    a = obligations("情報を掲載により提供するよう努める。仕様書に明記し、説明を行うものとする。")
    b = obligations("仕様書に明記し、説明に努めるものとする。情報を掲載により提供するものとする。")
    found = first_difference(a, b)
    assert found is not None
    assert [item.text for item in found] == [
        "情報を掲載により提供するよう努める。",
        "情報を掲載により提供するものとする。",
    ]


def test_obligations_of_one_grade_do_not_differ() -> None:
    a, b = obligations("発注を行う。"), obligations("発注を図るものとする。")
    assert first_difference(a, b) is None


def test_what_a_text_lacks_is_counted_by_its_matter() -> None:
    assert lacking("指名競争による場合", ["一般競争による場合"]) == 2  # 指名, 名競
    assert lacking("方針（令和7年4月22日閣議決定。以下「基本方針」という。）", ["方針"]) == 0
