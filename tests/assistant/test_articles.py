"""Articles of a rule that an office has read in, asked for by their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.verified import with_findings
from ingest.pipeline import ingest
from kb.results import Answer
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval import index
from retrieval.search import Searcher
from tests.conftest import REPOSITORY

NOTICE = """令和8年度の契約の取扱い

第1　趣旨
　山川市契約規則（令和元年規則第1号。以下「山契規」という。）第7条による見積りの取扱いを定める。
"""
RULE = """山川市契約規則

（趣旨）
第1条　この規則は、市が締結する契約に関し必要な事項を定めるものとする。

（定義）
第2条　この規則において、次の各号に掲げる用語の意義は、当該各号に定めるところによる。
一　契約担当者　市長又はその委任を受けた者をいう。
二　物件　工事の目的物以外の財産をいう。

（随意契約）
第7条　随意契約によろうとするときは、二人以上の者から見積書を徴するものとする。
２　予定価格が十万円以下の物件の買入れについては、前項の規定にかかわらず、一人の者から見積書を徴することができる。

（見積りの省略）
第7条の2　契約担当者は、災害のときは、見積書の徴取を省略することができる。
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("rule")
    rule = folder / "山川市契約規則.txt"
    rule.write_text(RULE, encoding="utf-8")
    notice = folder / "notice.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    policy: Path = REPOSITORY / "corpus" / "kanoya-r07.txt"
    settings = Settings(home=folder / "home")
    ingest([policy, rule, notice], settings, index)
    return KnowledgeBase.open(settings.home)


@pytest.fixture(scope="module")
def assistant(kb: KnowledgeBase) -> Assistant:
    return Assistant(kb, Searcher(kb, Settings(home=kb.folder)))


def cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.id for citation in answer.citations))


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("山川市契約規則第7条第2項", ["第7条/第2項"]),
        ("契約規則 第7条の2", ["第7条の2"]),
        ("契約規則7条の2には何が書いてある？", ["第7条の2"]),
        ("山川市契約規則の第２条第１号", ["第2条/第1号"]),
        ("契約規則第1条第1項", ["第1条"]),
        ("第7条の2を教えて", ["第7条の2"]),
        ("山契規の7条の2", ["第7条の2"]),
        ("契約規則第1条と第7条の2", ["第1条", "第7条の2"]),
        ("契約規則第2条第1号から第2号まで", ["第2条/第1号", "第2条/第2号"]),
        ("契約規則第7条第1項と第2項", ["第7条/第1項", "第7条/第2項"]),
        ("契約規則第1条～第2条", ["第1条", "第2条", "第2条/第1号", "第2条/第2号"]),
    ],
)
def test_the_article_asked_for(assistant: Assistant, question: str, ids: list[str]) -> None:
    answer = assistant.ask(question)
    assert cited(answer) == [f"山川市契約規則/{place}" for place in ids]


def test_an_article_of_paragraphs_is_shown_with_them(
    assistant: Assistant, kb: KnowledgeBase
) -> None:
    answer = assistant.ask("契約規則第7条")
    assert cited(answer) == [
        f"山川市契約規則/{place}" for place in ("第7条", "第7条/第1項", "第7条/第2項")
    ]
    assert with_findings(kb, answer).warnings == ()


def test_an_article_that_is_not_there(assistant: Assistant) -> None:
    answer = assistant.ask("契約規則第99条")
    assert answer.abstained
    assert "「契約規則第99条」という番号の条項・事例はありません。" in answer.text


def test_an_article_of_a_law_that_is_not_held(assistant: Assistant) -> None:
    answer = assistant.ask("会計法第7条")
    assert answer.abstained
    assert "「会計法」の条文は知識ベースにありません。" in answer.text


def test_a_rule_named_without_a_number_is_searched_first(assistant: Assistant) -> None:
    assert cited(assistant.ask("山契規の見積りの省略"))[:1] == ["山川市契約規則/第7条の2"]


def test_an_article_beside_other_words_is_no_address(assistant: Assistant) -> None:
    assert "山川市契約規則/第5条" not in cited(assistant.ask("第5条に基づく本方針の公表"))


def test_a_node_is_found_by_its_article(kb: KnowledgeBase) -> None:
    assert kb.find_node("山川市契約規則/7条の2").id == "山川市契約規則/第7条の2"
