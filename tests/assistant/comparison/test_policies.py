from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.comparison.policies import compare_policies
from assistant.comparison.results import (
    Difference,
    DocumentName,
    Edit,
    Kind,
    Matter,
    PolicyComparison,
    Relation,
)
from kb.documents import DocumentKind
from kb.errors import OptionError
from tests.assistant.comparison.samples import YEAR_6, YEAR_7, YEAR_8_SWAPPED, policy

Row = tuple[str | None, str | None, str]


def rows(comparison: PolicyComparison) -> list[Row]:
    return [
        (
            pair.a.id.partition("/")[2] if pair.a else None,
            pair.b.id.partition("/")[2] if pair.b else None,
            pair.kind.value,
        )
        for pair in comparison.pairs
    ]


@pytest.fixture(scope="module")
def years() -> PolicyComparison:
    return compare_policies(policy(YEAR_6, "r06"), policy(YEAR_7, "r07"))


def test_every_clause_of_both_years_has_its_row(years: PolicyComparison) -> None:
    assert rows(years) == [
        ("前文", "前文", "changed"),
        ("第1", "第1", "same"),
        ("第1/1", "第1/1", "changed"),
        ("第1/2", "第1/2", "same"),
        ("第2", "第2", "same"),
        ("第2/1", "第2/1", "same"),
        ("第2/2", "第2/2", "stronger"),
        (None, "第2/3", "only_b"),
        ("第2/3", None, "only_a"),
        ("第2/4", "第2/4", "same"),
        ("第3", "第3", "same"),
        ("第3/1", "第3/1", "same"),
    ]


def test_figures_dates_and_duties_that_differ_are_named(years: PolicyComparison) -> None:
    differences = {pair.a.number: pair.differences for pair in years.pairs if pair.a}
    assert differences["前文"] == (Difference(Matter.DATE, "令和6年度", "令和7年度"),)
    assert differences["第1-1"] == (Difference(Matter.NUMBER, "60.0%", "61.5%"),)
    assert differences["第2-2"] == (Difference(Matter.DUTY, "努力規定", "するものとする"),)
    assert [item.japanese for item in differences["第1-1"]] == ["数値: 60.0%→61.5%"]


def test_changes_of_a_pair_are_of_the_whole_clause(years: PolicyComparison) -> None:
    pair = next(pair for pair in years.pairs if pair.a and pair.a.number == "第2-2")
    assert [
        (change.edit, change.a) for change in pair.changes if change.edit is not Edit.EQUAL
    ] == [(Edit.DELETE, "よう努める")]


def test_coverage_counts_clauses_and_kinds(years: PolicyComparison) -> None:
    coverage = years.coverage
    assert (coverage.a_clauses, coverage.b_clauses) == (11, 11)
    assert (coverage.a_answered, coverage.b_answered) == (10, 10)
    assert dict(coverage.kinds) == {
        Kind.SAME: 7,
        Kind.CHANGED: 2,
        Kind.NARROWED: 0,
        Kind.WIDENED: 0,
        Kind.WEAKER: 0,
        Kind.STRONGER: 1,
        Kind.ONLY_A: 1,
        Kind.ONLY_B: 1,
    }
    assert 0.8 < coverage.a_share < 1


def test_the_other_way_round_says_the_opposite(years: PolicyComparison) -> None:
    turned = compare_policies(policy(YEAR_7, "r07"), policy(YEAR_6, "r06"))
    assert {(b, a, Kind(kind).reversed.value) for a, b, kind in rows(turned)} == set(rows(years))
    assert (years.first, turned.first, years.versions) == ("r07", "r07", True)


def test_swapped_clauses_are_found_and_called_moved() -> None:
    comparison = compare_policies(policy(YEAR_6, "r06"), policy(YEAR_8_SWAPPED, "r08"))
    moved = [
        (pair.a.number, pair.b.number)
        for pair in comparison.pairs
        if pair.a and pair.b and pair.moved
    ]
    assert moved == [("第2-1", "第2-4"), ("第2-4", "第2-1")]
    assert [row for row in rows(comparison) if row[2] != "same"] == [("前文", "前文", "changed")]


def test_one_clause_may_answer_several() -> None:
    basic = """第1 目標

1 契約目標

契約の比率が61%になるよう努めるものとする。

第2 措置

1 官公需情報の提供

(1) 発注に関する情報を、ホームページへの掲載により提供するよう努めるものとする。

(2) 仕様書に性能、規格等必要な事項を明記し、十分な説明に努めるものとする。

2 分離・分割発注

可能な限り分離・分割して発注を行うよう努めるものとする。
"""
    agency = """第1 目標

1 契約目標

本学は、契約の比率が25%になるよう努めるものとする。

第2 措置

1 官公需情報の提供

発注に関する情報を、ホームページへの掲載により提供するよう努めるものとする。また、仕様書に性能、規格等必要な事項を明記し、十分な説明に努めるものとする。

2 分離・分割発注

可能な限り分離・分割して発注を行うよう努めるものとする。
"""
    comparison = compare_policies(
        policy(basic, "k", DocumentKind.KIHON), policy(agency, "a", DocumentKind.KIKAN)
    )
    assert [row for row in rows(comparison) if row[1] == "第2/1"] == [
        ("第2/1", "第2/1", "same"),
        ("第2/1/(1)", "第2/1", "same"),
        ("第2/1/(2)", "第2/1", "same"),
    ]
    mains = [pair.main for pair in comparison.pairs if pair.b and pair.b.number == "第2-1"]
    assert sum(mains) == 1
    assert (comparison.versions, comparison.first) == (False, "k")


def test_a_like_place_alone_is_no_answer() -> None:
    first = "第1 目標\n\n1 知的財産権\n\n著作権の取扱いを書面で明確にする。\n"
    other = "第1 目標\n\n1 価格転嫁\n\n労務費の上昇について協議に応じる。\n"
    comparison = compare_policies(policy(first, "x"), policy(other, "y"))
    assert ("第1/1", None, "only_a") in rows(comparison)
    assert (None, "第1/1", "only_b") in rows(comparison)


def test_a_document_is_not_compared_with_itself() -> None:
    document = policy(YEAR_6, "r06")
    with pytest.raises(OptionError, match="同じ資料「r06」どうしは比較できません"):
        compare_policies(document, document)


def test_a_document_without_clauses_cannot_be_compared() -> None:
    document = policy(YEAR_6, "r06")
    empty = replace(document, document=replace(document.document, id="x"), nodes=())
    with pytest.raises(OptionError, match="資料「x」には条項がないため比較できません"):
        compare_policies(document, empty)


def test_kinds_are_told_in_the_words_of_the_interface(years: PolicyComparison) -> None:
    assert {pair.relation for pair in years.pairs} == set(Relation)
    assert years.a == DocumentName(
        "r06",
        "令和6年度における○○研究所の中小企業者に関する契約の方針",
        "令和6年度 ○○研究所 契約の方針",
    )
