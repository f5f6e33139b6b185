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
