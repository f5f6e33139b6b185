"""Checks of a small draft with one fault each: what is found, where, and nothing beside it."""

from __future__ import annotations

import pytest

from assistant.review.check import check_draft
from assistant.review.findings import Finding, FindingKind, Severity
from kb.documents import ParsedDocument
from kb.errors import OptionError
from tests.assistant.review.drafts import DRAFT, base, draft, parsed


def findings(*changes: tuple[str, str], known: tuple[ParsedDocument, ...] = ()) -> list[Finding]:
    against = base()
    report = check_draft(draft(*changes), against, known, (against.document,))
    return list(report.findings)


def only(found: list[Finding], kind: FindingKind) -> Finding:
    assert [item.kind for item in found] == [kind], [item.reason for item in found]
    return found[0]


def test_a_sound_draft_raises_nothing() -> None:
    assert findings() == []


def test_the_year_before_has_to_go() -> None:
    found = only(
        findings(("令和8年度における契約の比率", "令和7年度における契約の比率")), FindingKind.YEAR
    )
    assert (found.severity, found.place.id, found.place.address) == (
        Severity.MUST,
        "an/第1/1",
        "第1-1",
    )
    assert found.reason == (
        "令和8年度の方針ですが、ここは令和7年度と書いています。"
        "前年度の文案が残っていないか確かめてください。"
    )
    assert found.sentence.startswith("本学は、令和7年度における契約の比率が")
    changed = DRAFT.replace("令和8年度における契約の比率", "令和7年度における契約の比率", 1)
    assert changed[found.place.start : found.place.end] == "令和7年度"


@pytest.mark.parametrize(
    "words",
    [
        "令和7年度の官公需総実績額を踏まえ、令和8年度における契約の比率",
        "令和6年度に創設された制度を用い、令和8年度における契約の比率",
        "「令和7年度の手引」を踏まえ、令和8年度における契約の比率",
        "令和10年度までの見通しを持ち、令和8年度における契約の比率",
    ],
)
def test_years_of_results_beginnings_names_and_plans_are_right(words: str) -> None:
    assert findings(("令和8年度における契約の比率", words)) == []


def test_a_wrong_year_of_the_basic_policy() -> None:
    found = only(findings(("令和8年4月21日閣議決定", "令和7年4月22日閣議決定")), FindingKind.DATE)
    assert found.reason == (
        "令和8年度の方針ですが、令和7年4月22日に決定された基本方針を引いています。"
        "令和8年度の基本方針の閣議決定日か確かめてください。"
    )


def test_a_known_date_of_the_basic_policy_decides() -> None:
    import dataclasses

    against = base()
    document = dataclasses.replace(against.document, decided_on="2026-04-24")
    found = check_draft(draft(), against, (), (document,)).findings
    assert [(item.kind, item.severity) for item in found] == [(FindingKind.DATE, Severity.MUST)]
    assert found[0].reason == (
        "基本方針の閣議決定日を令和8年4月21日としていますが、令和8年度の基本方針は"
        "2026年4月24日の閣議決定です。"
    )


def test_a_date_that_the_basic_policy_states_otherwise() -> None:
    found = only(findings(("令和5年11月29日策定", "令和5年11月19日策定")), FindingKind.DATE)
    assert (found.place.id, found.against and found.against.id) == ("an/第2/4", "kihon/第2/4")
    assert "令和8年度基本方針では令和5年11月29日です" in found.reason


def test_a_law_number_that_differs() -> None:
    found = only(findings(("昭和41年法律第97号", "昭和41年法律第79号")), FindingKind.LAW_NUMBER)
    assert "昭和41年法律第79号としていますが、ほかの資料では昭和41年法律第97号です" in found.reason


def test_a_figure_changed_in_a_sentence_taken_over() -> None:
    found = only(findings(("年に1回以上", "年に2回以上")), FindingKind.FIGURE)
    assert found.reason == "基本方針と同じ文ですが、「1回以上」が「2回以上」になっています。"


def test_targets_left_from_the_year_before() -> None:
    last_year = parsed(DRAFT.replace("令和8年", "令和7年"), "last")
    found = only(findings(known=(last_year,)), FindingKind.FIGURE)
    assert found.place.id == "an/第1/1"
    assert "と同じ数値（40%）です" in found.reason
    still = ("比率が40%になる", "引き続き比率が40%になる")
    assert findings(still, known=(last_year,)) == []


def test_a_reference_to_no_clause() -> None:
    found = only(findings(("上記2に掲げる", "上記9に掲げる")), FindingKind.REFERENCE)
    assert (found.severity, found.place.id) == (Severity.MUST, "an/第2/4")
    assert "上記9" in found.reason and "当たる条項がありません" in found.reason


@pytest.mark.parametrize("number", ["1", "3"])
def test_a_reference_to_the_next_clause(number: str) -> None:
    found = only(findings(("上記2に掲げる", f"上記{number}に掲げる")), FindingKind.REFERENCE)
    assert "第2-2「相談体制の整備」を指すのではありませんか" in found.reason


def test_above_that_points_ahead() -> None:
    found = only(findings(("上記2に掲げる", "上記5に掲げる")), FindingKind.REFERENCE)
    assert "その条項は後にあります" in found.reason


def test_a_chapter_that_does_not_exist() -> None:
    found = only(findings(("次のとおり定める", "第7の定めによる")), FindingKind.REFERENCE)
    assert found.reason == "「第7」に当たる条項がありません。番号を確かめてください。"


def test_a_term_before_its_definition() -> None:
    found = only(
        findings(("本学は、発注に関連する情報を", "本学は、労務費の指針を踏まえ、情報を")),
        FindingKind.TERM,
    )
    assert (found.severity, found.place.id) == (Severity.MUST, "an/第2/1")
    assert "「労務費の指針」を、定義する前に使っています（定義は第2-4）" in found.reason


def test_a_shortened_name_that_only_the_basic_policy_defines() -> None:
    found = only(
        findings(
            ("昭和41年法律第97号。以下「官公需法」という。", "昭和41年法律第97号"),
            ("推進\n\n本学は、", "推進\n\n本学は、官公需法に基づき、"),
        ),
        FindingKind.TERM,
    )
    assert found.severity is Severity.CHECK
    assert found.reason.startswith("「官公需法」を定義せずに使っています")


def test_a_term_defined_twice() -> None:
    found = only(
        findings(("ホームページへの", "指針（以下「労務費の指針」という。）とホームページへの")),
        FindingKind.TERM,
    )
    assert found.reason == "「労務費の指針」は第2-1で定義済みです。"


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("4 分割", "「2」の次が「4」です。間の番号が抜けています。"),
        ("2 分割", "番号「2」は前の並びに続いていません。並びから「3」と読みました。"),
        ("分割", "番号がありません。並びから「3」と読みました。"),
    ],
)
def test_numbers_out_of_sequence(label: str, reason: str) -> None:
    found = [item for item in findings(("3 分割", label)) if item.kind is FindingKind.NUMBERING]
    assert reason in [item.reason for item in found]


def test_damaged_numbers_are_to_be_mended_first() -> None:
    report = check_draft(draft(("3 分割", "4 分割")), base())
    assert report.notes == (
        "番号の乱れのために条項の区切りを取り違えることがあります。"
        "番号を直してから、もう一度点検してください。",
    )


def test_an_end_of_a_sentence_that_stands_alone() -> None:
    found = only(
        findings(("適切に応ずるものとする。", "適切に応ずるものとする。\n\nとする。")),
        FindingKind.FRAGMENT,
    )
    assert found.reason == "「とする。」だけの行があります。消し忘れがないか確かめてください。"


def test_an_effort_in_place_of_a_duty() -> None:
    found = only(
        findings(("適切に応ずるものとする", "適切に応ずるよう努めるものとする")), FindingKind.WEAKER
    )
    assert (found.place.id, found.against and found.against.id) == ("an/第2/2", "kihon/第2/2")
    assert found.reason == (
        "基本方針は「するものとする」ですが、ここは「努力規定」で、義務が弱くなっています。"
    )
    assert found.against_sentence.endswith("適切に応ずるものとする。")


def test_a_rule_in_place_of_a_prohibition() -> None:
    found = only(
        findings(("銘柄を指定してはならない", "銘柄を指定しないよう配慮するものとする")),
        FindingKind.WEAKER,
    )
    assert "基本方針は「禁止」ですが、ここは「配慮・留意」" in found.reason


def test_a_clause_left_out() -> None:
    head, tail = DRAFT.split("5 銘柄の指定")
    text = head
    assert "銘柄" in tail
    found = check_draft(parsed(text, "an"), base()).findings
    assert [(item.kind, item.severity) for item in found] == [
        (FindingKind.UNCOVERED, Severity.CHECK)
    ]
    assert found[0].reason == (
        "基本方針の第2-5「銘柄の指定」に当たる条項がありません（禁止）。"
        "入れない理由があるか確かめてください。"
    )
    assert (found[0].sentence, found[0].place.id) == ("", "an/第2/4")
    assert found[0].against_sentence == (
        "国等は、真にやむを得ない場合を除き、銘柄を指定してはならない。"
    )


def test_what_a_draft_lacks_stands_after_what_is_wrong_with_it() -> None:
    text = DRAFT.split("5 銘柄の指定")[0].replace(
        "令和8年度における契約の比率", "令和7年度における契約の比率"
    )
    found = check_draft(parsed(text, "an"), base()).findings
    assert [item.kind for item in found] == [FindingKind.YEAR, FindingKind.UNCOVERED]


def test_a_basic_policy_of_another_year_is_noted() -> None:
    report = check_draft(parsed(DRAFT.replace("令和8年", "令和9年"), "an"), base())
    assert report.notes == (
        "令和9年度の案を令和8年度基本方針に照らしています。"
        "令和9年度の基本方針が手元にあれば、取り込んで照らしてください。",
    )


def test_what_has_no_clauses_is_refused() -> None:
    with pytest.raises(OptionError, match="条項がないため点検できません"):
        check_draft(parsed("お知らせ\n\n本日は晴天です。", "an"), base())
