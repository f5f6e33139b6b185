"""Figures bound to their words, and headlines of whole answers."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.writing.figures import Figure, figures_in
from retrieval.search import Searcher


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("17者参加、1者辞退", [("17者", "17者参加"), ("1者", "1者辞退")]),
        (
            "伸びたものは、52品目(37.7%)である。",
            [
                ("52品目", "伸びたものは、52品目"),
                ("37.7%", "伸びたものは52品目(37.7%"),
            ],
        ),
        (
            "入札は、工事で24件、委託で4件",
            [("24件", "入札は工事で24件"), ("4件", "入札は委託で4件")],
        ),
        ("その日から六十日以内", [("六十日以内", "その日から六十日以内")]),
        ("契約金額の十分の九", [("十分の九", "契約金額の十分の九")]),
        ("平成24年4月1日に公表", []),
    ],
)
def test_a_figure_has_the_words_of_its_clause(text: str, figures: list[tuple[str, str]]) -> None:
    assert list(figures_in(text)) == [Figure(*figure) for figure in figures]


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("令和5年度の国の目標は何%で何円か", "令和5年度基本方針：６１％、約５兆６，５９８億円[1]"),
        ("今年の中小企業比率の目標", "令和5年度基本方針：６１％[1]"),
        ("新規中小企業者の契約比率の目標は何%か", "令和5年度基本方針：３％以上[1]"),
        ("厚木市で失格は何者", "神奈川県厚木市：2 者[1]"),
        ("佐賀県への応募は何件", "佐賀県：525 件[3]"),
        ("佐賀県、応募と選定は何件", "佐賀県：525 件、179 件[1]"),
        ("広島市、障害者雇用率3.9%なら何点", "広島県広島市：7点[1]"),
        ("広島市、市内在住者の割合が6割なら何点", "広島県広島市：2点[1]"),
    ],
)
def test_the_figure_asked_for_leads(assistant: Assistant, question: str, headline: str) -> None:
    assert assistant.ask(question).text.split("\n")[0] == headline


def test_rows_that_differ_by_condition_are_all_told(assistant: Assistant) -> None:
    lines = assistant.ask("除雪に協力すると何点").text.split("\n")
    row = "野々市市と道路除雪作業委託契約を締結し、除雪路線を受け持ってい"
    assert lines[:3] == [
        "石川県野々市市：",
        f"・{row}る者：10 点[1]",
        f"・{row}ない者：5 点[2]",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "令和7年度の国の比率目標は何%",
        "R7の政府の契約目標の金額",
        "令和4年度の国の中小企業向け契約実績比率",
        "国の中小企業向け契約の実績比率",
    ],
)
def test_another_year_or_a_target_is_no_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained


def test_the_year_of_a_table_is_no_year_of_the_government(searcher: Searcher) -> None:
    query = searcher.understand("令和3年度の表で国の目標の3%に届いた大学")
    assert query.absent == ()


@pytest.mark.parametrize("question", ["被災地の工事の予定価格", "複数年度契約の予定価格"])
def test_a_price_named_asks_for_its_rule(assistant: Assistant, question: str) -> None:
    assert "予定価格" in assistant.ask(question).citations[0].quote
