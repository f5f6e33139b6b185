"""Chosen places of the shipped documents, to the letter."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from ingest.manifest import load_manifest
from ingest.parse import parse_file
from kb.documents import Node, NodeKind, ParsedDocument
from kb.resources import CORPUS
from kb.settings import Settings
from tests.ingest.helpers import node


@cache
def parsed(doc: str) -> ParsedDocument:
    path = CORPUS / f"{doc}.txt"
    return parse_file(path, doc, load_manifest(CORPUS).entry_for(path), Settings())


@pytest.mark.parametrize(
    ("doc", "counts"),
    [
        ("kihon-r05", {NodeKind.CLAUSE: 134, NodeKind.NOTE: 3, NodeKind.SECTION: 1}),
        ("shigaku-r08", {NodeKind.CLAUSE: 50, NodeKind.SECTION: 1}),
        ("kanoya-r07", {NodeKind.CLAUSE: 65, NodeKind.SECTION: 1}),
        ("jirei-h26", {NodeKind.CASE: 26, NodeKind.SECTION: 158}),
        ("kyogikai-r08", {NodeKind.ANNEX: 1, NodeKind.SECTION: 7}),
    ],
)
def test_counts(doc: str, counts: dict[NodeKind, int]) -> None:
    found = Counter(item.kind for item in parsed(doc).nodes)
    assert {kind: found[kind] for kind in counts} == counts


def test_text_after_the_last_item_of_the_targets() -> None:
    target = node(parsed("kihon-r05"), "第1/2")
    assert [(span.start, span.end) for span in target.segments] == [(1025, 1531), (2262, 2651)]
    assert target.body.splitlines()[2].startswith(
        "なお、国等は、中小企業・小規模事業者向け契約の実績金額"
    )
    assert node(parsed("kihon-r05"), "第1/2/④").body.endswith("結論を得次第速やかに措置する。")


def test_sentences_are_whole() -> None:
    third = node(parsed("kihon-r05"), "第1/2/④").body
    assert "高度な新技術を持った J-Startup 選定企業等との間でも" in third
    assert "提供するものとし、発注計画の策定" in node(parsed("shigaku-r08"), "第2/2").body
    assert (
        "契約金額（入札による契約を含む。)の変更" in node(parsed("shigaku-r08"), "第2/14/(6)").body
    )
    assert "- 3 -" not in node(parsed("kihon-r05"), "第2").text
    for doc in ("kihon-r05", "shigaku-r08", "kanoya-r07"):
        for item in parsed(doc).nodes:
            if item.kind is NodeKind.CLAUSE and item.body:
                last = item.body.splitlines()[-1]
                assert last.endswith("。"), (item.id, last)


def test_mended_labels_and_stray_fragment() -> None:
    repairs = [
        (item.label, repair.before)
        for doc in ("shigaku-r08", "kanoya-r07")
        for item in parsed(doc).nodes
        for repair in item.repairs
        if repair.kind == "label"
    ]
    assert repairs == [
        ("10", "1.0"), ("11", "1.1"), ("12", "1.2"), ("13", "1.3"), ("14", "1.4"), ("15", "1.5"),
        ("16", "1.6"), ("13", "1 3"), ("14", "1 4"), ("15", "1 5"), ("16", "1 6"), ("21", "2 1"),
    ]  # fmt: skip
    credit = node(parsed("shigaku-r08"), "第2/13")
    assert credit.body.endswith("配慮することに努めるものとする。")
    assert [(r.before, r.span.start) for r in credit.repairs if r.kind == "fragment"] == [
        ("とする。", 4523)
    ]


def test_the_statistics_stand_apart() -> None:
    table = node(parsed("kihon-r05"), "表")
    assert (table.kind, table.start, table.end) == (NodeKind.TABLE, 20390, 21849)
    assert node(parsed("kihon-r05"), "第4/(2)").end == 20390


def case_path(number: int) -> tuple[str, ...]:
    return node(parsed("jirei-h26"), f"事例{number}").path


def test_cases_and_their_sections() -> None:
    book = parsed("jirei-h26")
    numbers = [item.case.number for item in book.nodes if item.case]
    assert numbers == list(range(1, 27))
    assert case_path(19) == ("3", "区分6", "事例19")
    case = node(book, "事例15").case
    assert case is not None
    assert (case.title, case.organisation, case.prefecture, case.category) == (
        "資格審査における特例",
        "千葉県山武郡市広域水道企業団",
        "千葉県",
        "官公需適格組合等に対する特別な措置",
    )
    sections: list[Node] = [item for item in book.nodes if item.parent == "jirei-h26/事例4"]
    assert [(item.label, item.field_name) for item in sections] == [
        ("制度の目的", "目的"),
        ("関連する要綱等", "根拠法令等"),
        ("制度の概要", "概要"),
        ("対象製品の要件", "要件"),
        ("トライアル発注選定・評価情報", "実施状況・実績"),
        ("制度の成果等", "効果・評価"),
        ("他団体で導入する場合の留意点等", "留意点"),
    ]
    assert "\t工事名\t備考" in node(book, "事例6/取り抜け方式の適用事例").body
    assert "<" not in "".join(item.text for item in book.nodes)


def test_every_section_of_a_case_has_a_field() -> None:
    fields = Counter(
        item.field_name
        for item in parsed("jirei-h26").nodes
        if item.parent and item.parent.rpartition("/")[2].startswith("事例")
    )
    assert fields == {
        "目的": 23, "根拠法令等": 26, "対象者": 6, "対象商品・業務": 7, "要件": 2, "認定・審査基準": 8,
        "期間": 2, "実施状況・実績": 13, "発注事例": 13, "効果・評価": 10, "留意点": 7, "概要": 20, "その他": 1,
    }  # fmt: skip


def test_breadcrumbs_name_the_places_above() -> None:
    passage = next(item for item in parsed("kihon-r05").passages if item.node.endswith("(3)/③"))
    assert passage.breadcrumbs == (
        "令和5年度中小企業者に関する国等の契約の基本方針",
        "第2 中小企業者の受注の機会の増大のために国等が講ずる措置に関する基本的な事項",
        "2 中小企業・小規模事業者が受注しやすい発注とする工夫",
        "(3) 適正な納期・工期、納入条件等の設定",
    )
