from __future__ import annotations

from pathlib import Path

import pytest

from assistant.comparison.clauses import compare_clause
from assistant.comparison.policies import compare_policies
from assistant.comparison.reports import clause_report, policy_report
from assistant.comparison.results import Kind
from ingest.pipeline import ingest
from kb.errors import OptionError, UnknownNodeError
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval import index
from tests.assistant.comparison.samples import YEAR_6, YEAR_7, YEAR_8_SWAPPED, policy


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("policies")
    for name, text in (("r06", YEAR_6), ("r07", YEAR_7), ("r08", YEAR_8_SWAPPED)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    ingest([folder], Settings(home=home), index)
    return KnowledgeBase.open(home)


def test_other_wordings_are_grouped_and_the_commonest_comes_first(kb: KnowledgeBase) -> None:
    comparison = compare_clause(kb, "r07/第1/1")
    assert [
        (
            [clause.id for clause in group.clauses],
            group.kind,
            [item.japanese for item in group.differences],
        )
        for group in comparison.groups
    ] == [(["r06/第1/1", "r08/第1/1"], Kind.CHANGED, ["数値: 61.5%→60.0%"])]
    assert comparison.silent == ()
    assert [document.id for document in comparison.documents] == ["r07", "r06", "r08"]


def test_documents_without_the_clause_are_named(kb: KnowledgeBase) -> None:
    comparison = compare_clause(kb, "r07/第2/3")
    assert comparison.groups == ()
    assert [document.id for document in comparison.silent] == ["r06", "r08"]


def test_a_clause_that_moved_is_found(kb: KnowledgeBase) -> None:
    comparison = compare_clause(kb, "r08/第2/1")
    assert [clause.number for group in comparison.groups for clause in group.clauses] == [
        "第2-4",
        "第2-4",
    ]


def test_an_unknown_clause_is_an_error(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownNodeError):
        compare_clause(kb, "r07/第9")


def test_what_is_no_clause_cannot_be_laid_side_by_side(shipped_home: Path) -> None:
    shipped = KnowledgeBase.open(shipped_home)
    with pytest.raises(OptionError, match="「jirei-h26/事例1」は条項ではないため"):
        compare_clause(shipped, "jirei-h26/事例1")


def test_the_report_of_a_clause_has_a_row_for_every_wording(kb: KnowledgeBase) -> None:
    report = clause_report(compare_clause(kb, "r07/第2/2"))
    (sheet,) = report.sheets
    assert report.title == "令和7年度 ○○研究所 契約の方針 第2-2の横並び比較"
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        [
            "令和7年度 ○○研究所 契約の方針\n第2-2",
            "（基準）",
            "分離・分割発注の推進\n物件等の発注に当たっては、可能な限り分離・分割して発注を行うものとする。",
        ],
        [
            "令和6年度 ○○研究所 契約の方針 第2-2\n令和8年度 ○○研究所 契約の方針 第2-2",
            "義務の緩和\n義務の強さ: するものとする→努力規定",
            "分離・分割発注の推進\n物件等の発注に当たっては、可能な限り分離・分割して発注を行うよう努めるものとする。",
        ],
    ]
    marked = [run.text for runs in sheet.rows[1][2].paragraphs for run in runs if run.underlined]
    assert marked == ["よう努める"]


def test_the_report_of_two_policies_lists_all_pairs_on_a_second_sheet() -> None:
    comparison = compare_policies(policy(YEAR_6, "r06"), policy(YEAR_7, "r07"))
    contrast, pairs = policy_report(comparison).sheets
    assert contrast.columns == (
        "新（令和7年度 ○○研究所 契約の方針）",
        "旧（令和6年度 ○○研究所 契約の方針）",
        "備考",
    )
    assert len(pairs.rows) == len(comparison.pairs)
    assert [cell.text for cell in pairs.rows[2]] == [
        "第1-1　中小企業・小規模事業者向け契約目標",
        "第1-1　中小企業・小規模事業者向け契約目標",
        "表現の変更",
        f"{comparison.pairs[2].score:.2f}",
        "数値: 60.0%→61.5%",
    ]
    assert len(policy_report(comparison, with_pairs=False).sheets) == 1
