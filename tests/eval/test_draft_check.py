"""The bench of planted faults: what it plants, what it counts as new, how verdicts are met."""

from __future__ import annotations

from assistant.review.findings import Finding, FindingKind, FindingPlace, Severity
from eval.draft_check import faults
from eval.draft_check.judged import Verdict, judge, load_verdicts
from eval.draft_check.measure import new_findings
from tests.assistant.review.drafts import DRAFT, base, draft


def finding(reason: str, sentence: str, place: str = "an/第1") -> Finding:
    kind = FindingKind.WEAKER
    return Finding(kind, Severity.CHECK, FindingPlace(place, "第1", 0, 1), reason, sentence)


def test_years_are_planted_one_at_a_time() -> None:
    planted = list(faults.other_year(draft()))
    assert [item.text.count("令和7年度") for item in planted] == [1, 1, 1]
    assert {item.kind for item in planted} == {FindingKind.YEAR}


def test_references_are_moved_to_neighbours_and_beyond_the_end() -> None:
    planted = list(faults.wrong_reference(draft()))
    names = {item.text.split("上記")[1][0]: item.name for item in planted}
    assert names == {
        "1": "shifted reference",
        "3": "shifted reference",
        "6": "dangling reference",
    }


def test_numbers_are_repeated_and_skipped() -> None:
    planted = list(faults.wrong_number(draft()))
    assert any("\n2 分割発注の推進" in item.text for item in planted)
    assert any("\n4 分割発注の推進" in item.text for item in planted)


def test_duties_are_weakened_in_the_clauses_named() -> None:
    planted = list(faults.weaker_duty(draft(), {"an/第2/2"}))
    assert [item.text for item in planted] == [
        DRAFT.replace("適切に応ずるものとする。", "適切に応ずるよう努めるものとする。")
    ]


def test_dates_and_law_numbers_need_a_document_that_states_them() -> None:
    assert list(faults.other_law_number(draft(), [])) == []
    (number,) = faults.other_law_number(draft(), [base()])
    assert "昭和41年法律第98号" in number.text
    (date,) = faults.other_date(draft(), [])
    assert "令和7年4月21日閣議決定" in date.text


def test_a_clause_left_out_is_gone() -> None:
    (planted,) = faults.left_out(draft(), {"an/第2/5": ("kihon/第2/5",)})
    assert "銘柄" not in planted.text
    assert planted.where == ("kihon/第2/5",)


def test_what_stood_before_is_not_new_even_in_other_words() -> None:
    before = [finding("弱い", "適切に対応するよう努めるものとする。")]
    same = finding("弱い", "適切に対応するよう努めるものとする。")
    touched = finding("弱い", "上記9に適切に対応するよう努めるものとする。")
    other = finding("弱い", "速やかに公表するよう努めるものとする。")
    assert new_findings([same], before) == []
    assert new_findings([touched], before) == []
    assert new_findings([same, other], before) == [other]


def test_verdicts_are_met_once() -> None:
    verdicts = (
        Verdict("an", FindingKind.WEAKER, "an/第1", None, True),
        Verdict("an", FindingKind.WEAKER, "an/第2", None, False),
        Verdict("an", FindingKind.YEAR, "an/第1", None, True),
    )
    found = [finding("a", "b"), finding("a", "b", "an/第2"), finding("a", "b", "an/第3")]
    result = judge("an", found, verdicts)
    assert (result.right, result.wrong) == (1, 1)
    assert [item.place.id for item in result.unjudged] == ["an/第3"]
    assert [verdict.kind for verdict in result.lost] == [FindingKind.YEAR]


def test_the_shipped_verdicts_can_be_read() -> None:
    verdicts = load_verdicts()
    assert {verdict.doc for verdict in verdicts} == {"kanoya-r07", "shigaku-r08"}
    assert sum(not verdict.right for verdict in verdicts) == 7
