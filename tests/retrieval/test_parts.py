"""A part that is left out has no effect on the hits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.parts import Parts
from retrieval.search import Searcher
from tests.retrieval.small import build


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return build(tmp_path_factory.mktemp("small"))


def searcher(kb: KnowledgeBase, parts: Parts) -> Searcher:
    return Searcher(kb, Settings(home=kb.folder.parent), parts=parts)


def test_meaning_left_out(kb: KnowledgeBase) -> None:
    hits = searcher(kb, Parts(dense=False)).search("随意契約の見積り")
    assert hits[0].id == "kihon-r05/第2/1"
    assert {hit.dense for hit in hits} == {0}


def test_words_left_out(kb: KnowledgeBase) -> None:
    hits = searcher(kb, Parts(lexical=False)).search("随意契約の見積り")
    assert hits[0].id == "kihon-r05/第2/1"
    assert {hit.lexical for hit in hits} == {0}


def test_names_left_out(kb: KnowledgeBase) -> None:
    question = "鹿屋体育大学の分離・分割発注"
    assert searcher(kb, Parts()).search(question)[0].id == "kanoya-r07/第2/1"
    named, unnamed = (
        {hit.id: hit.score for hit in searcher(kb, Parts(names=names)).search(question)}
        for names in (True, False)
    )
    assert named["kanoya-r07/第2/1"] > unnamed["kanoya-r07/第2/1"] + 0.4


def test_expansion_left_out(kb: KnowledgeBase) -> None:
    words = Parts(dense=False, topics=False, names=False, related=False)
    assert searcher(kb, words).search("随契")[0].id == "kihon-r05/第2/1"
    assert searcher(kb, replace(words, expansion=False)).search("随契") == ()


def test_topics_left_out(kb: KnowledgeBase) -> None:
    question = "ばらして頼んでくれないと小さい会社は無理"
    with_them, without = (
        searcher(kb, Parts(topics=topics)).search(question, 1)[0].score for topics in (True, False)
    )
    assert with_them > without + 0.2
