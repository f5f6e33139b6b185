"""Questions understood over a small knowledge base of three documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from kb.documents import Case, Document, DocumentKind, Passage
from kb.errors import CorruptStoreError
from kb.fiscal_year import FiscalYear
from retrieval.analysis import JapaneseAnalyzer
from retrieval.gains import (
    DATED,
    DOCUMENT,
    ITEM,
    LISTED_PLACE,
    NEAREST_PLACE,
    ONLY_THERE,
    OTHER_YEAR,
    OWNER,
    PLACE,
    ROW_OWNER,
    RULES,
)
from retrieval.lexical import LexicalIndex
from retrieval.lexicon import Lexicon, Owner, OwnerKind, Term, TermKind, Topic
from retrieval.query import Intent, OnlyIn, Source
from retrieval.topics import SURE
from retrieval.understand import TOPIC_LEAST, TOPIC_MOST, Understander, decided_by

ANALYZER = JapaneseAnalyzer()


class _Blind:
    """An encoder that finds no likeness, so that words alone decide."""

    id = "blind"
    dimension = 2

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.zeros((len(texts), 2), dtype=np.float32)

    encode_passages = encode_queries


def document(name: str, kind: DocumentKind, issuer: str, year: int) -> Document:
    return Document(name, name, kind, issuer, FiscalYear(year), None, "", "", "0" * 64, "/", 1)


DOCUMENTS = {
    "kihon-r05": document("kihon-r05", DocumentKind.KIHON, "閣議決定", 2023),
    "umi-r07": document("umi-r07", DocumentKind.KIKAN, "うみかぜ機構", 2025),
    "jirei-h26": document("jirei-h26", DocumentKind.JIREI, "中小企業庁", 2014),
}
TEXTS = [
    ("kihon-r05/第1/2", "国等は、新規中小企業者の契約目標を定める。"),
    ("kihon-r05/第2/3/(1)", "役務契約では、部分払を行うよう努める。"),
    ("kihon-r05/第2/3/(2)", "地域要件の適切な設定に努める。"),
    ("umi-r07/第2/3/(1)", "機構は、部分払（毎月払い等）に努める。令和8年度までに見直す。"),
    ("umi-r07/第2/4", "予定価格を適切に作成する。"),
    ("umi-r07/第3", "職員に周知する。"),
    ("kihon-r05/表/国立大学法人三重大学", "契約実績額"),
    ("jirei-h26/事例1/目的", "市が新商品を購入する。"),
    ("jirei-h26/事例2/目的", "一抜け方式で受注機会を広げる。"),
]
CASES = {
    "事例1": Case(1, "", "福井県越前市", "福井県", ""),
    "事例2": Case(2, "", "群馬県桐生市", "群馬県", ""),
}


def passages() -> list[Passage]:
    return [
        Passage(
            node,
            0,
            node.partition("/")[0],
            ("区分2 入札方式の改善",) if "事例2" in node else (),
            "",
            text,
            0,
            len(text),
            CASES.get(node.split("/")[1]),
        )
        for node, text in TEXTS
    ]


LEXICON = Lexicon(
    (
        Topic(
            "部分払",
            ("部分払", "毎月払い"),
            ("月ごとにお金がほしい", "分割で払って", "ぶぶんばらい"),
        ),
        Topic("予定価格の作成", ("予定価格",), ("上限の値段の決め方", "値段をはじく")),
        Topic("一抜け方式", ("一抜け方式",), ("勝ったら次は抜ける", "一度取ったら終わり")),
    ),
    (Term("随意契約", ("随契",), TermKind.ABBREVIATION),),
    (
        Owner("うみかぜ機構", ("うみ機構",)),
        Owner("横浜市", ("ハマ",)),
        Owner("国等", ("国",), OwnerKind.GROUP, document_kind=DocumentKind.KIHON),
    ),
)


@pytest.fixture(scope="module")
def fresh() -> Understander:
    found = passages()
    lexical = LexicalIndex.build([ANALYZER.terms(passage.text) for passage in found])
    return Understander.build(found, DOCUMENTS, LEXICON, lexical, ANALYZER, _Blind())


@pytest.fixture(scope="module", params=["fresh", "reopened"])
def reader(
    request: pytest.FixtureRequest, fresh: Understander, tmp_path_factory: pytest.TempPathFactory
) -> Understander:
    if request.param == "fresh":
        return fresh
    folder = tmp_path_factory.mktemp("understanding")
    fresh.save(folder)
    return Understander.load(folder, ANALYZER)


NOTHING = np.zeros(2, dtype=np.float32)


def gains(reader: Understander, text: str) -> dict[str, float]:
    """What each passage gains for being named, by node id."""
    named = reader.understand(text, NOTHING).named
    return {
        node: round(float(gain), 3) for (node, _), gain in zip(TEXTS, named, strict=True) if gain
    }


def test_an_address_in_a_named_document(reader: Understander) -> None:
    found = gains(reader, "うみ機構の第2-3(1)は？")
    assert max(found, key=lambda node: found[node]) == "umi-r07/第2/3/(1)"
    assert found["umi-r07/第2/3/(1)"] == pytest.approx(PLACE + OWNER + DOCUMENT)
    assert "kihon-r05/第2/3/(1)" not in found


def test_an_address_without_a_document_is_found_in_all(reader: Understander) -> None:
    assert set(gains(reader, "第2の3（1）")) == {"kihon-r05/第2/3/(1)", "umi-r07/第2/3/(1)"}
    assert set(gains(reader, "3(2)には何が")) == {"kihon-r05/第2/3/(2)"}
    for text in ("事例2について", "区分2の団体"):
        found = gains(reader, text)
        assert [node for node in found if found[node] >= PLACE] == ["jirei-h26/事例2/目的"]


def test_a_year_tells_whose_number_is_meant(reader: Understander) -> None:
    found = gains(reader, "R5の3(1)")
    assert [node for node in found if found[node] >= PLACE] == ["kihon-r05/第2/3/(1)"]


@pytest.mark.parametrize(
    "text",
    [
        "うみ機構の方針の第3で職員に周知するとあるが、周知の相手は誰で、どのような方法によるのか",
        "「上記第3に掲げる者」とは",
    ],
)
def test_a_number_told_by_the_way_is_no_address(reader: Understander, text: str) -> None:
    assert max(gains(reader, text).values(), default=0) < NEAREST_PLACE


def test_a_year_is_no_topic(reader: Understander) -> None:
    dated = reader.understand("令和5年度、値段をはじく", NOTHING).query.topics
    assert dated == reader.understand("値段をはじく", NOTHING).query.topics


def test_an_address_that_does_not_exist_is_said_and_the_nearest_shown(reader: Understander) -> None:
    understood = reader.understand("うみ機構の第2-3(7)", NOTHING)
    assert [(a.written, a.mentioned) for a in understood.query.absent] == [("第2-3(7)", False)]
    assert "番号の箇所はありません" in understood.query.absent[0].reason
    assert understood.named[3] == pytest.approx(NEAREST_PLACE + OWNER + DOCUMENT)


@pytest.mark.parametrize(
    ("text", "written", "mentioned"),
    [
        ("令和6年度の基本方針の目標", "令和6年度の基本方針", False),
        ("R8の基本方針はいつ", "令和8年度の基本方針", True),
        ("令和8年度の基本方針の目標", "令和8年度の基本方針", False),
        ("うみ機構の令和6年度の方針", "令和6年度のうみかぜ機構の契約の方針", False),
        ("横浜市の認定件数", "横浜市", False),
        ("2019年度の話", "令和元年度", False),
    ],
)
def test_what_is_not_there_is_named(
    reader: Understander, text: str, written: str, mentioned: bool
) -> None:
    absent = {a.written: a.mentioned for a in reader.understand(text, NOTHING).query.absent}
    assert absent[written] is mentioned


@pytest.mark.parametrize(
    "text",
    [
        "令和5年度の基本方針の目標",
        "うみ機構のR7の方針",
        "越前市の認定",
        "毎月払ってほしい",
        "令和6年の地震に触れた方針はどれ",
        "横浜市で働いています。毎月払いの決まりは",
    ],
)
def test_what_is_there_is_not_called_absent(reader: Understander, text: str) -> None:
    assert reader.understand(text, NOTHING).query.absent == ()


def test_a_row_of_a_table_is_found_by_its_owner(reader: Understander) -> None:
    understood = reader.understand("三重大の比率", NOTHING)
    assert gains(reader, "三重大の比率") == {"kihon-r05/表/国立大学法人三重大学": ROW_OWNER}
    assert 6 in understood.positions.tolist()
    shown = [(e.written, e.official) for e in understood.query.expansions]
    assert ("三重大", "国立大学法人三重大学") in shown


def test_documents_by_kind_and_year(reader: Understander) -> None:
    assert reader.understand("2023年度の基本方針", NOTHING).query.documents == ("kihon-r05",)
    assert gains(reader, "2025年度は")["umi-r07/第2/4"] == pytest.approx(DATED)


def test_another_sort_of_basic_policy_is_not_the_one(reader: Understander) -> None:
    for text, named in (("物流効率化基本方針とは", ()), ("国等の基本方針とは", ("kihon-r05",))):
        assert reader.understand(text, NOTHING).query.documents == named


def test_the_items_below_a_clause_are_listed_in_order(reader: Understander) -> None:
    found = gains(reader, "うみ機構の第2の3の項目一覧")
    assert found["umi-r07/第2/3/(1)"] == pytest.approx(PLACE + LISTED_PLACE + OWNER + DOCUMENT)
    assert "kihon-r05/第2/3/(1)" not in found


def test_what_one_has_and_another_has_not(reader: Understander) -> None:
    query = reader.understand("うみ機構にあって国の方針にない項目は", NOTHING).query
    assert query.only_in == OnlyIn(("umi-r07",), ("kihon-r05",))
    found = gains(reader, "うみ機構にあって国の方針にない項目は")
    named = OWNER + DOCUMENT + RULES
    # 第2/3/(1) says the same in other words, but shares too few of them to be called parallel.
    assert found["umi-r07/第2/4"] == pytest.approx(ONLY_THERE + ITEM + ITEM / 2 + named)
    assert found["umi-r07/第3"] == pytest.approx(ONLY_THERE + ITEM + named)
    assert reader.understand("うみ機構だけにある規定", NOTHING).query.only_in == query.only_in


def test_policies_of_another_year_stand_back(reader: Understander) -> None:
    assert gains(reader, "うみ機構の方針")["umi-r07/第2/4"] > OWNER
    assert gains(reader, "うみ機構のR6の目標")["umi-r07/第2/4"] == pytest.approx(OTHER_YEAR)


def test_a_topic_is_found_by_its_phrasings_and_shown(reader: Understander) -> None:
    understood = reader.understand("月ごとにお金をもらえない？", NOTHING)
    assert understood.query.topics[0].topic == "部分払"
    shown = [e for e in understood.query.expansions if e.source is Source.TOPIC]
    assert [(e.written, e.official) for e in shown] == [("月ごとにお金がほしい", "部分払")]
    assert set(np.argsort(-understood.about)[:2].tolist()) == {1, 3}
    assert {1, 3} <= set(understood.positions.tolist())


def test_a_topic_is_found_by_its_sound(reader: Understander) -> None:
    assert reader.understand("bubunbarai", NOTHING).query.topics[0].topic == "部分払"
    assert (
        reader.understand("かったら つぎは ぬける", NOTHING).query.topics[0].topic == "一抜け方式"
    )


def test_topics_count_for_less_where_hardly_a_word_is_theirs(reader: Understander) -> None:
    told = reader.understand("月ごとにお金がほしい", NOTHING)
    doubtful = reader.understand("お金で動く観覧車の塗装色を港の海風に合わせて選ぶ", NOTHING)
    assert told.query.topics[0].topic == doubtful.query.topics[0].topic == "部分払"
    share = doubtful.query.topics[0].share
    assert share < SURE
    assert doubtful.about.max() == pytest.approx(told.about.max() * share / SURE, rel=0.2)


def test_topics_count_for_more_where_the_words_decide_less(reader: Understander) -> None:
    understood = reader.understand("月ごとにお金をもらえない？", NOTHING)
    best = int(np.argmax(understood.about))
    at = np.array([best])
    about = float(understood.about[best])
    assert understood.boosts(at, 0.0)[0] == pytest.approx(TOPIC_MOST * about)
    assert understood.boosts(at, 1.0)[0] == pytest.approx(TOPIC_LEAST * about)


def test_how_much_words_decide() -> None:
    assert decided_by(0.0) == 0.0
    assert decided_by(0.9) == 1.0
    assert 0 < decided_by(0.15) < 1


def test_a_plain_word_is_nothing_special(reader: Understander) -> None:
    understood = reader.understand("ぴよ", NOTHING)
    assert understood.query.intent is Intent.LOCATE
    assert understood.query.expansions == ()
    assert not understood.named.any()


def test_damaged_files_are_said(fresh: Understander, tmp_path: Path) -> None:
    fresh.save(tmp_path)
    (tmp_path / "head.json").write_text("{", encoding="utf-8")
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        Understander.load(tmp_path, ANALYZER)


def test_what_the_user_did_not_mean_is_left_out(reader: Understander) -> None:
    question = "うみ機構のR7の方針で随契は月ごとにお金をもらえない？"
    ignored = {"うみかぜ機構", "umi-r07", "令和7年度", "随意契約", "部分払"}
    query = reader.understand(question, NOTHING).query
    assert (query.documents, [str(year) for year in query.years]) == (("umi-r07",), ["令和7年度"])
    assert {expansion.official for expansion in query.expansions} == {
        "うみかぜ機構",
        "随意契約",
        "部分払",
    }
    understood = reader.understand(question, NOTHING, ignored)
    assert understood.query.documents == understood.query.years == understood.query.owners == ()
    assert understood.query.expansions == ()
    assert "随意契約" not in understood.terms
    assert understood.named.max() == pytest.approx(RULES)
