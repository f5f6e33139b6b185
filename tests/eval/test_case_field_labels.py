"""The normalised fields of cases against labels made by reading five of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.store import KnowledgeBase
from tests.conftest import REPOSITORY

Label = dict[str, Any]


@pytest.fixture(scope="module")
def labels() -> list[Label]:
    path = REPOSITORY / "eval/case_fields/labels.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def kb(shipped_home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(shipped_home)


def test_fields_of_sections_agree_with_a_reader(labels: list[Label], kb: KnowledgeBase) -> None:
    fields = {node.id: node.field_name for node in kb.nodes("jirei-h26")}
    wrong = [
        (label["case"], section["heading"], section["field"], given)
        for label in labels
        for section in label["sections"]
        if (given := fields.get(f"{label['case']}/{section['heading']}"))
        not in (section["field"], *section["also"])
    ]
    total = sum(len(label["sections"]) for label in labels)
    assert total == 28
    assert 1 - len(wrong) / total >= 0.95, wrong


def test_cases_are_identified_as_printed(labels: list[Label], kb: KnowledgeBase) -> None:
    cases = {node.id: node.case for node in kb.nodes("jirei-h26")}
    for label in labels:
        case = cases[label["case"]]
        assert case is not None
        assert case.organisation == label["organisation"]
        assert case.prefecture == label["prefecture"]
        assert case.category == label["category"]
