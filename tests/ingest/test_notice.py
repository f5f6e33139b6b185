from __future__ import annotations

from kb.documents import DocumentKind, NodeKind
from tests.ingest.helpers import node, parse

LETTER = """令和９年度 官公需セミナー開催のご案内

令和９年５月１日
関東経済産業局 産業部

平素より官公需施策にご協力をいただき、ありがとうございます。

別紙「令和９年度 官公需セミナー 開催概要」のとおり開催いたしますので、ご案内申し上げます。

ご参加くださいますようお願いいたします。

（問い合わせ先）
関東経済産業局 産業部


令和９年度 官公需セミナー 開催概要

【日時】

時刻\t内容
10:00\t開会

【申込方法】

電子メールでお申し込みください。
"""

HEADED = """# 調達の手引き

この手引きは、担当者のために作った。

## 準備

仕様を決める。

### 予算

予算を確かめる。

## 契約

契約を結ぶ。
"""


def test_letter_and_annex() -> None:
    parsed = parse(LETTER)
    assert parsed.document.kind is DocumentKind.OTHER
    assert [(item.id, item.kind) for item in parsed.nodes] == [
        ("d/案内文", NodeKind.SECTION),
        ("d/案内文/問い合わせ先", NodeKind.SECTION),
        ("d/別紙", NodeKind.ANNEX),
        ("d/別紙/【日時】", NodeKind.SECTION),
        ("d/別紙/【申込方法】", NodeKind.SECTION),
    ]
    assert node(parsed, "案内文").heading == "令和９年度 官公需セミナー開催のご案内"
    assert node(parsed, "別紙").heading == "令和９年度 官公需セミナー 開催概要"
    assert node(parsed, "別紙/【日時】").heading == "日時"
    assert node(parsed, "別紙/【日時】").body == "時刻\t内容\n10:00\t開会"
    assert parsed.document.title == "令和9年度 官公需セミナー開催のご案内"


def test_markdown_sections_nest_by_depth() -> None:
    parsed = parse(HEADED)
    assert [item.id for item in parsed.nodes] == [
        "d/調達の手引き",
        "d/調達の手引き/準備",
        "d/調達の手引き/準備/予算",
        "d/調達の手引き/契約",
    ]
    assert node(parsed, "調達の手引き/準備/予算").body == "予算を確かめる。"


def test_numbered_guideline() -> None:
    text = """調達ガイドライン

1 総則
1.1 目的
この指針は、調達の適正を図ることを目的とする。
1.2 範囲
(1) 本庁に適用する。
(2) 支所に適用する。
2 手続
2.1 公告
ア 公告は、10日前までに行う。
イ 公告は、電子で行う。
"""
    ids = [item.id for item in parse(text).nodes]
    assert ids == [
        "d/前文", "d/1", "d/1/1.1", "d/1/1.2", "d/1/1.2/(1)", "d/1/1.2/(2)",
        "d/2", "d/2/2.1", "d/2/2.1/ア", "d/2/2.1/イ",
    ]  # fmt: skip


def test_text_without_any_structure_is_grouped() -> None:
    sentence = "国は、受注の機会の増大に努める。\n\n"
    parsed = parse(sentence * 200)
    assert [item.id for item in parsed.nodes] == ["d/段落1", "d/段落2", "d/段落3", "d/段落4"]
