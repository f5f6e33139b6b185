"""References inside laws: whose provision a bare number is, in lists, brackets and quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.law_references import count
from kb.documents import DocumentKind, ParsedDocument
from tests.ingest.helpers import parse

LAW = """調達試験法施行令
（令和二年政令第二十号）

第一条　{}

第二条　国は、努める。
２　市は、努める。
３　県は、努める。
　一　工事
　二　役務
４　村は、努める。

第三条　国は、定める。

第四条　市は、定める。
"""


def law(sentence: str) -> ParsedDocument:
    return parse(LAW.format(sentence), DocumentKind.LAW)


def cited(sentence: str) -> list[str]:
    """What the sentence refers to: text → place of this law, or law and article."""
    found = law(sentence)
    assert all(found.text[r.span.start : r.span.end] for r in found.references)
    rows = []
    for item in found.references:
        if item.law:
            place = "".join(filter(None, (item.law.article, item.law.paragraph, item.law.item)))
            rows.append(f"{item.text} → {item.law.name} {place}".rstrip())
        else:
            targets = ",".join(target.removeprefix("d/") for target in item.targets)
            rows.append(f"{item.text} → {targets or item.status}")
    return rows


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # A list goes on over brackets and captions.
        (
            "公職選挙法施行令第七条、第八条第一項（選挙人名簿に関する部分を除く。）及び第二項、第三条並びに第九条の二の規定を準用する。",
            ["公職選挙法施行令第七条 → 公職選挙法施行令 7条",
             "第八条第一項 → 公職選挙法施行令 8条1項",
             "第二項 → 公職選挙法施行令 8条2項",
             "第三条 → 公職選挙法施行令 3条",
             "第九条の二 → 公職選挙法施行令 9条の2"],
        ),
        # A bracket right behind a provision or a chapter belongs to it.
        (
            "会社法第二編第五章（第三条及び第四条第二項を除く。）の規定は、第三条の場合について準用する。",
            ["会社法 → 会社法", "第三条 → 会社法 3条", "第四条第二項 → 会社法 4条2項", "第三条 → 第3条"],
        ),
        # The list of the law itself.
        (
            "第二条第一項、第三項第二号及び第四項並びに第三条の規定は、会社法第八条の場合に適用する。",
            ["第二条第一項 → 第2条/第1項", "第三項第二号 → 第2条/第3項/第2号",
             "第四項 → 第2条/第4項", "第三条 → 第3条", "会社法第八条 → 会社法 8条"],
        ),
        # 同条 goes to what was named last around it, inside or outside.
        (
            "会社法（平成十七年法律第八十六号）第五条に規定する会社で、同条第二項に該当するものは、第二条第一項の届出をし、同条第三項の許可を受ける。",
            ["会社法（平成十七年法律第八十六号）第五条 → 会社法 5条", "同条第二項 → 会社法 5条2項",
             "第二条第一項 → 第2条/第1項", "同条第三項 → 第2条/第3項"],
        ),
        (
            "工事（建設業法第二条第一項に規定する建設工事をいう。）で同条第三項に規定するもの",
            ["建設業法第二条第一項 → 建設業法 2条1項", "同条第三項 → 建設業法 2条3項"],
        ),
        # What 「…」 quotes are the words of another text.
        (
            "この場合において、会社法第五条中「第三条」とあるのは「第四条第九項」と、同法第六条中「次条」とあるのは「第七条」とする。",
            ["会社法第五条 → 会社法 5条", "同法第六条 → 会社法 6条"],
        ),
        # 同法 is not changed by names in quotes.
        (
            "会社法第五条中「社員」とあるのは「民法第三条の者」と、同法第八条中「子」とあるのは「孫」とする。",
            ["会社法第五条 → 会社法 5条", "同法第八条 → 会社法 8条"],
        ),
        # Names of laws that no lexicon knows.
        ("漁港試験特別措置法第三条の許可", ["漁港試験特別措置法第三条 → 漁港試験特別措置法 3条"]),
        ("旧試験法第三条の許可", ["試験法第三条 → 試験法 3条"]),
        ("港湾の試験等を総合的に支援するための法律第三条の許可",
         ["港湾の試験等を総合的に支援するための法律第三条 → 港湾の試験等を総合的に支援するための法律 3条"]),
        ("選挙審査法中市に関する規定を準用する場合には、同法第三条の規定は、適用しない。選挙審査法第四条の規定も、同様とする。",
         ["選挙審査法 → 選挙審査法", "同法第三条 → 選挙審査法 3条", "選挙審査法第四条 → 選挙審査法 4条"]),
        # No references.
        ("第一号法定受託事務及び第二号被保険者の数", []),
        ("その旨を定める省令第二章の基準による方法（以下「電子的方法」という。）で行う。電子的方法で届け出る。", []),
        # 285の1 is no article.
        ("第三条の一部事務組合は、国とみなす。", ["第三条 → 第3条"]),
        ("次項及び第四条の規定による。\n２　前項の規定による。", ["次項 → 第1条/第2項", "第四条 → 第4条", "前項 → 第1条/第1項"]),
        ("第九条の規定による。", ["第九条 → dangling"]),
    ],
)  # fmt: skip
def test_whose_provision_it_is(sentence: str, expected: list[str]) -> None:
    assert cited(sentence) == expected


def test_items_know_what_the_words_above_them_named() -> None:
    found = law(
        "会社法第五条第一項に規定する者は、次のとおりとする。\n　一　同項の株主\n　二　同条第二項の社員"
    )
    rows = [
        (item.text, item.law.article, item.law.paragraph)
        for item in found.references
        if item.law and item.source.startswith("d/第1条/")
    ]
    assert rows == [("同項", "5条", "1項"), ("同条第二項", "5条", "2項")]


def test_few_references_of_real_laws_dangle(shared: Path) -> None:
    laws = list(count(shared / "data" / "laws"))
    assert len(laws) >= 14
    assert {law.name for law in laws if law.dangling_share > 0.02} == set()
    assert sum(law.dangling for law in laws) <= 0.005 * sum(law.resolved for law in laws)
