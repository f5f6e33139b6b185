"""References: found, named for what they are, and led to the right place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.references import score
from ingest.manifest import load_manifest
from ingest.parse import parse_file
from ingest.references import resolve_across
from ingest.references.citations import read_places
from kb.documents import DocumentKind, LawCitation, ParsedDocument, Reference
from kb.resources import CORPUS
from kb.settings import Settings
from tests.ingest.helpers import parse

POLICY = """令和8年度 国立大学法人山野大学の中小企業者に関する契約の方針

国立大学法人山野大学（以下「本学」という。）は、中小企業者に関する国等の契約の基本方針（令和8年4月21日閣議決定。以下「基本方針」という。）に即して、次のとおり定める。

第1 目標に関する事項

本学は、基本方針に即すとともに、前年度の実績を上回るよう努める。

第2 講ずる措置に関する事項

1 情報の提供

次の措置を講ずるものとする。

(1) 計画を公表すること。ただし書の定めによる場合を除く。

(2) 窓口を置くこと。

2 配慮

(1) 工事の発注に当たっては、上記１（２）に掲げる窓口を活用する。

(2) 納期に当たっては、上記(1)、第2-1(1)及び別紙1に留意し、次号によらないものとする。

3 予定価格の作成

建設業法（昭和24年法律第100号）第7条第2号イからハまで又は同法第15条第2号の規定並びに「積算に関するガイドライン」を踏まえ、上記１に掲げる（１）から（２）までと同様とする。

第3 第1から第2までに掲げるもののほか必要な事項

国土交通省告示第1号に関わる25水整第852号の工事について、2級の者1人に2つの見積りを求める。
"""


@cache
def shipped(doc: str) -> ParsedDocument:
    path = CORPUS / f"{doc}.txt"
    return parse_file(path, doc, load_manifest(CORPUS).entry_for(path), Settings())


def rows(parsed: ParsedDocument, start: str = "") -> list[tuple[str, str, list[str], str]]:
    prefix = f"{parsed.document.id}/"
    return [
        (
            item.text,
            item.kind,
            [target.removeprefix(prefix) for target in item.targets],
            item.status,
        )
        for item in parsed.references
        if item.source.startswith(prefix + start)
    ]


def named(parsed: ParsedDocument, text: str) -> Reference:
    return next(item for item in parsed.references if item.text == text)


def test_places_of_a_policy() -> None:
    parsed = parse(POLICY, DocumentKind.KIKAN)
    assert rows(parsed, "第2/1") == [
        ("次の措置", "internal_deictic", ["第2/1/(1)", "第2/1/(2)"], "resolved"),
        ("ただし書", "internal_deictic", ["第2/1/(1)"], "resolved"),
    ]
    assert rows(parsed, "第2/2") == [
        ("上記１（２）", "internal_explicit", ["第2/1/(2)"], "resolved"),
        ("上記(1)、第2-1(1)", "internal_explicit", ["第2/2/(1)", "第2/1/(1)"], "resolved"),
        ("別紙1", "annex", [], "dangling"),
        ("次号", "internal_deictic", [], "dangling"),
    ]
    assert rows(parsed, "第2/3")[-1] == (
        "上記１に掲げる（１）から（２）まで",
        "internal_range",
        ["第2/1/(1)", "第2/1/(2)"],
        "resolved",
    )


def test_look_alikes_are_no_references() -> None:
    assert rows(parse(POLICY, DocumentKind.KIKAN), "第3") == [
        ("第1から第2まで", "internal_range", ["第1", "第2"], "resolved")
    ]


def test_laws_with_number_articles_and_anaphora() -> None:
    found = [
        (item.text, item.law)
        for item in parse(POLICY, DocumentKind.KIKAN).references
        if item.law is not None
    ]
    assert found == [
        (
            "建設業法（昭和24年法律第100号）第7条第2号イからハまで",
            LawCitation("建設業法", "昭和24年法律第100号", "7条", None, "2号イからハまで"),
        ),
        ("同法第15条第2号", LawCitation("建設業法", "昭和24年法律第100号", "15条", None, "2号")),
    ]


def test_a_reference_may_cross_a_hard_wrap() -> None:
    parsed = shipped("kihon-r05")
    wrapped = next(
        item
        for item in parsed.references
        if item.law and item.law.name == "公共工事の入札及び契約の適正化の促進に関する法律"
    )
    assert parsed.text[wrapped.span.start : wrapped.span.end] == (
        "公共工事の入札及び契約の適正化の促進に関する法律（平成１２年法律第１\n\n２７号）第１２条"
    )
    assert wrapped.law == LawCitation(
        "公共工事の入札及び契約の適正化の促進に関する法律", "平成12年法律第127号", "12条"
    )


@pytest.mark.parametrize(
    ("doc", "text", "kind", "targets"),
    [
        ("kihon-r05", "上記５に掲げる（１）から（４）まで", "internal_range",
         ["第2/5/(1)", "第2/5/(2)", "第2/5/(3)", "第2/5/(4)"]),
        ("kihon-r05", "当該諸項目", "anaphora", ["第2", "第3"]),
        ("kihon-r05", "両協議会", "anaphora", ["第2/2/(9)/①", "第2/2/(9)/②"]),
        ("shigaku-r08", "上記1.5に掲げる前段", "internal_explicit", ["第2/15"]),
        ("shigaku-r08", "第2-14(2)", "internal_explicit", ["第2/14/(2)"]),
        ("kanoya-r07", "②及び④", "internal_explicit", ["第2/16/②", "第2/16/④"]),
        ("kyogikai-r08", "上記開催スケジュール", "internal_deictic", ["別紙/【開催スケジュール】"]),
    ],
)  # fmt: skip
def test_places_of_the_shipped_documents(
    doc: str, text: str, kind: str, targets: list[str]
) -> None:
    reference = named(shipped(doc), text)
    assert (reference.kind, list(reference.targets)) == (kind, [f"{doc}/{end}" for end in targets])


def test_documents_outside_and_local_rules() -> None:
    outside = {
        item.text for item in shipped("shigaku-r08").references if item.kind == "external_doc"
    }
    assert {
        "物流効率化基本方針",
        "「労務費の指針」",
        "「荷主の貨物自動車運送役務の持続可能な提供の確保に資する運転手の運送及び荷役等の効率化に関する判断の基準の解説書」",
        "新しい資本主義のグランドデザイン及び実行計画2023改訂版（令和5年6月16日閣議決定）",
    } <= outside
    local = {item.text for item in shipped("jirei-h26").references if item.kind == "local_rule"}
    assert {"美唄市一般競争入札(地域限定型)実施要綱", "苫小牧市中小企業振興条例"} <= local


LAW = """調達試験法
（令和二年法律第十号）

（目的）
第一条　この法律は、官公需についての中小企業者の受注の確保に関する法律（昭和四十一年法律第九十七号。以下「官公需法」という。）第二条に規定する者のために定める。

（方針）
第二条　国は、方針を作成する。
２　前項の方針には、次の各号に掲げる事項を定める。
　一　目標
　二　前号に準ずる事項
３　第一項及び前条の規定は、官公需法第五条第三項の公表に準用する。この場合において、同項中「遅滞なく」とあるのは、「直ちに」とする。

（罰則）
第三条　前条第二項第二号又は第一条の規定に違反した者は、第五条により罰する。
"""


def test_places_inside_a_law() -> None:
    parsed = parse(LAW, DocumentKind.LAW, doc="法")
    assert [
        (text, targets, status)
        for text, kind, targets, status in rows(parsed, "第2条")
        if kind.startswith("internal")
    ] == [
        ("前項", ["第2条/第1項"], "resolved"),
        ("次の各号", ["第2条/第2項/第1号", "第2条/第2項/第2号"], "resolved"),
        ("前号", ["第2条/第2項/第1号"], "resolved"),
        ("第一項", ["第2条/第1項"], "resolved"),
        ("前条", ["第1条"], "resolved"),
    ]
    assert rows(parsed, "第3条") == [
        ("前条第二項第二号", "internal_deictic", ["第2条/第2項/第2号"], "resolved"),
        ("第一条", "internal_explicit", ["第1条"], "resolved"),
        ("第五条", "internal_explicit", [], "dangling"),
    ]
    assert named(parsed, "同項").law == LawCitation(
        "官公需についての中小企業者の受注の確保に関する法律", "昭和41年法律第97号", "5条", "3項"
    )


def test_laws_and_documents_of_the_same_base_are_found_and_lost_again() -> None:
    law = parse(LAW, DocumentKind.LAW, doc="試験法")
    citing = parse(
        "手引き\n\n1 根拠\n\n調達試験法（令和2年法律第10号）第2条第2項第2号及び第3条による。\n",
        DocumentKind.OTHER,
        doc="手引き",
    )
    _, resolved = resolve_across([law, citing])
    assert [(item.targets, item.status) for item in resolved.references] == [
        (("試験法/第2条/第2項/第2号",), "resolved"),
        (("試験法/第3条",), "resolved"),
    ]
    (alone,) = resolve_across([resolved])
    assert [(item.targets, item.status) for item in alone.references] == [
        ((), "external"),
        ((), "external"),
    ]


def test_a_basic_policy_is_that_of_the_day_named() -> None:
    _, kikan = resolve_across([shipped("kihon-r05"), shipped("shigaku-r08")])
    assert all(not item.targets for item in kikan.references if item.kind == "external_doc")


def test_citations() -> None:
    places = read_places("第百六十七条の二第一項第四号及び第二項に規定する", 0)
    assert [(place.article, place.paragraph, place.item) for place in places] == [
        ("167条の2", "1項", "4号"),
        ("167条の2", "2項", None),
    ]


@given(
    st.text(
        "第1２（）(3)①②～、及びから上記次の各号同法条項当該方針「」別紙注\n建設業法", max_size=120
    ),
    st.sampled_from(list(DocumentKind)),
)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_inside_it(text: str, kind: DocumentKind) -> None:
    parsed = parse(text, kind)
    ids = {node.id for node in parsed.nodes}
    for item in parsed.references:
        assert 0 <= item.span.start < item.span.end <= len(text)
        assert item.source in ids
        assert set(item.targets) <= ids
        assert (item.status == "resolved") == bool(item.targets)


def test_long_rows_of_numbers_are_read_in_linear_steps() -> None:
    text = "1 題\n\n上記" + "①" * 2000 + "、2の" + "(1)から" * 200 + "(2)まで" + "「" * 2000
    assert [item.kind for item in parse(text, DocumentKind.OTHER).references] == ["internal_range"]


def test_judged_references(shared: Path) -> None:
    documents = [shipped(path.stem) for path in sorted(CORPUS.glob("*.txt"))]
    scores = score(shared / "gold", documents)
    assert scores.judged > 100
    assert scores.found >= 0.97 * scores.judged
    assert scores.right >= 0.95 * scores.judged
    assert scores.definitions_found >= 0.95 * scores.definitions
