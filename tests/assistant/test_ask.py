"""Answers from the shipped documents, as an officer would read them."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from kb.errors import OptionError, UnknownDocumentError
from kb.results import Answer, Filters


def cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.id for citation in answer.citations))


def test_a_clause_number_gives_the_clause_itself(assistant: Assistant) -> None:
    answer = assistant.ask("基本方針の第2の2(3)③は?", Filters(doc="kihon-r05"))
    assert (answer.intent, answer.abstained) == ("address", False)
    assert cited(answer) == ["kihon-r05/第2/2/(3)/③"]
    assert answer.text.startswith("令和5年度基本方針 第2-2(3)③：「国等は、物件等の発注に当たっては")
    assert [citation.n for citation in answer.citations] == [1, 2]


@pytest.mark.parametrize(
    ("question", "id"),
    [("鹿屋 16 ④", "kanoya-r07/第2/16/④"), ("第3 ⑥ 相談窓口", "kihon-r05/第3/1/(1)/⑥")],
)
def test_a_number_in_haste_gives_the_clause(assistant: Assistant, question: str, id: str) -> None:
    answer = assistant.ask(question)
    assert {citation.id for citation in answer.citations} == {id}


def test_a_number_that_several_documents_have_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("第2-14(2)")
    assert cited(answer) == ["shigaku-r08/第2/14/(2)", "kanoya-r07/第2/14/(2)"]
    assert answer.warnings == ("同じ番号の条項が複数の資料にあります。資料名を確かめてください。",)


def test_a_number_that_does_not_exist_is_said_not_to(assistant: Assistant) -> None:
    answer = assistant.ask("第2-2(3)⑨を見せて", Filters(doc="kihon-r05"))
    assert answer.abstained
    assert answer.citations == ()
    assert "「第2-2(3)⑨」という番号の条項・事例はありません" in answer.text
    assert "令和5年度基本方針 第2-2(3)" in answer.text


def test_a_heading_brings_what_stands_below_it(assistant: Assistant) -> None:
    answer = assistant.ask("第2の1(1)", Filters(doc="kihon-r05"))
    assert cited(answer) == [
        "kihon-r05/第2/1/(1)",
        "kihon-r05/第2/1/(1)/①",
        "kihon-r05/第2/1/(1)/②",
        "kihon-r05/第2/1/(1)/③",
    ]


def test_a_comparison_is_a_table_with_a_citation_in_each_row(assistant: Assistant) -> None:
    answer = assistant.ask("桐生市と春日部市の一抜け方式の違いは?")
    assert answer.table is not None
    assert answer.table.columns == ("機関・団体", "箇所", "記載", "拘束の強さ")
    numbers = {citation.n for citation in answer.citations}
    for row in answer.table.rows:
        assert row[2].citation in numbers
    assert {"群馬県桐生市", "埼玉県春日部市"} <= {row[0].text for row in answer.table.rows}


def test_every_number_in_the_text_is_a_citation(assistant: Assistant) -> None:
    answer = assistant.ask("分離・分割発注について国と私学事業団はどう定めていますか")
    assert not answer.abstained
    for citation in answer.citations:
        assert f"[{citation.n}]" in answer.text
        assert citation.verified


def test_filters_hold_for_answers(assistant: Assistant) -> None:
    answer = assistant.ask("分離・分割発注は?", Filters(doc="shigaku-r08"))
    assert {citation.id.partition("/")[0] for citation in answer.citations} == {"shigaku-r08"}


def test_bad_questions_are_refused(assistant: Assistant) -> None:
    with pytest.raises(OptionError):
        assistant.ask("  ")
    with pytest.raises(UnknownDocumentError):
        assistant.ask("分離発注", Filters(doc="nai"))


def test_all_cases_of_a_prefecture_are_listed_once(assistant: Assistant) -> None:
    answer = assistant.ask("富山県の取組を一覧にして")
    cases = {"/".join(item.split("/")[:2]) for item in cited(answer)}
    assert cases == {f"jirei-h26/事例{number}" for number in (2, 21)}
    assert answer.table is not None


def test_a_record_is_read_out_with_the_names_of_its_figures(assistant: Assistant) -> None:
    answer = assistant.ask("香川大学の令和3年度の新規中小企業者の比率は?")
    assert cited(answer)[0] == "kihon-r05/表/国立大学法人香川大学"
    assert "0.55" in answer.text
    assert "官公需総実績額" in answer.text
    assert answer.citations[0].quote.startswith("国立大学法人香川大学12,317")
    assert answer.citations[0].verified


def test_fields_of_cases_stand_side_by_side(assistant: Assistant) -> None:
    answer = assistant.ask("トライアル発注の認定期間は県によってどう違う？")
    assert answer.table is not None
    assert answer.table.columns == ("機関・団体", "事例", "期間", "関連する記載")
    toyama, saga, _ = answer.table.rows
    assert toyama[0].text == "富山県富山市"
    assert toyama[2].text.startswith(
        "認定期間は県に準じて、認定日から起算して3年を経過する日が属する"
    )
    assert toyama[2].citation == 1
    assert (saga[0].text, saga[2].text, saga[2].citation) == ("佐賀県", "記載なし", None)
    assert saga[3].citation == 2
    assert answer.citations[0].id == "jirei-h26/事例2/富山市トライアル発注事業の実施状況"
    assert "「認定期間は県に準じて" in answer.text


def test_a_rule_that_the_policy_named_lacks_is_shown_where_it_stands(assistant: Assistant) -> None:
    answer = assistant.ask("私学事業団の方針にも、官公需特定品目の規定はありますか")
    assert {place.partition("/")[0] for place in cited(answer)} == {"kihon-r05", "kanoya-r07"}
    assert answer.warnings[0].startswith(
        "「令和8年度 日本私立学校振興・共済事業団 契約の方針」には"
    )
    assert "ほかの資料の記載を示しています。" in answer.warnings[0]


def test_a_rule_that_the_basic_policy_lacks_is_shown_where_it_stands(assistant: Assistant) -> None:
    answer = assistant.ask("R5基本方針にも、能登半島地震の被災地への配慮は書いてあるはず")
    assert {"shigaku-r08/第2/16", "kanoya-r07/第2/21"} <= set(cited(answer))
    assert answer.warnings[0].startswith("「令和5年度基本方針」にはお尋ねの内容に当たる記載が")


def test_a_rule_that_the_policy_named_has_is_shown_without_ado(assistant: Assistant) -> None:
    answer = assistant.ask("私学事業団の方針にも、毎月払いの規定はありますか")
    assert cited(answer)[0] == "shigaku-r08/第2/13"
    assert answer.warnings == ()


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("中小企業比率が最も高い大学", "・国立大学法人香川大学：B/A 計（%） 89.8[1]"),
        ("工事の中小企業比率が100%の大学", "・国立大学法人京都教育大学：B/A 工事（%） 100.0[1]"),
    ],
)
def test_rows_are_picked_with_what_was_compared(
    assistant: Assistant, question: str, line: str
) -> None:
    answer = assistant.ask(question)
    assert answer.text.split("\n")[1:] == [line]
    assert answer.warnings == (
        "令和3年度の実績の表のうち、保存している22行の範囲で比べています。B/Aは、"
        "中小企業・小規模事業者向け契約実績額(B)の官公需総実績額(A)に対する割合です。",
    )
