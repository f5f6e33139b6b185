"""Where the documents say what their terms mean."""

from __future__ import annotations

import pytest

from kb.documents import Document, DocumentKind, Passage
from retrieval.definitions import Definitions
from retrieval.query import asks_meaning

TEXTS = {
    "a/1": "特に小企業者（概ね従業員５人以下の事業者をいう。以下同じ。）に対し、配慮する。",
    "a/2": "一抜け方式とは、落札した者を次の入札から除くものである。",
    "a/3": "貨物の基本方針（以下「物流方針」という。）に即す。「地域協議会」（注）で共有する。",
    "a/3/(注)": "地域ごとに組織された協議会。",
    "a/4": "小企業者の受注を増やす。",
    "a/7": "（「いわゆる見本品等」という。）を買う。見本（少量の品をいう。）に限る。",
    "a/5": "要件を満たす組合で、港湾庁が証明した波止場適格組合の受注を増やす。「組合」という。",
    "a/6": "波止場振興法（平成元年法律第1号）に基づく。",
    "hou/1": "この法律で「小企業者」とは、次の者をいう。",
    "hatoba/1": "この法律において「荷役事業者」とは、次の者をいう。",
}


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    passages = [Passage(n, 0, n.partition("/")[0], (), "", t, 0, len(t)) for n, t in TEXTS.items()]
    titles = {"a": "方針", "hou": "通商法", "hatoba": "波止場振興法"}
    documents = {
        doc: Document(doc, title, _kind(doc), "", None, None, "", "", "", "", 1)
        for doc, title in titles.items()
    }
    return Definitions(Definitions.build(passages, documents).to_json())


def _kind(doc: str) -> DocumentKind:
    return DocumentKind.KIKAN if doc == "a" else DocumentKind.LAW


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("小企業者とは", ["a/1"]),
        ("見本品等とは", ["a/7"]),
        ("中小企業者とは", []),  # It is another word.
        ("荷役事業者の定義", ["hatoba/1"]),  # Of a law that the policy names.
        ("一抜け方式って何", ["a/2"]),
        ("物流方針の意味", ["a/3"]),
        ("「地域協議会」とは", ["a/3/(注)"]),
        ("協議会とは", []),
        ("波止場適格組合とは", ["a/5"]),
    ],
)
def test_the_place_that_defines_a_term(
    definitions: Definitions, text: str, nodes: list[str]
) -> None:
    assert [list(TEXTS)[position] for position in definitions.of(text)] == nodes


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("小企業者とは", True),
        ("「物件等」に工事は含む?", True),
        ("JVって何", True),
        ("小企業者の人数の線引き", True),
        ("工事の範囲を広げる", False),
        ("工事の前払金", False),
        ("「至急」の書類を出す", False),
    ],
)
def test_questions_about_a_meaning(text: str, asks: bool) -> None:
    assert asks_meaning(text) is asks
