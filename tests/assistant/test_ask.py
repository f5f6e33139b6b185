"""Answers from the shipped documents, as an officer would read them."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.verified import with_findings
from kb.errors import OptionError, UnknownDocumentError
from kb.results import Answer, Filters
from kb.store import KnowledgeBase


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


@pytest.mark.parametrize(
    "question", ["鹿屋体育大学の銘柄指定の規定", "鹿屋体育大学では、銘柄を指定してもいいですか"]
)
def test_a_preamble_does_not_answer_for_a_policy_without_the_rule(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert cited(answer)[0] == "kihon-r05/第2/2/(3)/③"
    assert {place.partition("/")[0] for place in cited(answer)} == {"kihon-r05", "shigaku-r08"}
    assert answer.warnings[0].startswith("「令和7年度 国立大学法人鹿屋体育大学 契約の方針」には")


def test_of_policies_compared_the_one_without_the_rule_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("基本方針と鹿屋の銘柄指定の扱いの違い")
    assert cited(answer)[0] == "kihon-r05/第2/2/(3)/③"
    (warning,) = answer.warnings
    assert warning.startswith("「令和7年度 国立大学法人鹿屋体育大学 契約の方針」には")


def test_a_rule_that_the_policy_named_has_is_shown_without_ado(assistant: Assistant) -> None:
    answer = assistant.ask("私学事業団の方針にも、毎月払いの規定はありますか")
    assert cited(answer)[0] == "shigaku-r08/第2/13"
    assert answer.warnings == ()


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("第2-2(3)①～③", [f"kihon-r05/第2/2/(3)/{sign}" for sign in "①②③"]),
        ("第2-2(3)①、②、③", [f"kihon-r05/第2/2/(3)/{sign}" for sign in "①②③"]),
        (
            "基本方針第2-2(3)③及び私学第2-7(3)",
            ["kihon-r05/第2/2/(3)/③", "shigaku-r08/第2/7/(3)"],
        ),
        ("区分1の事例", [f"jirei-h26/事例{number}" for number in range(1, 6)]),
        ("区分5の事例は何件", [f"jirei-h26/事例{number}" for number in (16, 17, 18)]),
    ],
)
def test_lists_and_ranges_of_addresses(assistant: Assistant, question: str, ids: list[str]) -> None:
    assert cited(assistant.ask(question)) == ids


def test_of_several_numbers_those_that_exist_are_shown(assistant: Assistant) -> None:
    answer = assistant.ask("第2-2(3)③と④")
    assert cited(answer) == ["kihon-r05/第2/2/(3)/③"]
    assert answer.warnings == ("「第2-2(3)④」という番号の箇所はありません。",)


def test_very_many_numbers_are_cut_with_a_word(assistant: Assistant) -> None:
    answer = assistant.ask("事例1～26")
    assert {id.split("/")[1] for id in cited(answer)} == {f"事例{n}" for n in range(1, 13)}
    assert answer.warnings == (
        "お尋ねの26か所のうち、はじめの12か所を示しています。"
        "「平成26年度事例集 事例13」からあとは、番号を絞って尋ねてください。",
    )


def test_how_many_cases_a_group_has_is_said_and_holds(
    assistant: Assistant, kb: KnowledgeBase
) -> None:
    answer = assistant.ask("区分5の事例は何件")
    assert answer.text.startswith("区分5の事例は次の3件です：\n")
    assert with_findings(kb, answer).warnings == ()


@pytest.mark.parametrize(
    ("question", "reason", "place"),
    [
        (
            "令和6年度の基本方針 第2-2(3)③",
            "「令和6年度の基本方針」は知識ベースにありません",
            "kihon-r05/第2/2/(3)/③",
        ),
        (
            "鹿屋体育大学の令和8年度方針の第2-5",
            "「令和8年度の国立大学法人鹿屋体育大学の契約の方針」は知識ベースにありません",
            "kanoya-r07/第2/5",
        ),
        ("文科省の方針 第2-1", "「文部科学省」の資料や事例は知識ベースにありません", "第2/1"),
        ("東京都の方針の第1-1", "「東京都」の契約の方針は知識ベースにありません", "第1/1"),
        (
            "事例集の令和2年度版の事例3",
            "「令和2年度の事例集」は知識ベースにありません",
            "jirei-h26/事例3",
        ),
    ],
)
def test_a_year_or_body_that_is_not_there_is_no_missing_number(
    assistant: Assistant, question: str, reason: str, place: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert reason in answer.text
    assert "という番号" not in answer.text
    assert f"{place}）" in answer.text.partition("同じ番号の箇所は、次の資料にあります：")[2]


@pytest.mark.parametrize(
    ("question", "sections"),
    [
        ("事例4の成果", ["事例4/制度の成果等"]),
        ("事例25の留意点", ["事例25/他団体で導入する場合の留意点等"]),
        ("事例11の登録期間は?", ["事例11/登録期間"]),
        ("事例1の認定期間は何年ですか", ["事例1/認定期間"]),
        ("事例3の認定基準と留意点", ["事例3/認定基準", "事例3/他団体で導入する場合の留意点"]),
        ("港区の留意点", ["事例25/他団体で導入する場合の留意点等"]),
        ("桐生市の一抜け方式の目的は", ["事例7/導入の目的"]),
    ],
)
def test_an_aspect_of_a_case_is_its_section(
    assistant: Assistant, question: str, sections: list[str]
) -> None:
    answer = assistant.ask(question)
    assert cited(answer) == [f"jirei-h26/{section}" for section in sections]
    assert answer.warnings == ()


def test_an_aspect_that_a_case_tells_under_other_headings(assistant: Assistant) -> None:
    answer = assistant.ask("事例3の要件")
    assert cited(answer) == ["jirei-h26/事例3/対象企業", "jirei-h26/事例3/認定基準"]
    assert answer.warnings == (
        "「平成26年度事例集 事例3」に「要件」という見出しはありません。"
        "「対象企業」「認定基準」の記載を示しています。",
    )


@pytest.mark.parametrize(
    ("question", "case"), [("事例12の効果", "事例12"), ("大阪府の取り抜け方式の効果", "事例6")]
)
def test_an_aspect_that_a_case_does_not_tell(
    assistant: Assistant, question: str, case: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    told, _, nearest = answer.text.partition("近い箇所：")
    assert f"「平成26年度事例集 {case}」に「効果」についての記載は見当たりません。" in told
    assert f"（jirei-h26/{case}/" in nearest


@pytest.mark.parametrize(
    ("question", "place", "number"),
    [
        ("R5基本方針 第2(5)③", "kihon-r05/第2/3/(5)/③", "第2-3(5)③"),
        ("鹿屋の第2-14-2", "kanoya-r07/第2/14/(2)", "第2-14(2)"),
    ],
)
def test_a_number_that_leaves_one_out_is_read_as_the_one_place_it_fits(
    assistant: Assistant, question: str, place: str, number: str
) -> None:
    answer = assistant.ask(question)
    assert set(cited(answer)) == {place}
    (warning,) = answer.warnings
    assert "という番号の箇所はありません。" in warning
    assert f"当てはまるただ1か所の「{number}」を示しています。" in warning


def test_a_number_that_leaves_one_out_and_fits_several_places(assistant: Assistant) -> None:
    answer = assistant.ask("基本方針の第2(3)③")
    assert answer.abstained
    assert "（kihon-r05/第2/2/(3)/③）" in answer.text
    assert "（kihon-r05/第2/4/(3)/③）" in answer.text


@pytest.mark.parametrize("question", ["官公需法第5条", "官公需法第五条", "官公需法第3条から第5条"])
def test_an_article_of_a_law_that_documents_only_cite(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert answer.warnings[0] == "「官公需法」の条文は知識ベースにありません。"


def test_nearest_places_have_no_doubled_headings(assistant: Assistant) -> None:
    text = assistant.ask("事例12の効果").text
    assert "・平成26年度事例集 事例12 取組の目的「市が発注する" in text
    assert "取組の目的 取組の目的" not in text


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
