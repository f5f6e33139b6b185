"""How near single words of a question come to a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.relevance import Relevance
from retrieval.search import Searcher


@pytest.fixture(scope="module")
def relevance(shipped_home: Path) -> Relevance:
    return Searcher(KnowledgeBase.open(shipped_home), Settings(home=shipped_home)).relevance("休み")


def test_a_term_that_stands_there_is_as_near_as_can_be(relevance: Relevance) -> None:
    assert relevance.nearest(["契約"], ["入札による。", "契約を結ぶ"]).tolist() == [1.0]


def test_a_term_near_in_meaning_comes_nearer_than_another(relevance: Relevance) -> None:
    near, far = relevance.nearest(["休み", "印紙"], ["休日の確保に努める"])
    assert far < near < 1


def test_nothing_is_near_an_empty_text(relevance: Relevance) -> None:
    assert relevance.nearest(["契約", "入札"], ["。"]).tolist() == [0.0, 0.0]
    assert relevance.nearest([], ["契約を結ぶ"]).shape == (0,)


def test_what_is_left_unsaid_points_where_its_words_do(shipped_home: Path) -> None:
    searcher = Searcher(KnowledgeBase.open(shipped_home), Settings(home=shipped_home))
    asked = searcher.relevance("契約の手数料")
    left = asked.left_unsaid(["契約を結ぶ。"])
    fee, contract = (
        float(left @ searcher.relevance(word).left_unsaid([])) for word in ("手数料", "契約")
    )
    assert fee > 5 * max(contract, 0)


def test_nothing_is_left_of_what_is_said(relevance: Relevance) -> None:
    assert not relevance.left_unsaid(["休みを取る。"]).any()
    assert relevance.left_unsaid(["契約を結ぶ。"]).any()
