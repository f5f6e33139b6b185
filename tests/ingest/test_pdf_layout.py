"""What the layout of PDF pages tells: headings, painted numbers, running heads, cut tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.page import Extract, FoundHeading, Page
from ingest.parse import parse_extract
from ingest.readers.pdf import read_pdf
from ingest.readers.picture_labels import trusted
from kb.documents import NodeKind, ParsedDocument, TableData
from kb.errors import InputError
from kb.settings import Settings
from kb.spans import Span
from tests.ingest.helpers import node
from tests.ingest.samples import PdfPage, grid, pdf, placed
from tests.ingest.test_invariants import assert_sound

PATH = Path("仕様書.pdf")
BODY = "受注者は、業務の実施に当たり、本仕様書に定める事項を遵守しなければならない。"
OTHER = "発注者は、受注者が提出した成果物を、受領の日から十日以内に検査するものとする。"
LONG = (
    "受注者は、業務の実施に当たり、発注者と協議の上、業務の全部を通じて善良な管理者の注意をもって"
)


def parsed(*pages: PdfPage) -> ParsedDocument:
    extract = read_pdf(pdf(*pages), PATH, Settings())
    found = parse_extract(extract, PATH, "d", None, "0" * 64)
    assert_sound(found)
    return found


def page(
    lines: Sequence[tuple[str, str, int]], labels: Sequence[tuple[int, int, str]] = ()
) -> PdfPage:
    """A page of lines from the top, each with its font and size, 24 points apart."""
    drawing = "".join(
        placed(120, 780 - 24 * row, text, font, size)
        for row, (text, font, size) in enumerate(lines)
    )
    return PdfPage(drawing=drawing, labels=labels)


def test_larger_and_gothic_lines_are_headings_and_the_cover_is_the_title() -> None:
    found = parsed(
        page([("業務委託仕様書", "F2", 20), ("令和９年４月", "F2", 13)]),
        page([("総則", "F2", 14), (BODY, "F1", 10), ("用語", "F2", 10), (OTHER, "F1", 10)]),
        page([("契約", "F2", 14), (BODY, "F1", 10), (OTHER, "F1", 10)]),
    )
    assert [(item.id, item.heading, item.page) for item in found.nodes] == [
        ("d/前文", "業務委託仕様書 令和９年４月", 1),
        ("d/総則", "総則", 2),
        ("d/総則/用語", "用語", 2),
        ("d/契約", "契約", 3),
    ]


def test_one_style_of_headings_nests_by_its_numbers() -> None:
    found = parsed(
        page([
            ("１ 総則", "F2", 10), ("１.１ 目的", "F2", 10), (BODY, "F1", 10),
            ("（１） 範囲を定める。", "F1", 10), ("（２） 期間を定める。", "F1", 10),
            ("１.２ 体制", "F2", 10), (BODY, "F1", 10), ("２ 契約", "F2", 10), (BODY, "F1", 10),
        ])
    )  # fmt: skip
    assert [item.id for item in found.nodes] == [
        "d/1", "d/1/1.1", "d/1/1.1/(1)", "d/1/1.1/(2)", "d/1/1.2", "d/2",
    ]  # fmt: skip
    assert node(found, "1/1.1").heading == "目的"


def test_a_heading_broken_over_two_lines_is_one() -> None:
    first, second = "業務の実施体制及び作業の管理並びに", "成果物の検査に関する事項"
    drawing = (
        placed(60, 780, first, "F2", 16) + placed(60, 762, second, "F2", 16)
        + "".join(placed(60, 700 - 16 * row, f"{row}{BODY}") for row in range(9))
        + placed(60, 500, "契約", "F2", 16) + placed(60, 480, BODY)
    )  # fmt: skip
    extract = read_pdf(pdf(PdfPage(), PdfPage(), PdfPage(drawing=drawing)), PATH, Settings())
    assert [extract.text[item.span.start : item.span.end] for item in extract.headings] == [
        f"{first}\n{second}", "契約",
    ]  # fmt: skip
    found = parse_extract(extract, PATH, "d", None, "0" * 64)
    assert [item.heading for item in found.nodes] == [first + second, "契約"]


def test_painted_numbers_are_read_into_their_lines() -> None:
    lines = [
        ("総則", "F2", 14),
        ("目的", "F2", 12),
        (BODY, "F1", 10),
        ("体制", "F2", 12),
        (BODY, "F1", 10),
    ]
    labels = [(90, 780, "1."), (90, 756, "1.1."), (90, 708, "1.2.")]
    found = parsed(
        page(lines, labels), page([("契約", "F2", 14), (BODY, "F1", 10)], [(90, 780, "2.")])
    )
    assert [(item.id, item.heading) for item in found.nodes] == [
        ("d/1", "総則"), ("d/1/1.1", "目的"), ("d/1/1.2", "体制"), ("d/2", "契約"),
    ]  # fmt: skip
    assert found.text.startswith("1. 総則\n1.1. 目的\n")
    assert found.document.warnings == (
        "1〜2ページの見出しの番号は画像から読み取りました。"
        "大切な番号は元の文書と照らして確認してください。",
    )


def test_painted_numbers_that_do_not_count_on_are_not_trusted() -> None:
    lines = [("総則", "F2", 14), (BODY, "F1", 10)]
    found = parsed(*(page(lines, [(90, 780, label)]) for label in ("3.7.", "9.4.", "5.2.")))
    assert found.document.warnings == (
        "1〜3ページに見出しの番号などを画像で書いた所があり、その部分は読めません。"
        "番号は元の文書で確認してください。",
    )
    assert "3.7" not in found.text


def test_which_labels_count_on() -> None:
    assert trusted(["1.", "1.1.", "1.2.", "2.", "(1)", "(2)"]) == [True] * 6
    assert trusted(["1.1.", "1.3."]) == [False, False]
    assert trusted([]) == []


def running(number: int, *lines: str) -> PdfPage:
    """A page with a running head above its lines and its number at its foot."""
    return PdfPage(
        ("○○市契約事務の手引き（令和９年度版）", *lines), drawing=placed(290, 30, str(number))
    )


def test_running_heads_and_page_numbers_go_and_sentences_are_joined() -> None:
    found = parsed(
        running(1, "第１ 総則", BODY, LONG),
        running(2, "業務を処理するものとする。", "第２ 契約", BODY, LONG),
        running(3, "業務を処理するものとする。", BODY),
    )
    assert [item.id for item in found.nodes] == ["d/第1", "d/第2"]
    assert node(found, "第1").body.splitlines()[-1] == f"{LONG}業務を処理するものとする。"
    assert "手引き" not in "".join(item.text for item in found.nodes)
    repairs = [repair for item in found.nodes for repair in item.repairs]
    assert [r.before for r in repairs if r.kind == "running_head"] == [
        "○○市契約事務の手引き（令和９年度版）"
    ] * 3
    assert sorted(r.before for r in repairs if r.kind == "page_mark") == ["1", "2", "3"]


def test_headings_that_only_look_alike_are_no_running_heads() -> None:
    texts = [f"事例{number}\n取組の内容は、第{number}のとおりとする。" for number in range(1, 6)]
    extract = Extract.of_pages(texts)
    found = parse_extract(extract, PATH, "d", None, "0" * 64)
    kept = "".join(item.id + item.text for item in found.nodes)
    assert all(f"事例{number}" in kept for number in range(1, 6))


HEADER = ("機関", "物件", "役務")


def table_page(rows: Sequence[Sequence[str]], bottom_up: int, *lines: str) -> PdfPage:
    """A page with a ruled table whose lowest edge is at `bottom_up`."""
    lefts = [60, 160, 260, 360]
    tops = [bottom_up + 20 * step for step in range(len(rows) + 1)]
    cells = "".join(
        placed(lefts[column] + 5, tops[-1] - 15 - 20 * row, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    )
    words = "".join(placed(60, 780 - 16 * row, line) for row, line in enumerate(lines))
    return PdfPage(drawing=words + grid(lefts, tops) + cells)


def test_a_table_over_two_pages_with_a_repeated_header_is_one() -> None:
    first = table_page(
        [HEADER, ("Ａ省", "100", "20")], 40, "第１ 実績", "実績は、次の表のとおりとする。"
    )
    second = table_page([HEADER, ("Ｂ省", "90", "10")], 760)
    extract = read_pdf(pdf(first, second), PATH, Settings())
    (table,) = extract.tables
    assert table.data == TableData(HEADER, (("Ａ省", "100", "20"), ("Ｂ省", "90", "10")))


def test_columns_that_continue_without_a_header_are_the_same_table() -> None:
    first = table_page([HEADER, ("Ａ省", "100", "20")], 40, "第１ 実績", BODY)
    second = table_page([("Ｂ省", "90", "10"), ("Ｃ省", "80", "5")], 740)
    found = parsed(first, second)
    (table,) = [item for item in found.nodes if item.kind is NodeKind.TABLE]
    assert table.table == TableData(
        HEADER, (("Ａ省", "100", "20"), ("Ｂ省", "90", "10"), ("Ｃ省", "80", "5"))
    )


def test_text_between_parts_two_tables() -> None:
    first = table_page([HEADER, ("Ａ省", "100", "20")], 40)
    second = table_page([HEADER, ("Ｂ省", "90", "10")], 600, "次の表は、翌年度の実績である。")
    extract = read_pdf(pdf(first, second), PATH, Settings())
    assert [len(table.data.rows) for table in extract.tables] == [1, 1]


def test_rows_of_a_table_are_no_clauses() -> None:
    rows = [("項番", "業務", "担当"), ("1 ", "設計", "調達課"), ("2 ", "検査", "会計室")]
    found = parsed(table_page(rows, 600, "第１ 体制", BODY), PdfPage(("第２ 契約", BODY)))
    assert [item.id for item in found.nodes if item.kind is NodeKind.CLAUSE] == ["d/第1", "d/第2"]
    assert node(found, "第1/表").table == TableData(
        rows[0], (("1", "設計", "調達課"), ("2", "検査", "会計室"))
    )


def test_headings_lie_in_the_text() -> None:
    extract = Extract(
        "手引き\n総則\n国は、努める。\n契約\n市は、努める。", (Page(1, "", 0),),
        headings=(FoundHeading(Span(0, 3), 0), FoundHeading(Span(4, 6), 1), FoundHeading(Span(15, 17), 1)),
    )  # fmt: skip
    found = parse_extract(extract, PATH, "d", None, "0" * 64)
    assert [(item.id, item.heading, item.body) for item in found.nodes] == [
        ("d/前文", "手引き", ""),
        ("d/総則", "総則", "国は、努める。"),
        ("d/契約", "契約", "市は、努める。"),
    ]


LAID_OUT = pdf(
    page([("1. 総則", "F2", 14), (BODY, "F1", 10), ("目的", "F2", 12)], [(90, 732, "1.1.")]),
    table_page([HEADER, ("Ａ省", "100", "20")], 40, "第１ 実績"),
    table_page([HEADER, ("Ｂ省", "90", "10")], 740),
)


@settings(max_examples=40)
@given(
    start=st.integers(0, len(LAID_OUT)), removed=st.integers(0, 300), added=st.binary(max_size=40)
)
def test_any_damage_to_a_layout_is_read_or_refused(start: int, removed: int, added: bytes) -> None:
    try:
        extract = read_pdf(LAID_OUT[:start] + added + LAID_OUT[start + removed :], PATH, Settings())
    except InputError:
        return
    spans = [item.span for item in (*extract.tables, *extract.headings)]
    assert all(span.end <= len(extract.text) for span in spans)
    assert_sound(parse_extract(extract, PATH, "d", None, "0" * 64))
