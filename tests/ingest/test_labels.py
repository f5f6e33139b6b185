from __future__ import annotations

import pytest

from ingest.labels import LabelKind, read_labels


@pytest.mark.parametrize(
    ("line", "kind", "name", "rest"),
    [
        ("第１ 中小企業者の受注", LabelKind.DAI, "第1", "中小企業者の受注"),
        ("第二　措置", LabelKind.DAI, "第2", "措置"),
        ("第10", LabelKind.DAI, "第10", ""),
        ("１　目標", LabelKind.NUM, "1", "目標"),
        ("12. 技術力", LabelKind.NUM, "12", "技術力"),
        ("3、納期", LabelKind.NUM, "3", "納期"),
        ("3 分離・分割発注の推進", LabelKind.NUM, "3", "分離・分割発注の推進"),
        ("1 本方針の適用範囲", LabelKind.NUM, "1", "本方針の適用範囲"),
        ("1 項目", LabelKind.NUM, "1", "項目"),
        ("（１）個別発注", LabelKind.PAREN, "(1)", "個別発注"),
        ("(10) 資金繰り", LabelKind.PAREN, "(10)", "資金繰り"),
        ("⑵ 納期", LabelKind.PAREN, "(2)", "納期"),
        ("③国等は、", LabelKind.CIRCLED, "③", "国等は、"),
        ("㉑ 雑則", LabelKind.CIRCLED, "㉑", "雑則"),
        ("ア 発注", LabelKind.KATA, "ア", "発注"),
        ("（ｲ）納期", LabelKind.PAREN_KATA, "(イ)", "納期"),
        ("1.2 範囲", LabelKind.DOTTED, "1.2", "範囲"),
        ("Ⅱ 目標", LabelKind.ROMAN, "Ⅱ", "目標"),
        ("（注）協議会をいう。", LabelKind.NOTE, "(注)", "協議会をいう。"),
        ("（注２）同上", LabelKind.NOTE, "(注2)", "同上"),
        ("附　則", LabelKind.ANNEX, "附則", ""),
        ("別紙１ 特定品目", LabelKind.ANNEX, "別紙1", "特定品目"),
        ("（別紙）", LabelKind.ANNEX, "別紙", ""),
    ],
)
def test_reads(line: str, kind: LabelKind, name: str, rest: str) -> None:
    found = [label for label in read_labels(line) if label.kind is kind]
    assert [(label.name, line[label.length :]) for label in found] == [(name, rest)]


@pytest.mark.parametrize(
    "line",
    [
        "２７号）第１２条の規定",
        "第５条の規定に基づき",
        "第２及び第３に掲げる",
        "第１から第３まで",
        "（１）から（４）までと同様の措置",
        "（１）に掲げる予定価格",
        "②に留意するとともに",
        "①、②の対応",
        "①及び③のような",
        "令和５年度",
        "5 年度の実績",
        "10 月 1 日から",
        "25%を目指す",
        "１（４）に掲げる",
        "（注）において",
        "第1 目標 ………… 3",
        "別紙「開催について」に記載した",
        "",
    ],
)
def test_is_text(line: str) -> None:
    assert read_labels(line) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [("1.0 一括", "10"), ("1 3 中小", "13"), ("2 1 令和2年", "21"), ("１ ６ 石油", "16")],
)
def test_split_numbers_are_offered_first(line: str, name: str) -> None:
    first = read_labels(line)[0]
    assert (first.name, first.repaired) == (name, line.rsplit(" ", 1)[0])
