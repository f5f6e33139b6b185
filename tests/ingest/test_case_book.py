"""Case books of other years and forms than the shipped one."""

from __future__ import annotations

import pytest

from ingest.case_fields import field_of
from ingest.case_lines import read_sheets
from ingest.lines import Line
from ingest.traced import TracedText
from kb.documents import DocumentKind, NodeKind
from kb.spans import Span
from tests.ingest.helpers import node, parse

NUMBERED = """令和２年度 官公需における発注事例集

目次
事例１ 地域の企業を活かす分離発注（青森県八戸市） ………… 3
事例２ 新商品の随意契約（高知県） ………… 5

【事例１】地域の企業を活かす分離発注

青森県八戸市

１．取組の目的

市内企業の受注機会を増やすため、庁舎の改修工事を分離して発注した。

■対象業務

電気設備工事及び機械設備工事

■ 発注実績

令和元年度は、１２件を発注した。

【事例２】新商品の随意契約

高知県

■目的

県内企業の新商品を県が購入し、販路の開拓を支援する。

■他団体で導入する場合の留意点

予算の確保が必要である。
"""

FIELDED = """平成30年度 官公需における発注事例集

1. 調査の概要

調査は、地方公共団体に対して行った。

2. 事例の一覧

No\t施策・取組等\t施策の概要\t地方公共団体
1\tくじ引きによる見積先の選定\t偏りを防ぐ。\t愛媛県松山市
2\t除雪協力企業への加点\t除雪を評価する。\t秋田県

3. 具体的な事例

【区分1】入札方式の改善

区分：1. 入札方式の改善
事業名：除雪協力企業への加算
秋田県

事業の目的

除雪に協力する企業を評価する。

評価の基準

除雪の契約を結ぶ者に5点を加える。

区 分： 1. 入札方式の改善

取組内容： くじ引きによる見積先の選定

愛媛県松山市

取組の目的

見積先の偏りを防ぐことを目的とする。
"""


def test_cases_that_carry_their_numbers() -> None:
    parsed = parse(NUMBERED)
    assert parsed.document.kind is DocumentKind.JIREI
    cases = [item.case for item in parsed.nodes if item.kind is NodeKind.CASE]
    assert [
        (case.number, case.title, case.organisation, case.prefecture) for case in cases if case
    ] == [
        (1, "地域の企業を活かす分離発注", "青森県八戸市", "青森県"),
        (2, "新商品の随意契約", "高知県", "高知県"),
    ]
    fields = [(item.id, item.field_name) for item in parsed.nodes if item.parent == "d/事例2"]
    assert fields == [
        ("d/事例2/目的", "目的"),
        ("d/事例2/他団体で導入する場合の留意点", "留意点"),
    ]
    assert node(parsed, "事例1/取組の目的").field_name == "目的"
    assert node(parsed, "事例1/対象業務").body == "電気設備工事及び機械設備工事"


def test_numbers_come_from_the_list_at_the_front() -> None:
    parsed = parse(FIELDED)
    cases = [item for item in parsed.nodes if item.kind is NodeKind.CASE]
    assert [(item.id, item.path) for item in cases] == [
        ("d/事例2", ("3", "区分1", "事例2")),
        ("d/事例1", ("3", "区分1", "事例1")),
    ]
    assert cases[0].case is not None
    assert cases[0].case.category == "入札方式の改善"
    assert cases[0].heading == "除雪協力企業への加算"
    assert node(parsed, "事例2/評価の基準").field_name == "認定・審査基準"
    assert node(parsed, "2").body.splitlines()[1] == (
        "1\tくじ引きによる見積先の選定\t偏りを防ぐ。\t愛媛県松山市"
    )


def test_a_category_named_again_stays_one_section() -> None:
    parsed = parse(
        "【区分1】\n\n区分：1. 入札\n事業名：甲\n秋田県\n\n【区分1】続き", DocumentKind.JIREI
    )
    category = node(parsed, "区分1")
    assert [item.id for item in parsed.nodes if item.label == "区分1"] == ["d/区分1"]
    assert "".join(parsed.text[part.start : part.end] for part in category.segments).split() == [
        "【区分1】",
        "【区分1】続き",
    ]


def test_html_tables_lose_their_tags_only() -> None:
    text = FIELDED + (
        "\n評価項目\t<p>協定を結ぶ者</p> <p>協会の会員</p>\t5点\n"
        '<table border="1"><tr><td>区</td><td>点</td></tr><tr><td>甲</td><td>3</td></tr></table>\n'
    )
    body = node(parse(text), "事例1/取組の目的").body
    assert body.endswith("評価項目\t協定を結ぶ者 協会の会員\t5点\n区\t点\n甲\t3")


def test_a_heading_after_a_list_that_ends_in_a_noun() -> None:
    parsed = parse(
        FIELDED.replace(
            "5点を加える。",
            "5点を加える。次のとおり。\n- (1) 除雪\n- (2) 内容が軽易であるもの\n\n登録対象者\n\n市内の者",
        )
    )
    assert node(parsed, "事例2/登録対象者").field_name == "対象者"
    assert node(parsed, "事例2/登録対象者").body == "市内の者"


def test_field_names() -> None:
    expected = {
        "事業の目的": "目的",
        "根拠となる法令等": "根拠法令等",
        "関連する要綱等": "根拠法令等",
        "制度導入の根拠": "根拠法令等",
        "登録対象者": "対象者",
        "対象企業": "対象者",
        "対象となる新商品": "対象商品・業務",
        "対象とする発注工事": "対象商品・業務",
        "対象製品の要件": "要件",
        "申請者の要件（抜粋）": "要件",
        "審査基準": "認定・審査基準",
        "評価項目・配点等": "認定・審査基準",
        "登録期間": "期間",
        "発注金額の上限": "金額・上限",
        "各発注担当部署での対応状況": "実施状況・実績",
        "取り抜け方式適用事例": "発注事例",
        "官公需施策上の効果等に対する貴団体としての評価": "効果・評価",
        "他団体で導入する場合の留意点等": "留意点",
        "入札方式の概要": "概要",
        "ドローン": None,
    }
    assert {heading: field_of(heading) for heading in expected} == expected


MARKED = """官公需に関する地方公共団体における取組事例集

■ 分離・分割発注の工夫

【取組名】庁舎改修工事の分割発注
【団体名】岡山県津山市

【取組の背景】
地元の業者が受注しにくかった。
【取組の効果】
地元の受注率が2割上がった。

■ 地元企業の優先

【取組名】地域要件の設定
【団体名】神奈川県川崎市

【根拠】
川崎市契約規則第8条
"""
NAMED = """取組事例集（平成30年度版）

１．少額随意契約の活用

事例名：オープンカウンター方式の導入
機関名：国立研究開発法人北部研究所

（１）導入の経緯
見積先の偏りが課題だった。
（２）実施方法
(1) 案件を載せる。
(2) 見積りを受ける。
（３）実績
平成29年度は120件

事例名：名簿による見積先の選定
機関名：新潟県長岡市

（１）登録の要件
市内に主たる事業所があること。
"""
BARE = """官公需施策事例集　2021

事例　小規模修繕登録制度
　　　（山形県酒田市）

１　制度の目的
　市内の小規模な業者の受注機会を広げる。
２　契約の上限額
　50万円
３　制度の評価
　登録者が増えた。

事例　除雪業務の共同受注
　　　（北海道旭川市）

１　留意点
　連絡体制をとること。
"""
GROUPS = """事 例 集 （令和４年度）

取組団体：　静岡県　浜松市
取組名称：　地元業者への分離発注

１　取組の趣旨・目的
地元業者の受注を増やす。
２　成果・効果
受注が増えた。

取組団体：　福岡県　北九州市
取組名称：　最低制限価格の見直し

１　取組の趣旨・目的
ダンピングを防ぐ。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            MARKED,
            [
                "事例1 庁舎改修工事の分割発注 岡山県津山市 分離・分割発注の工夫",
                "事例1/取組の背景 目的", "事例1/取組の効果 効果・評価",
                "事例2 地域要件の設定 神奈川県川崎市 地元企業の優先", "事例2/根拠 根拠法令等",
            ],
        ),
        (
            NAMED,
            [
                "事例1 オープンカウンター方式の導入 国立研究開発法人北部研究所 少額随意契約の活用",
                "事例1/導入の経緯 目的", "事例1/実施方法 概要", "事例1/実績 実施状況・実績",
                "事例2 名簿による見積先の選定 新潟県長岡市 少額随意契約の活用", "事例2/登録の要件 要件",
            ],
        ),
        (
            BARE,
            [
                "事例1 小規模修繕登録制度 山形県酒田市",
                "事例1/制度の目的 目的", "事例1/契約の上限額 金額・上限", "事例1/制度の評価 効果・評価",
                "事例2 除雪業務の共同受注 北海道旭川市", "事例2/留意点 留意点",
            ],
        ),
        (
            GROUPS,
            [
                "事例1 地元業者への分離発注 静岡県浜松市",
                "事例1/取組の趣旨・目的 目的", "事例1/成果・効果 効果・評価",
                "事例2 最低制限価格の見直し 福岡県北九州市", "事例2/取組の趣旨・目的 目的",
            ],
        ),
    ],
    ids=["【】", "事例名", "without numbers", "取組団体"],
)  # fmt: skip
def test_books_of_other_years(text: str, expected: list[str]) -> None:
    rows = []
    for item in parse(text).nodes:
        place = item.id.removeprefix("d/")
        if case := item.case:
            rows.append(f"{place} {case.title} {case.organisation} {case.category}".rstrip())
        elif place.startswith("事例"):
            rows.append(f"{place} {item.field_name}")
    assert rows == expected


def test_a_row_whose_mark_between_cells_was_put_in() -> None:
    key, value = (
        TracedText.of("目的販路の開拓を支援する。", 0, 2),
        TracedText.of("目的販路の開拓を支援する。", 2),
    )
    row = Line(TracedText.join([key, value], "\t"), Span(0, 13), is_row=True, table=0)
    head = Line(
        TracedText.join([TracedText.of("事業名", 0), TracedText.of("夢づくり", 0)], "\t"),
        Span(0, 7),
        is_row=True,
        table=0,
    )
    found = [(line.text.text, line.span, line.depth) for line in read_sheets([head, row])[1:]]
    assert found == [("目的", Span(0, 2), 1), ("販路の開拓を支援する。", Span(2, 13), 0)]
