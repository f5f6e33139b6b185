"""Where the documents say what their terms mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import Case, Document, DocumentKind, Passage
from retrieval.definitions import Definitions
from retrieval.meanings import endings_alone, means, named_above, rows_defined, terms_defined
from retrieval.query import asks_meaning, term_asked

TEXTS = {
    "a/1": "特に小企業者（概ね従業員５人以下の事業者をいう。以下同じ。）に対し、配慮する。",
    "a/2": "一抜け方式とは、落札した者を次の入札から除くものである。",
    "a/3": "貨物の基本方針（以下「物流方針」という。）に即す。「地域協議会」（注）で共有する。",
    "a/3/(注)": "地域ごとに組織された協議会。",
    "a/4": "小企業者の受注を増やす。",
    "a/7": "（「いわゆる見本品等」という。）を買う。見本（少量の品をいう。）に限る。",
    "a/5": "要件を満たす組合で、港湾庁が証明した波止場適格組合の受注を増やす。「組合」という。",
    "a/6": "波止場振興法（平成元年法律第1号）に基づく。",
    "a/8": "入札方式の概要\n順位が上位の工事の落札者の、ほかの入札書を無効とする入札方式をいう。",
    "a/9": "港の工事における取り置き方式は、受注の機会を広げる。",
    "a/10": "この登録を受けた店を「なぎさの店」と称し、広く知らせる。",
    "a/11": "大企業の支配下にあるいわゆる「名ばかり組合」は、これに含まない。",
    "a/12": "用語\t定義\n浜値\t水揚げの日の値をいう。\n沖値\t沖での値",
    "a/13": "潮待ち契約とは\n潮位が定まってから結ぶ契約。",
    "a/14": "目次\n「潮待ち契約」という。",
    "a/15": "船主等（波止場振興法第２条に規定する船主等をいう。）に知らせる。",
    "a/16": "岸壁等（波止場振興法第３条に規定する岸壁等をいう。）を直す。",
    "hatoba/2": "船主等（船の持主をいう。以下この条において同じ。）は届け出る。",
    "hou/1": "この法律で「小企業者」とは、次の者をいう。",
    "hatoba/1": "この法律において「荷役事業者」とは、次の者をいう。",
}
HEADINGS = {"a/8": "入札方式の概要", "a/13": "潮待ち契約とは", "a/14": "目次"}
CASES = {"a/8": Case(1, "港湾工事取り置き方式の実施", "港町", None, "")}


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    passages = [
        Passage(n, 0, n.partition("/")[0], (), HEADINGS.get(n, ""), t, 0, len(t), CASES.get(n))
        for n, t in TEXTS.items()
    ]
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
        ("取り置き方式とは", ["a/8"]),  # Named by the title of the case.
        ("港湾工事取り置き方式とは", ["a/8"]),
        ("なぎさの店とは", ["a/10"]),
        ("名ばかり組合とは", ["a/11"]),
        ("沖値の意味", ["a/12"]),
        ("潮待ち契約って何", ["a/13"]),  # A table of contents says nothing.
        ("船主等とは", ["hatoba/2"]),  # The law itself, where it is at hand.
        ("岸壁等とは", ["a/16"]),
    ],
)
def test_the_place_that_defines_a_term(
    definitions: Definitions, text: str, nodes: list[str]
) -> None:
    assert [list(TEXTS)[position] for position in definitions.of(text)] == nodes


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("小企業者とは何ですか", "小企業者"),
        ("「JV」とは", "JV"),
        ("新商品とは（港町）", "新商品"),
        ("物流法の正式名称は?", "物流法"),
        ("工事の前払金", ""),
    ],
)
def test_the_term_whose_meaning_is_asked(text: str, term: str) -> None:
    assert term_asked(text) == term


@pytest.mark.parametrize(
    ("term", "asked", "is_it"),
    [
        ("新商品", "新商品", True),
        ("新商品", "港町の新商品", True),
        ("小企業者", "中小企業者", False),
        ("新規中小企業者", "中小企業者", False),
        ("潮待ち方式による入札", "潮待ち方式", True),
        ("潮待ち方式検討会", "潮待ち方式", False),
    ],
)
def test_a_term_is_what_is_asked_for(term: str, asked: str, is_it: bool) -> None:
    assert means(term, asked) is is_it


@given(st.text(alphabet="あ甲乙()「」。\n\tをいうとは、", max_size=60))
def test_any_text_is_read(text: str) -> None:
    list(terms_defined(text))
    list(rows_defined(text))
    for term in named_above(text, [text[:8]]):
        assert term in endings_alone(term, text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("新商品とは(港町)", True),
        ("物流法の正式名称", True),
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
