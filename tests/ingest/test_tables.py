"""Tables in running text become the cells of the node they stand alone in."""

from __future__ import annotations

from pathlib import Path

from ingest.manifest import load_manifest
from ingest.parse import parse_extract, parse_file
from ingest.readers.html import read_html
from ingest.tables import find_tables
from kb.documents import NodeKind, TableData
from kb.resources import CORPUS
from kb.settings import Settings
from kb.spans import Span
from tests.ingest.helpers import node, parse

HEADED = "# 入札の要件\n\n{}\n\n# 効果\n\n地元の受注が増えた。\n"
COMPANIES = "会社名\t業種\t規模\nA社\t土木\t中小企業\nB社\t建築\t\n"


def test_tab_separated_rows() -> None:
    (found,) = find_tables("受注企業\n\n" + COMPANIES)
    assert found.span == Span(6, 34)
    assert found.data == TableData(
        ("会社名", "業種", "規模"), (("A社", "土木", "中小企業"), ("B社", "建築", ""))
    )


def test_names_and_values_have_no_header() -> None:
    (found,) = find_tables("登録業種\t土木一式\n総合点数\t790 点以上\n工事实績\t要\n")
    assert found.data == TableData(
        ("", ""), (("登録業種", "土木一式"), ("総合点数", "790 点以上"), ("工事実績", "要"))
    )


def test_two_columns_with_figures_below_a_header() -> None:
    (found,) = find_tables("時刻\t登壇者\n10:00\t中小企業庁\n10:20\t総務省\n")
    assert found.data.header == ("時刻", "登壇者")


def test_rows_cut_by_a_page_break_are_one_table() -> None:
    (found,) = find_tables("項目\t条件\t点\n協定\tあり\t30\n\n雇用\t1人\t10\n消防\t2人\t5\n")
    assert [row[0] for row in found.data.rows] == ["協定", "雇用", "消防"]


def test_html_with_merged_cells() -> None:
    html = (
        "<table><thead><tr><th>区分</th><th colspan=2>実績</th></tr></thead>"
        "<tr><td rowspan='2'>物件</td><td>国</td><td>1<br>2</td></tr>"
        "<tr><td>県</td><td>3</td></tr></table>"
    )
    (found,) = find_tables(html)
    assert found.data == TableData(
        ("区分", "実績", "実績"), (("物件", "国", "1\n2"), ("物件", "県", "3"))
    )


def test_tables_are_units_of_their_own_and_keep_their_text() -> None:
    parsed = parse(HEADED.format("次による。\n\n表1 応募者\n" + COMPANIES + "\n以上とする。"))
    table = node(parsed, "入札の要件/表1")
    assert (table.kind, table.heading) == (NodeKind.TABLE, "表1 応募者")
    assert table.table is not None
    assert table.table.rows[0] == ("A社", "土木", "中小企業")
    assert table.body == "会社名\t業種\t規模\nA社\t土木\t中小企業\nB社\t建築"
    section = node(parsed, "入札の要件")
    assert (section.body, section.table) == ("次による。\n以上とする。", None)
    assert node(parsed, "効果").table is None


def test_two_tables_of_a_section_are_told_apart() -> None:
    two = COMPANIES + "\n次の表による。\n\n" + COMPANIES
    parsed = parse(HEADED.format(two))
    tables = [item for item in parsed.nodes if item.kind is NodeKind.TABLE]
    assert [item.id for item in tables] == ["d/入札の要件/表", "d/入札の要件/表#2"]
    assert all(item.table and len(item.table.rows) == 2 for item in tables)


def test_a_header_repeated_after_a_page_break_counts_once() -> None:
    parsed = parse(HEADED.format(COMPANIES + "\f\n会社名\t業種\t規模\nC社\t設備\t中小企業\n"))
    table = node(parsed, "入札の要件/表").table
    assert table is not None
    assert table.header == ("会社名", "業種", "規模")
    assert [row[0] for row in table.rows] == ["A社", "B社", "C社"]


def test_tables_a_reader_found_are_kept() -> None:
    page = (
        "<h1>要件</h1><p>次による。</p><table><tr><th>項目<th>点</tr>"
        "<tr><td>雇用<td>10</tr></table><h1>効果</h1><p>増えた。</p>"
    )
    path = Path("a.html")
    extract = read_html(page.encode(), path, Settings())
    parsed = parse_extract(extract, path, "d", None, "0" * 64)
    table = node(parsed, "要件/表")
    assert table.kind is NodeKind.TABLE
    assert table.table == TableData(("項目", "点"), (("雇用", "10"),))
    assert table.body == "項目\t点\n雇用\t10"
    assert node(parsed, "要件").table is None


def test_tables_of_the_shipped_case_book() -> None:
    path = CORPUS / "jirei-h26.txt"
    parsed = parse_file(path, "jirei-h26", load_manifest(CORPUS).entry_for(path), Settings())
    headers = {item.id: item.table.header for item in parsed.nodes if item.table}
    assert headers["jirei-h26/1/(4)"] == ("No", "施策の類型例", "件数")
    assert headers["jirei-h26/事例8/取り抜け方式適用事例"] == ("会社名", "業種", "規模")
    assert len(headers) == 12
    points = node(parsed, "事例19/資格審査における発注者別評価項目と評価点数").table
    assert points is not None
    assert [row[0] for row in points.rows] == [
        "災害時復旧協力協定締結",
        "地域加算",
        "女性技術者の雇用",
        "障害者雇用",
        "環境への配慮等",
        "子育て支援",
    ]


def test_text_without_tables() -> None:
    assert find_tables("表はない。\n一行だけ\tの表も\n表ではない。\n") == ()
