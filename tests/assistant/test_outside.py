"""Questions about other matters than the documents."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.considered import Considered
from assistant.declining import Ground
from assistant.declining.field import FIELD_SIGNALS, field_signals
from assistant.evidence import POOL
from kb.store import KnowledgeBase
from retrieval.search import Searcher


def considered(kb: KnowledgeBase, searcher: Searcher, question: str) -> Considered:
    read = searcher.read(question)
    documents = {document.id: document for document in kb.documents()}
    return Considered(kb, documents, read, searcher.search_for(read, POOL))


def of_the_field(kb: KnowledgeBase, searcher: Searcher, question: str) -> dict[str, float]:
    item = considered(kb, searcher, question)
    row = field_signals(item.query, item.relevance, item.judged)[0]
    return dict(zip(FIELD_SIGNALS, row.tolist(), strict=True))


def test_words_that_stand_somewhere_are_heard(kb: KnowledgeBase, searcher: Searcher) -> None:
    about = of_the_field(kb, searcher, "随意契約の見積先に新規中小企業者を含める")
    assert about["coverage"] > 0.5
    assert (about["unheard"], about["unknown"], about["named"]) == (0.0, 0.0, 0.0)
    assert of_the_field(kb, searcher, "鹿屋体育大学の分割発注")["named"] == 1.0


def test_a_word_of_the_thesaurus_alone_is_known(kb: KnowledgeBase, searcher: Searcher) -> None:
    found = of_the_field(kb, searcher, "メーカー縛りで発注していい？")
    assert (found["unheard"], found["unknown"]) == (4.0, 0.0)


def test_a_word_of_another_matter_is_neither(kb: KnowledgeBase, searcher: Searcher) -> None:
    found = of_the_field(kb, searcher, "パスポートの更新にかかる日数")
    assert (found["unheard"], found["unknown"]) == (3.0, 3.0)  # スポ stands in スポーツ
    assert found["coverage"] < 0.3


@pytest.mark.parametrize(
    "question",
    [
        "パスポートの更新に必要な書類は",
        "猫が喉を鳴らすのはなぜ",
        "将棋の駒は全部で何枚",
        "カレーの作り方",
        "自動車税の納付期限",
        "天気",
    ],
)
def test_another_matter_is_said_to_be_one(
    kb: KnowledgeBase, searcher: Searcher, assistant: Assistant, question: str
) -> None:
    assert considered(kb, searcher, question).ground in (Ground.OUTSIDE, Ground.QUANTITY)
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.citations == ()


def test_the_answer_says_that_it_is_another_matter(assistant: Assistant) -> None:
    lines = assistant.ask("カレーの作り方").text.splitlines()
    assert lines[:2] == [
        "該当する記載は見つかりません。",
        "お尋ねの事柄は、調べた資料では扱われていないようです。",
    ]


@pytest.mark.parametrize(
    "question", ["銘柄指定していい？", "毎月払い", "JVで出たい", "相見積もりに新しい会社を入れたい"]
)
def test_the_field_is_not_another_matter(
    kb: KnowledgeBase, searcher: Searcher, question: str
) -> None:
    assert considered(kb, searcher, question).ground is None
