"""Texts that speak of a narrower thing than the question."""

from __future__ import annotations

import pytest

from assistant.narrower import speaks_of_less


@pytest.mark.parametrize(
    ("question", "text", "less"),
    [
        ("中小企業の目標は何％", "新規中小企業者の契約比率は３％", True),
        ("中小企業向けの目標は何％", "新規中小企業者の契約比率は３％", True),
        ("中小企業の目標は何％", "中小企業・小規模事業者の契約比率は６１％", False),
        ("新規の中小企業の目標", "新規中小企業者の契約比率は３％", False),
        ("中小企業の目標", "中小企業者のうち新規中小企業者の比率", False),
        ("国の目標", "このうち、新規中小企業者の契約比率は３％", True),
        ("新規の目標", "このうち、新規中小企業者の契約比率は３％", False),
        ("令和5年度の目標", "前年度までの実績を上回る目標", False),
        ("前払金の割合", "中間前払金の割合", True),
        ("入札の公告", "随意契約による。", False),
    ],
)
def test_what_narrows_a_word_of_the_question(question: str, text: str, less: bool) -> None:
    assert speaks_of_less(question, text) is less
