"""Questions about the meaning of a term, answered from the shipped documents."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.checking.absence import wrongly_absent


@pytest.mark.parametrize(
    ("question", "id", "quote"),
    [
        (
            "取り抜け方式の定義を教えて",
            "jirei-h26/事例6/入札方式の概要",
            "同一日又は同一時期に入札公告する複数の工事の入札において",
        ),
        (
            "このとりカンパニーって何?",
            "jirei-h26/事例22/認証制度の概要",
            "この認証を受けた企業を「このとりカンパニー」と称し",
        ),
        ("みなし大企業の意味は?", "kihon-r05/第1/1", "なお、中小企業基本法"),
        ("独占禁止法は正式には何という?", "kihon-r05/第2/4/(3)/②", "また、下請代金支払遅延等"),
        ("新商品って何(大分県)", "jirei-h26/事例5/制度の目的", "新商品（技術の高度化若しくは"),
    ],
)
def test_the_sentence_that_defines_the_term_leads(
    assistant: Assistant, question: str, id: str, quote: str
) -> None:
    first = assistant.ask(question).citations[0]
    assert (first.id, first.quote[: len(quote)]) == (id, quote)


def test_a_term_that_is_only_used_is_said_to_have_no_definition(assistant: Assistant) -> None:
    answer = assistant.ask("オープンカウンター方式の意味は?")
    assert not answer.abstained
    assert answer.text.startswith(
        "「オープンカウンター方式」の定義の記載は見当たりません。用いている箇所：\n令和5年度基本方針"
    )


@pytest.mark.parametrize(
    "question",
    [
        "中小企業者って何?",  # 「官公需法第２条第１項に規定する」
        "一抜け方式の意味",  # 「一抜け方式による入札とは」
        "中小企業官公需特定品目の定義",  # 「（織物、外衣・下着類…）」
        "インボイスの意味",  # 「保存方式（インボイス制度）」
    ],
)
def test_a_term_that_is_explained_is_not_said_to_lack_a_definition(
    assistant: Assistant, question: str
) -> None:
    assert "見当たりません" not in assistant.ask(question).text


@pytest.mark.parametrize(
    ("evidence", "wrong"),
    [
        ("潮待ち契約の一層の活用に努める。", False),
        ("潮待ち契約（潮位が定まってから結ぶ契約をいう。）の活用に努める。", True),
    ],
)
def test_that_a_definition_is_absent_is_checked(evidence: str, wrong: bool) -> None:
    said = "「潮待ち契約」の定義の記載は見当たりません。"
    assert wrongly_absent(said, [evidence]) is wrong
