"""Laws: every article, caption, paragraph and item at the place an officer would name."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import to_nodes
from ingest.law import read_law
from ingest.law_labels import read_annex, read_article, read_items, read_section, read_supplement
from ingest.lines import read_lines
from ingest.page import Extract
from kb.documents import Node, NodeKind
from kb.numbers import branched_name, read_branched, read_number

ORDER = """調達試験法
（令和二年法律第十号）

目次
　第一章　総則（第一条・第二条）
　第二章　契約（第三条―第五条）
　附則

　　　第一章　総則

（目的）
第一条　この法律は、調達の公正を図ることを目的とする。

（定義）
第二条　この法律において「発注者」とは、次に掲げる者をいう。
　一　国
　二　地方公共団体
　二の二　前二号に準ずる者であつて次に掲げるもの
　　イ　公社
　　　（１）　都の公社
　　　（２）　県の公社
　　ロ　公庫
２　この法律において「業者」とは、発注者でない者をいう。
　一　会社
３　前項の規定は、第四条の場合には適用しない。

　　　第二章　契約

第３条（契約の方法）　契約は、一般競争による。
第四条及び第五条　削除
（随意契約）
第五条の二　予定価格が次の表の額以下のときは、随意契約によることができる。
　区分 | 額
　一　工事 | 四百万円

　　　附　則

（施行期日）
１　この法律は、公布の日から施行する。
２　第三条の規定は、令和三年四月一日から適用する。

　　　附　則　（令和四年六月一日法律第五十号）　抄
第一条　この法律は、公布の日から施行する。

別表第一（第五条の二関係）
　備考　額は税込みとする。
"""


def nodes_of(text: str, doc: str = "法") -> tuple[Node, ...]:
    extract = Extract.of_text(text)
    return to_nodes(doc, read_law(read_lines(extract)), extract)


def test_every_unit_has_the_name_an_officer_gives_it() -> None:
    assert [(node.id, node.heading) for node in nodes_of(ORDER)] == [
        ("法/前文", "調達試験法"),
        ("法/目次", "目次"),
        ("法/第1章", "総則"),
        ("法/第1条", "目的"),
        ("法/第2条", "定義"),
        ("法/第2条/第1項", ""),
        ("法/第2条/第1項/第1号", ""),
        ("法/第2条/第1項/第2号", ""),
        ("法/第2条/第1項/第2号の2", ""),
        ("法/第2条/第1項/第2号の2/イ", ""),
        ("法/第2条/第1項/第2号の2/イ/(1)", ""),
        ("法/第2条/第1項/第2号の2/イ/(2)", ""),
        ("法/第2条/第1項/第2号の2/ロ", ""),
        ("法/第2条/第2項", ""),
        ("法/第2条/第2項/第1号", ""),
        ("法/第2条/第3項", ""),
        ("法/第2章", "契約"),
        ("法/第3条", "契約の方法"),
        ("法/第4条から第5条まで", ""),
        ("法/第5条の2", "随意契約"),
        ("法/附則", "附　則"),
        ("法/附則/第1項", "施行期日"),
        ("法/附則/第2項", ""),
        ("法/附則（令和4年6月1日法律第50号）", "附　則　（令和四年六月一日法律第五十号）　抄"),
        ("法/附則（令和4年6月1日法律第50号）/第1条", ""),
        ("法/別表第1", "（第五条の二関係）"),
    ]


def test_an_article_is_named_without_its_chapter_but_stands_under_it() -> None:
    article = next(node for node in nodes_of(ORDER) if node.id == "法/第2条/第3項")
    assert article.path == ("第1章", "第2条", "第3項")
    assert article.parent == "法/第2条"
    assert article.body == "前項の規定は、第四条の場合には適用しない。"


def test_a_table_row_that_begins_like_an_item_is_text() -> None:
    article = next(node for node in nodes_of(ORDER) if node.id == "法/第5条の2")
    assert article.body == (
        "予定価格が次の表の額以下のときは、随意契約によることができる。\n"
        "区分 | 額\n一　工事 | 四百万円"
    )


def test_spans_cover_caption_and_label_and_give_the_text_back() -> None:
    nodes = {node.id: node for node in nodes_of(ORDER)}
    article = nodes["法/第1条"]
    assert ORDER[article.start : article.end].startswith("（目的）\n第一条　この法律は")
    paragraph = nodes["法/第2条/第1項"]
    assert ORDER[paragraph.start : paragraph.end] == (
        "この法律において「発注者」とは、次に掲げる者をいう。\n"
    )
    assert nodes["法/別表第1"].kind is NodeKind.ANNEX


def test_a_hard_wrapped_rule_in_arabic_numerals_is_joined() -> None:
    text = (
        "○○市契約規則\n\n（趣旨）\n第１条　この規則は、契約に関し必要な事項を定めるものとし、地方自治法施行令\n"
        "第１６７条の２第１項の規定によるほか、この規則の定めるところによるもの\nとする。\n"
        "（用語）\n第２条　用語は、次の各号のとおりとする。\n(1)　契約　請負、売買及び貸借の契約をいい、次条\n"
        "から第１０条までに定めるものをいう。\n(2)　業者　相手方をいう。\n"
    )
    nodes = {node.id: node for node in nodes_of(text)}
    assert list(nodes) == ["法/前文", "法/第1条", "法/第2条", "法/第2条/第1号", "法/第2条/第2号"]
    assert nodes["法/第1条"].body == (
        "この規則は、契約に関し必要な事項を定めるものとし、地方自治法施行令"
        "第１６７条の２第１項の規定によるほか、この規則の定めるところによるものとする。"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("百六十七", 167),
        ("１６７", 167),
        ("一六七", 167),
        ("十", 10),
        ("二百三", 203),
        ("千二", 1002),
    ],
)
def test_numbers(text: str, value: int) -> None:
    assert read_number(text) == value


def test_labels() -> None:
    label = read_article("第百六十七条の二の三　地方")
    assert label is not None
    assert (label.name, label.first, label.length) == ("第167条の2の3", (167, 2, 3), 11)
    assert read_article("第三条第一項の規定により") is None
    section = read_section("第四節（第三十条を除く。）の規定は")
    assert section is None
    assert [item.label.name for item in read_items("二の二　次の者")] == ["2の2"]
    assert read_supplement("附則第三条の規定により") is None
    annex = read_annex("別表第二　第二号法定受託事務（第二条関係）")
    assert annex is not None
    assert annex.name == "別表第2"
    assert read_annex("別表第二の上欄に掲げる") is None


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=3))
def test_branched_numbers_are_read_back(numbers: list[int]) -> None:
    assert read_branched(branched_name(tuple(numbers))) == tuple(numbers)


LINES = st.sampled_from(ORDER.splitlines()) | st.text(
    "第一二条項章（）１２イロ　 \n|・①(1)", max_size=12
)


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_any_lines_give_unique_ids_and_every_character_once(text: str) -> None:
    nodes = nodes_of(text)
    assert len({node.id for node in nodes}) == len(nodes)
    covered = [
        offset for node in nodes for span in node.segments for offset in range(span.start, span.end)
    ]
    assert len(covered) == len(set(covered))
    visible = {offset for offset, sign in enumerate(text) if not sign.isspace()}
    assert visible <= set(covered)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def law_text(records: list[dict[str, Any]]) -> str:
    """A law laid out from its articles, for laws whose text is not at hand."""
    lines: list[str] = [records[0]["law"]]
    above: list[str] = []
    for record in records:
        for depth, section in enumerate(record["path"]):
            if record["path"][: depth + 1] != above[: depth + 1] and section != "別表":
                lines.append(section)
        above = record["path"]
        if record["cap"]:
            lines.append(f"（{record['cap']}）")
        lines.append(f"{record['art']}{chr(10) if above == ['別表'] else '　'}{record['text']}")
    return "\n".join(lines)


def source_of(place: int, nodes: tuple[Node, ...], text: str) -> str:
    """The source of the node at `place` and of those below it, which follow it."""
    own = nodes[place].id
    below = takewhile(lambda node: node.id == own or node.id.startswith(f"{own}/"), nodes[place:])
    spans = sorted(span for node in below for span in node.segments)
    return "".join(text[span.start : span.end] for span in spans)


def test_all_articles_of_the_laws_at_hand(shared: Path) -> None:
    folder = shared / "data" / "laws"
    by_law: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            record = json.loads(row)
            by_law[record["law"]].append(record)
    texts = {
        path.stem.partition("（")[0]: path.read_text(encoding="utf-8")
        for path in folder.glob("*.txt")
    }
    checked = 0
    for law, records in by_law.items():
        text = texts.get(law) or law_text(records)
        nodes = nodes_of(text)
        places = {node.id: place for place, node in enumerate(nodes)}
        for record in records:
            label = read_article(record["art"]) or read_annex(record["art"])
            assert label is not None
            place = places[f"法/{label.name}"]
            caption = f"（{record['cap']}）" if record["cap"] else ""
            if record["path"] != ["別表"]:
                assert bare(nodes[place].heading) == bare(record["cap"])
            assert bare(source_of(place, nodes, text)) == bare(
                caption + record["art"] + record["text"]
            )
            checked += 1
    assert checked == 2725
