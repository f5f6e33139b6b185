"""Clauses of different documents that say nearly the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import Document, DocumentKind, Passage
from retrieval.parallels import Parallels

WORDS = "物件等の発注に当たっては、経済合理性、公正性等に反しないかどうかを十分検討した上で"
RULE = WORDS + "、可能な限り分離・分割して発注を行うよう努めるものとする。"
OTHER = "最低賃金額の改定に伴い、役務契約の契約金額を変更することについて協議に応じるものとする。"


def build(*texts: tuple[str, str]) -> Parallels:
    kinds = {"hou": DocumentKind.LAW}
    passages = [
        Passage(f"{doc}/第1/{n}", 0, doc, (), "", text, 0, len(text))
        for n, (doc, text) in enumerate(texts)
    ]
    documents = {
        doc: Document(
            doc, doc, kinds.get(doc, DocumentKind.KIKAN), "", None, None, "", "", "", "", 1
        )
        for doc, _ in texts
    }
    return Parallels.build(passages, documents)


def test_the_same_rule_of_another_owner_is_parallel() -> None:
    found = build(("a", RULE), ("b", RULE.replace("、", "，")), ("b", OTHER))
    assert list(found.of(0)) == [(1, 1.0)]
    assert list(found.of(1)) == [(0, 1.0)]
    assert list(found.of(2)) == []


def test_a_clause_that_takes_in_two_is_parallel_to_both() -> None:
    found = build(("a", RULE), ("a", OTHER), ("b", RULE + OTHER))
    assert sorted(other for other, _ in found.of(2)) == [0, 1]
    assert [other for other, _ in found.of(0)] == [2]


def test_the_most_alike_stand_first() -> None:
    found = build(("a", RULE), ("b", WORDS + "、一括して発注する。"), ("c", RULE))
    likeness = dict(found.of(0))
    assert [other for other, _ in found.of(0)] == [2, 1]
    assert likeness[2] == 1.0 > likeness[1] > 0.5


def test_clauses_of_one_document_and_laws_are_left_out() -> None:
    found = build(("a", RULE), ("a", RULE), ("hou", RULE))
    assert [list(found.of(position)) for position in range(3)] == [[], [], []]


def test_a_short_formula_makes_no_parallel() -> None:
    found = build(("a", "公表するものとする。" + OTHER), ("b", "公表するものとする。" + RULE))
    assert list(found.of(0)) == []


def test_within_some_documents() -> None:
    found = build(("a", RULE), ("b", RULE), ("c", OTHER))
    assert found.within(np.array([False, True, False]), 0.5).tolist() == [True, False, False]
    assert found.within(np.array([False, False, True]), 0.5).tolist() == [False, False, False]


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    made = build(("a", RULE), ("b", RULE))
    made.save(tmp_path / "p.npz")
    assert list(Parallels.load(tmp_path / "p.npz").of(1)) == list(made.of(1)) == [(0, 1.0)]
    with pytest.raises(OSError, match=r"no\.npz"):
        Parallels.load(tmp_path / "no.npz")


@given(st.lists(st.tuples(st.sampled_from("ab"), st.text("入札発注", max_size=60)), max_size=5))
def test_parallels_go_both_ways(texts: list[tuple[str, str]]) -> None:
    found = build(*texts)
    links = {(i, j) for i in range(len(texts)) for j, _ in found.of(i)}
    assert links == {(j, i) for i, j in links}
    assert all(texts[i][0] != texts[j][0] for i, j in links)
