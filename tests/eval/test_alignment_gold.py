"""The alignment gold names real clauses, leaves none out and keeps to its own rules."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kb.documents import NodeKind
from kb.store import KnowledgeBase
from tests.conftest import REPOSITORY

PAIRS = [
    ("kihon-r05", "kanoya-r07"),
    ("kihon-r05", "shigaku-r08"),
    ("kanoya-r07", "shigaku-r08"),
]
RELATIONS = {"same", "changed", "narrowed", "widened", "stronger", "weaker"}
FIGURES = {NodeKind.TABLE, NodeKind.RECORD}

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    lines = (REPOSITORY / "eval/alignment/pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def clauses(shipped_home: Path) -> dict[str, set[str]]:
    kb = KnowledgeBase.open(shipped_home)
    documents = {document for pair in PAIRS for document in pair}
    return {
        document: {node.id for node in kb.nodes(document) if node.kind not in FIGURES}
        for document in documents
    }


@pytest.mark.parametrize("pair", PAIRS)
def test_each_clause_of_both_documents_is_judged(
    rows: list[Row], clauses: dict[str, set[str]], pair: tuple[str, str]
) -> None:
    a_doc, b_doc = pair
    judged = [row for row in rows if (row["a_doc"], row["b_doc"]) == pair]
    must = [row for row in judged if row["role"] == "must"]
    assert {row["a"] for row in must} - {None} == clauses[a_doc]
    assert {row["b"] for row in must} - {None} == clauses[b_doc]
    assert {row["a"] for row in judged} - {None} == clauses[a_doc]
    assert {row["b"] for row in judged} - {None} == clauses[b_doc]


def test_no_other_documents_are_paired(rows: list[Row]) -> None:
    assert {(row["a_doc"], row["b_doc"]) for row in rows} == set(PAIRS)


def test_a_row_keeps_to_the_guideline(rows: list[Row]) -> None:
    for row in rows:
        match row["a"], row["b"]:
            case str(), None:
                assert (row["relation"], row["role"]) == ("only_a", "must")
            case None, str():
                assert (row["relation"], row["role"]) == ("only_b", "must")
            case _:
                assert row["relation"] in RELATIONS
                assert row["unit"] == "text" or row["relation"] in {"same", "changed"}
        assert row["unit"] in {"text", "heading"}
        assert row["role"] in {"must", "may"}


def test_a_clause_is_alone_or_paired_never_both(rows: list[Row]) -> None:
    places = Counter((row["a_doc"], row["b_doc"], row["a"], row["b"]) for row in rows)
    assert max(places.values()) == 1
    for side, other in (("a", "b"), ("b", "a")):
        must = [row for row in rows if row["role"] == "must"]
        paired = {(row["b_doc"], row["a_doc"], row[side]) for row in must if row[other]}
        alone = {(row["b_doc"], row["a_doc"], row[side]) for row in must if not row[other]}
        assert not paired & alone
