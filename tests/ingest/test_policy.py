"""Policies of other agencies, other years and other damage than the shipped ones."""

from __future__ import annotations

from tests.ingest.helpers import clause_ids, node, policy

TITLE = "令和6年度における国立研究開発法人海洋研究開発機構の中小企業者に関する契約の方針\n\n"


def test_full_width_numbers_five_levels_deep() -> None:
    parsed = policy(
        TITLE
        + """第１　目標
　１　契約目標
　（１）比率
　　①　機構は、次の措置を講ずるものとする。
　　　ア　発注情報を公表するものとする。
　　　イ　窓口を置くものとする。
　　②　機構は、実績を公表するものとする。
　（２）金額
　　機構は、金額を定めるものとする。
　２　新規中小企業者
　　機構は、比率の向上に努めるものとする。
第２　措置
　１　情報の提供
　　機構は、情報を提供するものとする。
附　則
　この方針は、令和６年６月１日から適用する。
"""
    )
    assert clause_ids(parsed) == [
        "第1", "第1/1", "第1/1/(1)", "第1/1/(1)/①", "第1/1/(1)/①/ア", "第1/1/(1)/①/イ",
        "第1/1/(1)/②", "第1/1/(2)", "第1/2", "第2", "第2/1", "附則",
    ]  # fmt: skip
    assert node(parsed, "第1/1/(1)").heading == "比率"
    assert node(parsed, "第1/1/(1)/①/イ").body == "窓口を置くものとする。"
    assert node(parsed, "附則").body == "この方針は、令和６年６月１日から適用する。"


def test_katakana_before_circled_numbers() -> None:
    parsed = policy(
        TITLE
        + """第1 措置

1 発注

(1) 分割

ア 機構は、次により分割する。

① 価格を考慮する。

② 数量を考慮する。

イ 機構は、時期を考慮する。

① 平準化する。

② 前倒しする。

(2) 納期

機構は、納期に配慮する。
"""
    )
    assert clause_ids(parsed) == [
        "第1", "第1/1", "第1/1/(1)", "第1/1/(1)/ア", "第1/1/(1)/ア/①", "第1/1/(1)/ア/②",
        "第1/1/(1)/イ", "第1/1/(1)/イ/①", "第1/1/(1)/イ/②", "第1/1/(2)",
    ]  # fmt: skip


def test_top_level_without_dai() -> None:
    parsed = policy(
        TITLE
        + """1. 目的

この方針は、受注の機会の増大を図ることを目的とする。

2. 目標

(1) 比率

比率は、60%とする。

(2) 金額

金額は、1億円とする。

3. 措置

機構は、措置を講ずる。
"""
    )
    assert clause_ids(parsed) == ["1", "2", "2/(1)", "2/(2)", "3"]
    assert node(parsed, "1").heading == "目的"


def test_item_level_skipped_and_kanji_numbers() -> None:
    parsed = policy(
        TITLE
        + """第一 目標

(1) 機構は、比率を定める。

(2) 機構は、金額を定める。

第二 措置

(1) 機構は、情報を提供する。
"""
    )
    assert clause_ids(parsed) == ["第1", "第1/(1)", "第1/(2)", "第2", "第2/(1)"]


def test_ocr_numbers_are_mended_only_in_sequence() -> None:
    items = [f"{n} 項目{n}について\n\n機構は、措置を講ずる。\n\n" for n in range(1, 10)]
    mended = ["1.0 一括調達\n\n機構は、配慮する。\n\n", "1 1 地域要件\n\n機構は、設定する。\n\n"]
    parsed = policy(TITLE + "第1 措置\n\n" + "".join(items + mended))
    assert clause_ids(parsed)[-2:] == ["第1/10", "第1/11"]
    tenth = node(parsed, "第1/10")
    assert tenth.heading == "一括調達"
    assert [(r.kind, r.before, r.after) for r in tenth.repairs if r.kind == "label"] == [
        ("label", "1.0", "10")
    ]

    loose = policy(
        TITLE + "第1 措置\n\n1 情報\n\n機構は、講ずる。\n\n1 4 人以上の場合は、別に定める。\n"
    )
    assert clause_ids(loose) == ["第1", "第1/1"]


def test_wrapped_lines_that_look_like_labels_stay_text() -> None:
    parsed = policy(
        TITLE
        + """第１ 措置に関する事項

１ 入札

機構は、公共工事の入札及び契約の適正化の促進に関する法律（平成１２年法律第１
２７号）第１２条の規定を踏まえ、及び上記２（２）①に掲げる分離発注並びに上記
（１）から（４）までの措置並びに令和
５ 年度の実績を踏まえ、②に留意するとともに、燃料の調達に当たっては上記
第２に掲げる措置を講ずるものとする。

２ 契約

機構は、講ずるものとする。
"""
    )
    assert clause_ids(parsed) == ["第1", "第1/1", "第1/2"]
    assert "平成１２年法律第１２７号）第１２条" in node(parsed, "第1/1").body


def test_list_inside_a_clause_is_not_its_sibling() -> None:
    parsed = policy(
        TITLE
        + """第1 措置

1 対象

(1) 機構は、次のいずれかに該当する者を優遇する。

(1) 県内に本店を有する者

(2) 創業から5年以内の者

(3) 組合

(2) 機構は、優遇の結果を公表する。

(3) 機構は、毎年度見直す。

2 期間

機構は、期間を定める。
"""
    )
    assert clause_ids(parsed) == ["第1", "第1/1", "第1/1/(1)", "第1/1/(2)", "第1/1/(3)", "第1/2"]
    assert node(parsed, "第1/1/(1)").body.endswith("(3) 組合")


def test_a_lost_item_does_not_stop_the_rest() -> None:
    parsed = policy(
        TITLE
        + "第1 措置\n\n1 情報\n\n機構は、提供する。\n\n3 納期\n\n機構は、配慮する。\n\n4 契約\n\n機構は、結ぶ。\n\n"
        "第3 体制\n\n機構は、体制を整える。\n"
    )
    assert clause_ids(parsed) == ["第1", "第1/1", "第1/3", "第1/4", "第3"]


def test_repeated_label_gets_a_number() -> None:
    parsed = policy(
        TITLE
        + "第1 措置\n\n1 情報\n\n機構は、「窓口」（注）を置く。\n\n（注）本部に置くもの。\n\n（注）支部にも置くもの。\n"
    )
    assert clause_ids(parsed) == ["第1", "第1/1", "第1/1/(注)", "第1/1/(注)#2"]
    assert node(parsed, "第1/1/(注)#2").label == "(注)#2"


def test_text_after_the_last_item_goes_back_to_its_parent() -> None:
    text = (
        TITLE
        + """第1 目標

1 契約目標

機構は、以下の方策について取り組むものとする。

① 財務部は、発注計画を公表するものとする。

なお、急を要する場合は、この限りでない。

② 研究部は、仕様を見直すものとする。

なお、機構は、実績を公表するものとする。

また、速やかに報告するものとする。

2 体制

機構は、体制を整える。
"""
    )
    parsed = policy(text)
    target = node(parsed, "第1/1")
    assert target.body == (
        "機構は、以下の方策について取り組むものとする。\n"
        "なお、機構は、実績を公表するものとする。\nまた、速やかに報告するものとする。"
    )
    assert len(target.segments) == 2
    second = target.segments[1]
    assert text[second.start : second.end].startswith("なお、機構は、実績を")
    assert node(parsed, "第1/1/①").body.endswith("なお、急を要する場合は、この限りでない。")


def test_sentences_cut_by_page_marks_are_joined() -> None:
    parsed = policy(
        TITLE
        + """第1 措置

1 納期

機構は、適正な納期を設定し、中小企業者が十分対応できる

- 3 -

よう配慮するものとする。契約の

-18-

金額（入札に

よる契約を含む。）を見直すものとする。

2 支払

機構は、速やかに支払う。
"""
    )
    assert node(parsed, "第1/1").body == (
        "機構は、適正な納期を設定し、中小企業者が十分対応できるよう配慮するものとする。"
        "契約の金額（入札による契約を含む。）を見直すものとする。"
    )
    marks = [r.before for r in node(parsed, "第1/1").repairs if r.kind == "page_mark"]
    assert marks == ["- 3 -", "-18-"]


def test_table_of_contents_is_not_the_outline() -> None:
    parsed = policy(
        TITLE
        + """目次
第1 目標 ………………… 1
第2 措置 ………………… 3

第1 目標
第2 措置

第1 目標

機構は、目標を定める。

第2 措置

機構は、措置を講ずる。
"""
    )
    assert clause_ids(parsed) == ["第1", "第2"]
    assert node(parsed, "第2").body == "機構は、措置を講ずる。"


def test_annexes_follow_the_clauses() -> None:
    parsed = policy(
        TITLE
        + """第1 措置

機構は、措置を講ずる。

附則

この方針は、公表の日から適用する。

別紙1 特定品目

1 織物

2 家具
"""
    )
    assert clause_ids(parsed) == ["第1", "附則", "別紙1", "別紙1/1", "別紙1/2"]
    assert node(parsed, "別紙1").heading == "特定品目"
    assert node(parsed, "別紙1").kind == "annex"


def test_preamble_holds_title_and_text() -> None:
    parsed = policy(
        TITLE + "機構は、官公需法に基づき次のとおり定める。\n\n第1 目標\n\n機構は、定める。\n"
    )
    preamble = node(parsed, "前文")
    assert preamble.heading.startswith("令和6年度における")
    assert preamble.body == "機構は、官公需法に基づき次のとおり定める。"
    assert parsed.document.issuer == "国立研究開発法人海洋研究開発機構"
    assert parsed.document.fiscal_year is not None
    assert parsed.document.fiscal_year.western == 2024
