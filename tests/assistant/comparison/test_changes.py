from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison.changes import changes_between
from assistant.comparison.results import Change, Edit
from assistant.comparison.wording import narrow

_TEXT = st.text(alphabet="るすよう努め物件１1２,.％%兆 　\n、。", max_size=30)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "適切に対応するものとする。",
            "適切に対応するよう努めるものとする。",
            [
                (Edit.EQUAL, "適切に対応する", "適切に対応する"),
                (Edit.INSERT, "", "よう努める"),
                (Edit.EQUAL, "ものとする。", "ものとする。"),
            ],
        ),
        ("比率が６１％", "比率が61%", [(Edit.EQUAL, "比率が６１％", "比率が61%")]),
        (
            "約５兆６，５９８億円",
            "約5億5千2百万円",
            [
                (Edit.EQUAL, "約", "約"),
                (Edit.REPLACE, "５兆６，５９８億", "5億5千2百万"),
                (Edit.EQUAL, "円", "円"),
            ],
        ),
        (
            "需給の状況又は原材料費、",
            "労務費、原材料費、",
            [
                (Edit.REPLACE, "需給の状況又は", "労務費、"),
                (Edit.EQUAL, "原材料費、", "原材料費、"),
            ],
        ),
        ("行う。\nまた", "行う。また", [(Edit.EQUAL, "行う。\nまた", "行う。また")]),
        ("", "新設", [(Edit.INSERT, "", "新設")]),
        ("削除", "", [(Edit.DELETE, "削除", "")]),
        ("", "", []),
    ],
)
def test_changes_are_what_a_clerk_would_underline(
    a: str, b: str, expected: list[tuple[Edit, str, str]]
) -> None:
    assert changes_between(a, b) == tuple(Change(*change) for change in expected)


@given(_TEXT, _TEXT)
def test_changes_joined_are_the_texts(a: str, b: str) -> None:
    changes = changes_between(a, b)
    assert "".join(change.a for change in changes) == a
    assert "".join(change.b for change in changes) == b


@given(_TEXT, _TEXT)
def test_what_is_called_equal_has_the_same_words(a: str, b: str) -> None:
    for change in changes_between(a, b):
        if change.edit is Edit.EQUAL:
            mine, theirs = (
                "".join(narrow(text).replace(",", "").split()) for text in (change.a, change.b)
            )
            assert mine == theirs
