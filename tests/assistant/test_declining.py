"""What evidence leaves unsaid of a question, and when that is reason to decline."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.considered import Considered
from assistant.declining.aspects import leaves_out
from assistant.declining.decide import against, decline_model, outside_model
from assistant.declining.unsaid import Unsaid, unsaid
from assistant.evidence import pool
from kb.store import KnowledgeBase
from retrieval.search import Searcher


def left(kb: KnowledgeBase, searcher: Searcher, question: str) -> Unsaid:
    read = searcher.read(question)
    documents = {document.id: document for document in kb.documents()}
    candidates = pool(kb, documents, read.query, searcher.search_for(read, 1))
    return unsaid(read.query, read.relevance, candidates)


def test_words_of_the_text_are_said(kb: KnowledgeBase, searcher: Searcher) -> None:
    found = left(kb, searcher, "銘柄の指定")
    assert (found.count, found.whole, found.heaviest) == (2, 0.0, 0.0)


def test_an_official_word_says_the_askers(kb: KnowledgeBase, searcher: Searcher) -> None:
    assert left(kb, searcher, "毎月払いの契約").whole < 0.2


def test_a_foreign_word_is_left(kb: KnowledgeBase, searcher: Searcher) -> None:
    found = left(kb, searcher, "銘柄指定の印紙税")
    assert found.count == 4
    assert 0.2 < found.heaviest <= found.whole
    assert found.unwritten > 0.1


def test_words_that_only_ask_do_not_count(kb: KnowledgeBase, searcher: Searcher) -> None:
    found = left(kb, searcher, "教えてください")
    assert (found.count, found.whole, found.heaviest) == (0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        ("違反したらペナルティはある?", "基準を満たさない者は失格とする。", False),
        ("違反したらペナルティはある?", "基準を満たすよう努める。", True),
        ("理由書の様式", "理由書の提出を求める。", True),
        ("連絡先のメールアドレス", "電話 03-0000-0000", False),
        ("地域要件の設定", "地域要件を設定する。", False),
    ],
)
def test_what_is_wanted_of_a_subject(question: str, text: str, lacking: bool) -> None:
    assert leaves_out(question, text) is lacking


@pytest.mark.parametrize(
    "question", ["休日の確保", "メーカー指定", "毎月払いの契約", "債権譲渡 制限", "低入札 調査"]
)
def test_few_words_are_answered(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).abstained


@pytest.mark.parametrize(
    "question", ["契約保証金の率", "電子契約の印紙税", "振込手数料はどっち持ち?", "指名停止の月数"]
)
def test_few_words_without_an_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained


def test_a_passage_is_found_in_its_own_words(assistant: Assistant) -> None:
    passage = (
        "さらに、国等は、競争促進に資する新たな指標として、入札件数等の情報提供に努めるものとする。"
    )
    answer = assistant.ask(passage)
    assert "kihon-r05/第1/2" in {citation.id for citation in answer.citations}


def test_the_model_has_a_weight_for_every_column(kb: KnowledgeBase, searcher: Searcher) -> None:
    read = searcher.read("分割発注の検討")
    documents = {document.id: document for document in kb.documents()}
    item = Considered(kb, documents, read, searcher.search_for(read, 5))
    row = against(item.query, item.relevance, item.judged)
    assert row.shape == (1, len(decline_model().weights))
    assert len(outside_model().weights) < row.shape[1]


@pytest.mark.parametrize(
    "question",
    [
        "令和5年度の中小企業向け契約目標は何%で、金額はいくらか",
        "美唄市の入札の予定価格の下限",
    ],
)
def test_years_and_words_that_ask_are_not_unsaid(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).abstained
