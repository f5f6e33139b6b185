from __future__ import annotations

import pytest

from assistant.comparison.contrast import contrast_table
from assistant.comparison.contrast_cells import Paragraph, side_by_side
from assistant.comparison.policies import compare_policies
from assistant.comparison.results import Clause, ContrastTable
from tests.assistant.comparison.samples import YEAR_6, YEAR_7, YEAR_8_SWAPPED, policy


def shown(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    """Paragraphs with what is underlined in 【】."""
    return [
        "".join(f"【{run.text}】" if run.underlined else run.text for run in runs)
        for runs in paragraphs
    ]


def table(a: str, b: str, left: str | None = None) -> ContrastTable:
    return contrast_table(compare_policies(policy(a, "a"), policy(b, "b")), left)


def test_the_newer_year_stands_left_and_changes_are_underlined() -> None:
    contrast = table(YEAR_6, YEAR_7)
    assert contrast.title == "令和7年度における○○研究所の中小企業者に関する契約の方針 新旧対照表"
    assert contrast.left == "新（令和7年度 ○○研究所 契約の方針）"
    assert contrast.right == "旧（令和6年度 ○○研究所 契約の方針）"
    assert [(shown(row.left), shown(row.right), row.notes) for row in contrast.rows] == [
        (
            [
                "令和【7】年度における○○研究所の中小企業者に関する契約の方針",
                "○○研究所は、官公需についての中小企業者の受注の確保に関する法律第5条の規定に基づき、"
                "令和【7】年度における契約の方針を次のとおり定める。",
            ],
            [
                "令和【6】年度における○○研究所の中小企業者に関する契約の方針",
                "○○研究所は、官公需についての中小企業者の受注の確保に関する法律第5条の規定に基づき、"
                "令和【6】年度における契約の方針を次のとおり定める。",
            ],
            ("年月日: 令和6年度→令和7年度",),
        ),
        (["第1　契約目標"], ["第1　契約目標"], ()),
        (
            [
                "1　中小企業・小規模事業者向け契約目標",
                "本研究所は、中小企業・小規模事業者向け契約の比率が【61.5】%になるよう努めるものとする。",
            ],
            [
                "1　中小企業・小規模事業者向け契約目標",
                "本研究所は、中小企業・小規模事業者向け契約の比率が【60.0】%になるよう努めるものとする。",
            ],
            ("数値: 60.0%→61.5%",),
        ),
        (
            ["2　（略）", "第2　講ずる措置", "1　（略）"],
            ["2　（略）", "第2　講ずる措置", "1　（略）"],
            (),
        ),
        (
            [
                "2　分離・分割発注の推進",
                "物件等の発注に当たっては、可能な限り分離・分割して発注を行うものとする。",
            ],
            [
                "2　分離・分割発注の推進",
                "物件等の発注に当たっては、可能な限り分離・分割して発注を行う【よう努める】ものとする。",
            ],
            ("義務の強化", "（努力規定→するものとする）"),
        ),
        (
            ["（削除）"],
            [
                "3　【知的財産権の取扱いの明記】",
                "【発注内容に著作権が含まれる場合には、その取扱いを書面で明確にするものとする。】",
            ],
            (),
        ),
        (
            [
                "3　【価格転嫁の円滑化】",
                "【労務費の上昇に伴う契約金額の変更について申出があったときは、協議に応じるものとする。】",
            ],
            ["（新設）"],
            (),
        ),
        (["4　（略）", "第3　（略）"], ["4　（略）", "第3　（略）"], ()),
    ]


def test_moved_clauses_are_noted_and_neighbours_left_out_together() -> None:
    rows = table(YEAR_6, YEAR_8_SWAPPED).rows[2:]
    assert [(shown(row.left), shown(row.right), row.notes) for row in rows] == [
        (
            ["1　資金繰りへの配慮", "（略）"],
            ["4　資金繰りへの配慮", "（略）"],
            ("移動：第2-4→第2-1",),
        ),
        (["2～3　（略）"], ["2～3　（略）"], ()),
        (
            ["4　官公需情報の提供の徹底", "（略）"],
            ["1　官公需情報の提供の徹底", "（略）"],
            ("移動：第2-1→第2-4",),
        ),
        (["第3　（略）"], ["第3　（略）"], ()),
    ]


def test_the_left_column_can_be_chosen() -> None:
    contrast = table(YEAR_6, YEAR_7, left="a")
    assert contrast.left == "旧（令和6年度 ○○研究所 契約の方針）"
    deleted = next(row for row in contrast.rows if shown(row.right) == ["（削除）"])
    assert deleted.left_ids == ("a/第2/3",)
    assert [row.notes for row in contrast.rows if row.left_ids == ("a/第2/2",)] == [
        ("義務の強化", "（努力規定→するものとする）")
    ]


def test_no_clause_is_lost() -> None:
    first, second = policy(YEAR_6, "a"), policy(YEAR_7, "b")
    contrast = contrast_table(compare_policies(first, second))
    assert [name for row in contrast.rows for name in row.left_ids] == [
        node.id for node in second.nodes
    ]
    assert sorted(name for row in contrast.rows for name in row.right_ids) == sorted(
        node.id for node in first.nodes
    )


def clause(text: str, heading: str = "") -> Clause:
    return Clause("d/1", "d", 0, "1", "1", heading, text)


@pytest.mark.parametrize(
    ("left", "right", "shown_left", "shown_right"),
    [
        (
            "甲を行う。\n乙を行う。\n丙を行う。\n丁を行う。",
            "甲を行う。\n乙を行う。\n丙を行う。\n戊を行う。",
            ["1　（略）", "【丁】を行う。"],
            ["1　（略）", "【戊】を行う。"],
        ),
        (
            "甲を行う。\n乙を行う。",
            "甲を行う。乙を行う。丙を加える。",
            ["1　甲を行う。", "乙を行う。"],
            ["1　甲を行う。乙を行う。【丙を加える。】"],
        ),
        ("甲を行う。\n乙を行う。", "甲を行う。", ["1　（略）", "【乙を行う。】"], ["1　（略）"]),
    ],
)
def test_paragraphs_without_a_change_are_left_out_on_both_sides(
    left: str, right: str, shown_left: list[str], shown_right: list[str]
) -> None:
    cells = side_by_side([clause(left)], [clause(right)])
    assert (shown(cells.left), shown(cells.right)) == (shown_left, shown_right)
