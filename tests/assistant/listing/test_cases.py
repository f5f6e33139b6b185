"""Lists and comparisons of the shipped cases: which ones, and the sentences that are told."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from kb.results import Answer


def cases(answer: Answer) -> set[str]:
    return {"/".join(citation.id.split("/")[:2]) for citation in answer.citations}


def book(*numbers: int) -> set[str]:
    return {f"jirei-h26/事例{number}" for number in numbers}


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("既に落札した者を除いて入札する自治体を全部", (6, 7, 8)),
        ("元請に市内の下請けを使わせている市を探している", (10, 12, 26)),
        ("エコアクション21を取った会社です。入札で得になる自治体は？", (19, 23, 24, 25, 26)),
        ("契約の実績がまだゼロの市はありますか", (2,)),
        ("少額の修繕の登録制度、恵庭と調布を並べて", (10, 11)),
    ],
)
def test_the_cases_that_are_wanted_together(
    assistant: Assistant, question: str, numbers: tuple[int, ...]
) -> None:
    assert cases(assistant.ask(question)) == book(*numbers)


def test_a_question_about_rules_is_no_list_of_cases(assistant: Assistant) -> None:
    answer = assistant.ask("よその市の優れた取組を紹介した情報は公表される?")
    assert cases(answer).isdisjoint(book(*range(1, 27)))


def test_both_halves_of_what_one_case_distinguishes(assistant: Assistant) -> None:
    answer = assistant.ask("静岡県の認証は建設工事と庁舎管理で何点違うか")
    quotes = [citation.quote for citation in answer.citations]
    assert any("総合点数に10点加算" in quote for quote in quotes)
    assert any("審査付与数値に5点加算" in quote for quote in quotes)


def test_few_cases_are_told_with_what_their_cells_lack(assistant: Assistant) -> None:
    answer = assistant.ask("組合の評点の合計値と平均値の使い分け、川崎と山武の基準の違い")
    assert any("合計値により" in citation.quote for citation in answer.citations)
    assert answer.table is not None
    assert answer.table.columns[:2] == ("機関・団体", "事例")


def test_a_list_by_a_figure_leaves_out_cases_that_state_none(assistant: Assistant) -> None:
    answer = assistant.ask("認定の有効期間が3年の自治体を挙げて")
    assert answer.table is not None
    at = answer.table.columns.index("期間")
    assert len(answer.table.rows) > 1
    assert all(row[at].text != "記載なし" for row in answer.table.rows)


def test_cells_have_no_list_marks_of_the_source(assistant: Assistant) -> None:
    answer = assistant.ask("大分県のトライアル発注と信州ベンチャーの対象者の違いは?")
    assert answer.table is not None
    cells = [cell.text for row in answer.table.rows for cell in row]
    assert any("生産する者とする。 (1) 中小企業の" in text for text in cells)
    assert not any("-(1)" in text for text in cells)
