"""How cells of a table of cases are judged."""

from __future__ import annotations

import pytest

from assistant.comparison.case_table import CaseCell, CaseRow, CaseTable
from eval.case_comparison.measure import (
    JudgedCell,
    JudgedExtract,
    JudgedRow,
    JudgedTable,
    Role,
    is_right,
    score_table,
    share_right,
)
from kb.documents import Case
from kb.results import Citation

ANSWER = JudgedCell(
    "book/事例1/期間",
    "認定から3年間",
    100,
    120,
    (JudgedExtract("book/事例1/概要", "3年", 300, 302),),
)


def cell(start: int, end: int) -> CaseCell:
    return CaseCell("…", Citation(1, "book/事例1/期間", "…", start, end, True))


@pytest.mark.parametrize(
    ("given", "right"),
    [
        (cell(100, 120), True),
        (cell(80, 200), True),
        (cell(100, 110), True),
        (cell(100, 109), False),
        (cell(290, 400), True),
        (cell(130, 140), False),
        (CaseCell(), False),
    ],
)
def test_a_cell_has_an_answer_or_half_of_one(given: CaseCell, right: bool) -> None:
    assert is_right(ANSWER, given) is right


def test_an_empty_cell_is_right_where_nothing_is_stated() -> None:
    assert is_right(None, CaseCell())
    assert not is_right(None, cell(100, 120))


def test_rows_columns_and_cells_are_counted() -> None:
    gold = JudgedTable(
        "t",
        "?",
        ("期間", "目的"),
        (
            JudgedRow("book/事例1", "甲市", Role.MUST, {"期間": ANSWER, "目的": None}),
            JudgedRow("book/事例2", "乙市", Role.MUST, {"期間": None, "目的": None}),
            JudgedRow("book/事例3", "丙市", Role.MAY, {"期間": ANSWER, "目的": None}),
        ),
    )
    case = Case(1, "", "甲市", None, "")
    table = CaseTable(
        "?",
        ("期間",),
        ("期間",),
        (
            CaseRow("book/事例1", case, 1.0, (cell(100, 120),)),
            CaseRow("book/事例9", case, 0.5, (CaseCell(),)),
        ),
    )
    score = score_table(gold, table)
    assert (score.found, score.missed, score.wrong) == (
        ("book/事例1",),
        ("book/事例2",),
        ("book/事例9",),
    )
    assert score.columns_missed == ("目的",)
    assert [item.right for item in score.cells] == [True, False, False, False]
    assert share_right([score]) == 0.25
