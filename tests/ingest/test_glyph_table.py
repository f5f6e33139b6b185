"""Statistics whose glyphs stand one on a line: the shipped table, and others of its kind."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.figure_columns import Head, check
from ingest.manifest import load_manifest
from ingest.parse import parse_file
from kb.documents import Node, NodeKind, ParsedDocument, TableData
from kb.resources import CORPUS
from kb.settings import Settings
from tests.ingest.helpers import node, policy
from tests.ingest.test_invariants import assert_sound

SHIPPED_ROWS = """\
国立大学法人豊橋技術科学大学 1,238 843 1,048 3,128 894 798 494 2,187 38 72.2 94.7 47.2 69.9 1.21
国立大学法人三重大学 7,869 2,255 3,829 13,953 2,738 1,842 1,304 5,885 66 34.8 81.7 34.1 42.2 0.47
国立大学法人滋賀大学 379 788 274 1,441 279 787 194 1,260 45 73.6 99.9 70.7 87.4 3.16
国立大学法人滋賀医科大学 12,829 3,725 3,319 19,874 5,681 3,239 1,276 10,197 130 44.3 86.9 38.5 51.3 0.65
国立大学法人京都大学 23,101 16,953 19,882 59,935 17,076 6,202 10,113 33,392 1,078 73.9 36.6 50.9 55.7 1.80
国立大学法人京都教育大学 409 715 551 1,675 219 715 299 1,234 2 53.6 100.0 54.3 73.6 0.15
国立大学法人京都工芸繊維大学 1,710 691 550 2,951 991 445 352 1,787 120 58.0 64.3 64.0 60.6 4.08
国立大学法人大阪大学 41,819 10,893 24,232 76,943 29,962 3,787 12,309 46,058 3,019 71.6 34.8 50.8 59.9 3.92
国立大学法人大阪教育大学 497 393 789 1,678 228 260 486 974 86 46.0 66.1 61.6 58.0 5.15
国立大学法人兵庫教育大学 440 577 308 1,325 149 561 155 865 12 34.0 97.3 50.2 65.3 0.87
国立大学法人神戸大学 24,187 2,469 11,634 38,290 13,190 2,367 5,753 21,310 215 54.5 95.9 49.4 55.7 0.56
国立大学法人奈良教育大学 245 368 239 852 205 366 146 717 [0] 83.9 99.2 61.0 84.1 0.00
国立大学法人奈良女子大学 215 919 932 2,066 166 917 473 1,556 12 77.0 99.8 50.7 75.3 0.57
国立大学法人和歌山大学 631 874 485 1,990 461 858 243 1,561 29 73.0 98.2 50.0 78.5 1.44
国立大学法人鳥取大学 15,479 2,708 4,622 22,808 12,480 2,592 2,778 17,851 163 80.6 95.7 60.1 78.3 0.71
国立大学法人島根大学 11,192 2,228 3,536 16,956 6,038 1,312 1,213 8,563 331 53.9 58.9 34.3 50.5 1.95
国立大学法人岡山大学 21,308 2,335 6,137 29,780 6,664 1,305 3,123 11,091 163 31.3 55.9 50.9 37.2 0.55
国立大学法人広島大学 23,115 4,231 4,798 32,144 13,916 908 3,871 18,696 456 60.2 21.5 80.7 58.2 1.42
国立大学法人山口大学 14,441 7,629 6,731 28,801 5,955 1,246 4,362 11,563 101 41.2 16.3 64.8 40.1 0.35
国立大学法人徳島大学 18,251 2,499 4,701 25,450 10,472 2,120 2,873 15,465 114 57.4 84.9 61.1 60.8 0.45
国立大学法人鳴門教育大学 518 487 319 1,323 327 478 185 991 6 63.1 98.3 58.1 74.9 0.43
国立大学法人香川大学 12,317 1,205 3,965 17,487 11,296 1,092 3,315 15,703 96 91.7 90.7 83.6 89.8 0.55
"""  # fmt: skip

PREFIX = (
    "中小企業者に関する契約の方針\n\n第１　目標\n国は、受注の機会の増大に努めるものとする。\n\n"
)
TITLE = "令和５年度中小企業・小規模事業者向け契約実績"
SUBJECTS = "各府省等名官公需総実績額(A)中小企業・小規模事業者向け契約実績額(B)"
NEWER = "新規中小企業者向け契約実績額(C)Ｂ／Ａ(%)Ｃ／Ａ(%)"
PARTS = "（単位：億円）" + "物件工事役務計" * 3
NOTES = (
    "（注1）計の欄の金額は、令和５年度の実績の積み上げである。"
    "（注2）括弧書（［］）は、金額が５千万円未満であることを示す。"
)


def in_pairs(text: str) -> str:
    """Two glyphs, each on its line, then a blank line."""
    return "".join("\n".join(text[at : at + 2]) + "\n\n" for at in range(0, len(text), 2))


def vertical(head: str, rows: str, tail: str = "") -> str:
    """The table as a PDF with vertical text gives it, cells broken as in the shipped file."""
    parts = [PREFIX, in_pairs(head)]
    for row in rows.splitlines():
        name, *cells = row.split()
        parts.append(in_pairs(name))
        for cell in cells:
            glyphs = re.findall(r"[.,]\d|\[\d|.", cell)
            broken = "\n".join(glyphs)
            parts.append(re.sub(r"(,\d)\n", r"\1\n\n", broken) + "\n\n")
    return "".join(parts) + in_pairs(tail)


@pytest.fixture(scope="module")
def shipped() -> ParsedDocument:
    path = CORPUS / "kihon-r05.txt"
    return parse_file(path, "kihon-r05", load_manifest(CORPUS).entry_for(path), Settings())


def cells_of(record: Node) -> tuple[str | None, ...]:
    assert record.table is not None
    (row,) = record.table.rows
    return row


def records(parsed: ParsedDocument) -> list[Node]:
    return [item for item in parsed.nodes if item.kind is NodeKind.RECORD]


def test_every_cell_of_the_shipped_table(shipped: ParsedDocument) -> None:
    expected = [tuple(line.split()) for line in SHIPPED_ROWS.splitlines()]
    assert [(item.label, *cells_of(item)) for item in records(shipped)] == expected
    table = node(shipped, "表").table
    assert table is not None
    assert list(table.rows) == expected
    assert {item.table.faults for item in records(shipped) if item.table} == {()}


def test_a_record_of_the_shipped_table(shipped: ParsedDocument) -> None:
    record = node(shipped, "表/国立大学法人三重大学")
    assert (record.parent, record.heading) == ("kihon-r05/表", "国立大学法人三重大学")
    assert record.body == (
        "国立大学法人三重大学の令和3年度の官公需総実績額(A)は物件7,869百万円、工事2,255百万円、"
        "役務3,829百万円、計13,953百万円、中小企業・小規模事業者向け契約実績額(B)は"
        "物件2,738百万円、工事1,842百万円、役務1,304百万円、計5,885百万円、"
        "新規中小企業者向け契約実績額(C)は66百万円、B/Aは物件34.8%、工事81.7%、役務34.1%、"
        "計42.2%、C/Aは0.47%である。"
    )
    assert record.table is not None
    assert record.table.header == (
        "官公需総実績額(A) 物件（百万円）",
        "官公需総実績額(A) 工事（百万円）",
        "官公需総実績額(A) 役務（百万円）",
        "官公需総実績額(A) 計（百万円）",
        "中小企業・小規模事業者向け契約実績額(B) 物件（百万円）",
        "中小企業・小規模事業者向け契約実績額(B) 工事（百万円）",
        "中小企業・小規模事業者向け契約実績額(B) 役務（百万円）",
        "中小企業・小規模事業者向け契約実績額(B) 計（百万円）",
        "新規中小企業者向け契約実績額(C)（百万円）",
        "B/A 物件（%）",
        "B/A 工事（%）",
        "B/A 役務（%）",
        "B/A 計（%）",
        "C/A（%）",
    )


def test_a_row_goes_back_to_its_glyphs(shipped: ParsedDocument) -> None:
    for record in records(shipped):
        (segment,) = record.segments
        source = re.sub(r"\s", "", shipped.text[segment.start : segment.end])
        assert source == record.label + "".join(cell or "" for cell in cells_of(record))
    record = node(shipped, "表/国立大学法人三重大学")
    at = record.text.index("13,953")
    span = record.source_map.to_source(at, at + len("13,953"))
    assert shipped.text[span.start : span.end] == "1\n3\n,9\n\n5\n3"
    assert_sound(shipped)


def test_what_the_shipped_table_has_lost(shipped: ParsedDocument) -> None:
    table = node(shipped, "表")
    assert table.heading == "令和３年度中小企業・小規模事業者向け契約実績（公庫等内訳）"
    assert table.table is not None
    assert table.table.header[0] == "公庫等名"
    assert table.table.faults == (
        "「令和3年度中小企業・小規模事業者向け契約実績」は見出しと注だけが残り、行はすべて失われています。",
        "「令和3年度中小企業・小規模事業者向け契約実績(公庫等内訳)」は見出しが2か所にありますが、"
        "そのうち1か所の行は失われています。",
        "合計の行はこのファイルにありません。",
        "「国立大学法人香川大学」の行より後は注の途中で切れ、その先は失われています。",
    )


def test_the_note_that_fits_the_unit_explains_zero(shipped: ParsedDocument) -> None:
    record = node(shipped, "表/国立大学法人奈良教育大学")
    assert "契約実績額(C)は[0]、B/A" in record.body
    assert record.body.endswith("である。[0]は50万円未満であることを示す。")


def test_a_table_of_ministries_in_another_year() -> None:
    rows = """\
衆議院 16 12 26 54 7 6 13 26 [0] 43.8 50.0 50.0 48.1 0.50
国土交通省 1,112 20,456 3,210 24,778 702 11,204 1,801 13,707 150 63.1 54.8 56.1 55.3 0.61
計 1,128 20,468 3,236 24,832 709 11,210 1,814 13,733 150 62.9 54.8 56.1 55.3 0.60
"""
    parsed = policy(vertical(TITLE + SUBJECTS + NEWER + PARTS, rows, NOTES))
    table = node(parsed, "表").table
    assert table is not None
    assert table.header[:2] == ("各府省等名", "官公需総実績額(A) 物件（億円）")
    assert table.rows[1][:5] == ("国土交通省", "1,112", "20,456", "3,210", "24,778")
    assert table.faults == ()
    assert [item.table.faults for item in records(parsed) if item.table] == [(), (), ()]
    house = node(parsed, "表/衆議院")
    assert house.body.startswith("衆議院の令和5年度の官公需総実績額(A)は物件16億円、")
    assert house.body.endswith("[0]は5千万円未満であることを示す。")
    assert_sound(parsed)


def test_a_table_without_newcomers() -> None:
    subjects = "各省各庁名官公需総実績額(A)中小企業者向け契約実績額(B)Ｂ／Ａ(%)"
    rows = "財務省 100 200 300 600 50 100 60 210 50.0 50.0 20.0 35.0\n"
    head = "平成25年度中小企業者向け契約実績" + subjects + PARTS
    parsed = policy(vertical(head, rows, NOTES))
    assert cells_of(node(parsed, "表/財務省")) == tuple(rows.split()[1:])
    assert node(parsed, "表/財務省").body.endswith("計35.0%である。")
    table = node(parsed, "表").table
    assert table is not None
    assert table.faults == ("合計の行はこのファイルにありません。",)


def test_heads_repeated_on_each_page() -> None:
    first = "Ａ研究所 10 20 30 60 5 10 6 21 1 50.0 50.0 20.0 35.0 1.67\n"
    second = first.replace("Ａ", "Ｂ")
    head = TITLE + SUBJECTS + NEWER + PARTS
    page = vertical(head, first, NOTES) + "-19-\n\n"
    parsed = policy(page + vertical(head, second, NOTES).removeprefix(PREFIX))
    assert [item.label for item in records(parsed)] == ["Ａ研究所", "Ｂ研究所"]
    table = node(parsed, "表").table
    assert table is not None
    assert table.faults == ("合計の行はこのファイルにありません。",)
    assert_sound(parsed)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "100 200 300 600",
            "100 200 300 700",
            "官公需総実績額(A)の物件・工事・役務の和は600ですが、計は700と書かれています。",
        ),
        (
            "20.0 35.0",
            "20.0 38.0",
            "B/Aの計は金額から求めると35.00%ですが、38.0%と書かれています。",
        ),
        ("1.67", "2.67", "C/Aは金額から求めると1.67%ですが、2.67%と書かれています。"),
    ],
)
def test_rows_that_do_not_add_up_are_marked(old: str, new: str, fault: str) -> None:
    row = "財務省 100 200 300 600 50 100 60 210 10 50.0 50.0 20.0 35.0 1.67\n"
    text = vertical(TITLE + SUBJECTS + NEWER + PARTS, row.replace(old, new), NOTES)
    record = node(policy(text), "表/財務省")
    assert cells_of(record) == tuple(row.replace(old, new).split()[1:])
    assert record.table is not None
    assert fault in record.table.faults


def test_figures_that_are_gone_are_not_guessed() -> None:
    row = "財務省 100 200 300 600 50 100 60 10 50.0 50.0 20.0\n"
    text = vertical(TITLE + SUBJECTS + NEWER + PARTS, row, NOTES)
    record = node(policy(text), "表/財務省")
    assert cells_of(record) == (None,) * 14
    assert record.body == "財務省の行は、数字を欄に分けられない：10020030060050100601050.050.020.0"
    assert record.table is not None
    assert record.table.faults == (
        "数字を列の数だけの欄に分けられません。数字が失われたか、余分な数字があります。"
        "元の資料で確かめてください。",
    )


def test_a_lost_head_leaves_the_letters() -> None:
    row = "財務省 100 200 300 600 50 100 60 210 10 50.0 50.0 20.0 35.0 1.67\n"
    record = node(policy(vertical("参考資料。", row * 2)), "表/財務省")
    assert record.table is not None
    assert record.table.header[3] == "(A) 計"
    assert cells_of(record)[3] == "600"
    assert record.body.startswith("財務省の(A)は物件100、工事200、")


def test_a_row_that_has_lost_its_name_says_so() -> None:
    row = "財務省 100 200 300 600 50 100 60 210 10 50.0 50.0 20.0 35.0 1.67\n"
    text = vertical(TITLE + SUBJECTS + NEWER + PARTS + "（注1）計の欄の金額", row)
    record = records(policy(text))[0]
    assert record.label == "名称不明"
    assert record.table is not None
    assert record.table.faults == ("行の名称が失われています。元の資料で確かめてください。",)


def test_text_after_the_table_stands_for_itself() -> None:
    row = "財務省 100 200 300 600 50 100 60 210 10 50.0 50.0 20.0 35.0 1.67\n"
    after = "この表は参考として毎年度作成し、各府省等の長に対して通知するものとする。\n" * 40
    parsed = policy(vertical(TITLE + SUBJECTS + NEWER + PARTS, row, NOTES) + after + "以上\n")
    assert node(parsed, "後文").body.endswith("以上")
    assert_sound(parsed)


def test_rounding_is_no_fault() -> None:
    head = Head(names=("総額", "中小", "新規"))
    exact = ("1,238", "843", "1,048", "3,129", "894", "798", "494", "2,186")
    rounded = (*exact[:3], "3,128", *exact[4:7], "2,187")
    shares = ("38", "72.2", "94.7", "47.2", "69.9", "1.21")
    assert check((*exact, *shares), head) == ()
    assert check((*rounded, *shares), head) == ()
    assert check((*exact[:3], "3,127", *exact[4:], *shares), head) == (
        "総額(A)の物件・工事・役務の和は3,129ですが、計は3,127と書かれています。",
    )


AMOUNTS = st.integers(min_value=1, max_value=99_999)


@settings(max_examples=25)
@given(st.lists(st.tuples(*[AMOUNTS] * 3, st.integers(1, 100)), min_size=1, max_size=4))
def test_rows_made_by_arithmetic_are_read_back(rows: list[tuple[int, ...]]) -> None:
    lines = []
    for number, (goods, works, services, percent) in enumerate(rows):
        total = [goods, works, services, goods + works + services]
        small = [amount * percent // 100 for amount in total[:3]]
        small.append(sum(small))
        newcomers = small[3] // 20
        shares = [f"{100 * part / whole:.1f}" for part, whole in zip(small, total, strict=True)]
        amounts = [f"{amount:,}" for amount in (*total, *small, newcomers)]
        share = f"{100 * newcomers / total[3]:.2f}"
        lines.append(" ".join(["甲乙丙丁"[number] + "機構", *amounts, *shares, share]))
    parsed = policy(vertical(TITLE + SUBJECTS + NEWER + PARTS, "\n".join(lines), NOTES))
    found = [" ".join((item.label, *map(str, cells_of(item)))) for item in records(parsed)]
    assert found == lines
    assert_sound(parsed)


@settings(max_examples=40)
@given(
    st.text(alphabet="0123456789,.[]-計注)(名国庫A令和年度実績。：単位", min_size=40, max_size=200)
)
def test_any_glyphs_become_a_sound_document(text: str) -> None:
    parsed = policy(PREFIX + in_pairs(text))
    assert_sound(parsed)
    for record in records(parsed):
        assert isinstance(record.table, TableData)
