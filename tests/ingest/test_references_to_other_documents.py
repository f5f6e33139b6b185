"""References of a policy to other documents: basic policies, rules, notices, addresses on the web."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.references import resolve_across
from kb.documents import DocumentKind
from tests.ingest.helpers import parse
from tests.ingest.reference_styles import POLICY, cited


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "山川市契約規則第8条第2項及び第9条による。",
            ["山川市契約規則第8条第2項及び第9条 → external"],
        ),
        (
            "本市の契約事務取扱要綱第5条に定める者を選ぶ。",
            ["本市の契約事務取扱要綱第5条 → external"],
        ),
        ("国土交通省告示第1号に関わる25水整第852号の工事を発注する。", []),
        ("平成27年9月30日付け国総入企第14号に基づき、適切に対応する。", []),
        (
            "令和5年11月29日付けで公表された「労務費の適切な転嫁のための価格交渉に関する指針」を踏まえる。",
            ["「労務費の適切な転嫁のための価格交渉に関する指針」 → external"],
        ),
        (
            "物価高対策については、「デフレ完全脱却のための総合経済対策」（令和5年11月2日閣議決定）の趣旨を踏まえる。",
            ["「デフレ完全脱却のための総合経済対策」（令和5年11月2日閣議決定） → external"],
        ),
        ("基本方針第2の2(1)に掲げる措置を講ずる。", ["基本方針第2の2(1) → external"]),
        ("基本方針の別紙に掲げる品目とする。", ["基本方針 → external", "別紙 → external"]),
        ("令和7年度の基本方針に即して定めた方針とする。", ["令和7年度の基本方針 → external"]),
        (
            "「公共建築工事積算基準」及び「公共建築数量積算基準」に基づく積算を行う。",
            ["「公共建築工事積算基準」 → external", "「公共建築数量積算基準」 → external"],
        ),
        (
            "国等の契約における中小企業者の適正な利益の確保に関する通達を守る。",
            ["国等の契約における中小企業者の適正な利益の確保に関する通達 → external"],
        ),
        (
            "官公需適格組合証明要領に基づき証明を受けた組合とする。",
            ["官公需適格組合証明要領 → external"],
        ),
        (
            "詳細は、https://www.example.go.jp/kankouju/r8.html を参照する。",
            ["https://www.example.go.jp/kankouju/r8.html → external"],
        ),
        ("ISO 9001（2015年版）の認証、JIS A 5308の規格、H26.4.1以降の契約を対象とする。", []),
        (
            "「官公需適格組合の競争契約参加資格審査における総合点数の算定方法に関する特例について」（昭和57年2月3日建設省厚発第30号）によるものとする。",
            [
                "「官公需適格組合の競争契約参加資格審査における総合点数の算定方法に関する特例について」（昭和57年2月3日建設省厚発第30号） → external"
            ],
        ),
        (
            "中小企業庁が定める「官公需施策の手引き」を参考とする。",
            ["「官公需施策の手引き」 → external"],
        ),
        (
            "令和5年4月25日閣議決定の基本方針を踏まえ、令和6年6月21日に閣議決定された「骨太の方針」に即す。",
            ["令和5年4月25日閣議決定の基本方針 → external", "「骨太の方針」 → external"],
        ),
        ("本方針は、令和8年4月21日閣議決定した。", []),
        (
            "市契約規則第12条の2及び契約事務取扱規程第3条ただし書による。",
            ["市契約規則第12条の2 → external", "契約事務取扱規程第3条ただし書 → external"],
        ),
        ("市が定める契約規則第3条による。", ["契約規則第3条 → external"]),
        (
            "技術資料作成要領に基づく資料（以下「申請書等」という。）を提出し、申請書等の審査を受ける。",
            ["技術資料作成要領 → external"],
        ),
        (
            "基本方針第2の1(2)及び第3の2に準じ、令和8年度基本方針第1の2に定める目標を踏まえる。",
            ["基本方針第2の1(2)及び第3の2 → external", "令和8年度基本方針第1の2 → external"],
        ),
        (
            "国等の契約の基本方針（令和7年4月22日閣議決定）第2の3(1)②及び公共工事標準請負契約約款（昭和25年2月21日決定）第25条第5項による。",
            [
                "国等の契約の基本方針（令和7年4月22日閣議決定）第2の3(1)② → external",
                "公共工事標準請負契約約款（昭和25年2月21日決定）第25条第5項 → external",
            ],
        ),
    ],
)
def test_other_documents(sentence: str, expected: list[str]) -> None:
    assert cited(sentence) == expected


def test_a_clause_of_another_document_of_the_base_is_found() -> None:
    basic = parse(
        "令和8年度中小企業者に関する国等の契約の基本方針\n\n第1 目標\n\n国等は、努める。\n\n"
        "第2 措置\n\n1 情報\n\n国等は、公表する。\n\n2 価格\n\n(1) 国等は、調べる。\n\n(2) 国等は、直す。\n",
        DocumentKind.KIHON,
        doc="kihon",
    )
    basic = replace(basic, document=replace(basic.document, decided_on="2026-04-21"))
    citing = parse(
        POLICY.format("基本方針第2の2(1)及び第2の1に掲げる措置を講じ、基本方針の第1に即す。"),
        DocumentKind.KIKAN,
    )
    _, resolved = resolve_across([basic, citing])
    found = [
        (item.text, item.targets)
        for item in resolved.references
        if item.source.startswith("d/第2/3")
    ]
    assert found == [
        ("基本方針第2の2(1)及び第2の1", ("kihon/第2/2/(1)", "kihon/第2/1")),
        ("基本方針の第1", ("kihon/第1",)),
    ]
