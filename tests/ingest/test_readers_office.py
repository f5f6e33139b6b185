"""Word and Excel."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.compose import Cell, Composer, table_data
from ingest.readers.docx import read_docx
from ingest.readers.docx_numbering import number_text
from ingest.readers.xlsx import read_xlsx
from kb.documents import TableData
from kb.errors import InputError
from kb.settings import Settings
from kb.spans import Span
from tests.ingest.samples import word, zipped

WORD, EXCEL = Path("方針.docx"), Path("実績.xlsx")


def _element(tag: str, *children: Any, **attributes: str) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element


def _number(document: Any, *levels: tuple[str, str]) -> str:
    """Define a list whose levels have these formats and patterns; returns its id."""
    definition = _element("abstractNum", abstractNumId="77")
    for depth, (form, pattern) in enumerate(levels):
        definition.append(
            _element(
                "lvl",
                _element("start", val="1"),
                _element("numFmt", val=form),
                _element("lvlText", val=pattern),
                ilvl=str(depth),
            )
        )
    root = document.part.numbering_part.element
    root.insert(0, definition)
    root.append(_element("num", _element("abstractNumId", val="77"), numId="77"))
    return "77"


def _numbered(document: Any, text: str, list_id: str, depth: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        _element("numPr", _element("ilvl", val=str(depth)), _element("numId", val=list_id))
    )


def _workbook(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_word_headings_numbers_and_paragraphs() -> None:
    document = docx.Document()
    document.add_heading("契約の方針", 0)
    document.add_heading("総則", 1)
    document.add_paragraph("次に掲げる措置を\t講ずる。\n以上")
    list_id = _number(
        document, ("decimalFullWidth", "第%1"), ("aiueoFullWidth", "%2"), ("decimal", "(%1-%3)")
    )
    for text, depth in [("目的", 0), ("甲", 1), ("乙", 1), ("細目", 2), ("期間", 0), ("丙", 1)]:
        _numbered(document, text, list_id, depth)
    assert read_docx(word(document), WORD, Settings()).text == (
        "# 契約の方針\n# 総則\n次に掲げる措置を　講ずる。\n以上\n"
        "第１ 目的\nア 甲\nイ 乙\n(１-1) 細目\n第２ 期間\nア 丙\n"
    )


def test_word_skips_deleted_hidden_and_repeated_words() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("残る")
    deleted = _element("del", _element("r", _element("delText")))
    deleted[0][0].text = "消した"
    paragraph._p.append(deleted)
    inserted = _element("ins", _element("r", _element("t")))
    inserted[0][0].text = "足した"
    paragraph._p.append(inserted)
    paragraph.add_run("隠した").font.hidden = True
    ruby = _element(
        "ruby", _element("rt", _element("r", _element("t"))), _element("rubyBase", _element("r", _element("t")))
    )  # fmt: skip
    ruby[0][0][0].text, ruby[1][0][0].text = "かん", "官"
    paragraph.add_run()._r.append(ruby)
    assert read_docx(word(document), WORD, Settings()).text == "残る足した官\n"


def test_word_tables_and_frames() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in enumerate([("区分", "実績", ""), ("", "物件", "役務"), ("Ａ省", "1", "2")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "囲みの文。"
    extract = read_docx(word(document), WORD, Settings())
    assert extract.text == "区分\t実績\n\t物件\t役務\nＡ省\t1\t2\n囲みの文。\n"
    (found,) = extract.tables
    assert found.data == TableData(("区分", "実績 物件", "実績 役務"), (("Ａ省", "1", "2"),))
    assert found.span == Span(0, 20)


@pytest.mark.parametrize(
    ("value", "form", "label"),
    [
        (3, "decimal", "3"), (3, "decimalFullWidth", "３"), (2, "decimalZero", "02"),
        (3, "aiueo", "ウ"), (2, "irohaFullWidth", "ロ"), (11, "decimalEnclosedCircle", "⑪"),
        (21, "decimalEnclosedCircle", "21"), (4, "lowerRoman", "iv"), (19, "upperRoman", "XIX"),
        (10, "japaneseCounting", "十"), (21, "ideographDigital", "二十一"), (1, "none", ""),
        (2, "ideographTraditional", "乙"),
    ],
)  # fmt: skip
def test_word_number_formats(value: int, form: str, label: str) -> None:
    assert number_text(value, form) == label


def test_excel_sheets_titles_and_merged_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "実績"
    for row in [
        ["令和５年度の実績"],
        ["機関", "契約", None, "割合"],
        [None, "件数", "決定日", None],
        ["Ａ省", 1234567, date(2025, 1, 10), 0.625],
        ["Ｂ省", 1.5, None, 0.5],
        ["※ 速報値"],
        [],
        ["別の段落"],
    ]:
        sheet.append(row)
    for place in ("A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(place)
    sheet["B4"].number_format = "#,##0"
    sheet["D4"].number_format = sheet["D5"].number_format = "0.0%"
    book.create_sheet("作業用").sheet_state = "hidden"
    extract = read_xlsx(_workbook(book), EXCEL, Settings())
    assert extract.text == (
        "# 実績\n令和５年度の実績\n機関\t契約\t\t割合\n\t件数\t決定日\n"
        "Ａ省\t1,234,567\t2025-01-10\t62.5%\nＢ省\t1.5\t\t50.0%\n※ 速報値\n\n別の段落\n\n"
    )
    (table,) = extract.tables
    assert table.data == TableData(
        ("機関", "契約 件数", "契約 決定日", "割合"),
        (("Ａ省", "1,234,567", "2025-01-10", "62.5%"), ("Ｂ省", "1.5", "", "50.0%")),
    )
    assert extract.text[table.span.start : table.span.end].startswith("機関\t契約")
    assert extract.text[table.span.start : table.span.end].endswith("50.0%\n")
    assert extract.notes == (
        "非表示のシート「作業用」は取り込みませんでした。必要なら表示してから取り込んでください。",
    )


def test_a_row_heading_over_several_rows_means_no_header() -> None:
    cells = [
        Cell(0, 0, "提出", rows=2), Cell(0, 1, "期間"), Cell(0, 2, "1日"), Cell(1, 1, "場所"), Cell(1, 2, "Ｂ課"),
    ]  # fmt: skip
    assert table_data(cells) == TableData(
        ("", "", ""), (("提出", "期間", "1日"), ("提出", "場所", "Ｂ課"))
    )


def test_cells_of_a_written_table_hold_no_breaks() -> None:
    composer = Composer()
    composer.table([Cell(0, 0, "Ａ\n省"), Cell(0, 1, "1\t2"), Cell(1, 0, "計"), Cell(1, 1, "3")])
    extract = composer.extract()
    assert extract.text == "Ａ 省\t1 2\n計\t3\n"
    assert extract.tables[0].data == TableData(("Ａ\n省", "1\t2"), (("計", "3"),))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


@pytest.mark.parametrize(
    ("data", "limit", "reason"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), 1000,
         "ファイル「方針.docx」はパスワードで保護されています。Wordで開いて保護を外してください。"),
        (OLE, 1000, "ファイル「方針.docx」は古いWordの形式です。Wordで新しい形式に保存し直してください。"),
        (word(docx.Document())[:-40], 10**9,
         "ファイル「方針.docx」はWordの文書として開けません（壊れているか、途中で切れています）。もう一度入手してください。"),
        (zipped({"a.xml": b"<a/>"}), 1000,
         "ファイル「方針.docx」はWordの文書として開けません（壊れているか、途中で切れています）。もう一度入手してください。"),
        (zipped({"word/document.xml": b" " * 5000}), 1000,
         "ファイル「方針.docx」は展開すると大きすぎます（5,000バイト、上限1,000バイト）。"
         "分割するか、環境変数 KB_MAX_UNPACKED_BYTES を増やしてください。"),
        (word(docx.Document()), 10**9,
         "ファイル「方針.docx」には文字がありません。中身のあるファイルを指定してください。"),
    ],
)  # fmt: skip
def test_unusable_files_say_why_and_what_to_do(data: bytes, limit: int, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_docx(data, WORD, Settings(max_unpacked_bytes=limit))
    assert str(caught.value) == reason


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(InputError, match="には文字がありません"):
        read_xlsx(_workbook(openpyxl.Workbook()), EXCEL, Settings())


def test_real_documents(shared: Path) -> None:
    path = shared / "realdocs" / "cio_01.docx"
    extract = read_docx(path.read_bytes(), path, Settings())
    assert (
        "\n# ２ 境界型セキュリティとゼロトラスト\n## ２.１ 境界型セキュリティとは\n" in extract.text
    )
    assert "西村 毅(注1)、" in extract.text
    assert "\n(注1) 政府CIO補佐官\n" in extract.text
    assert extract.tables[0].data.header == ("用語", "意味")
    path = shared / "realdocs" / "kinki_00.xlsx"
    sheets = read_xlsx(path.read_bytes(), path, Settings())
    assert "# 5.1.1企業の施工能力\n" in sheets.text
    assert sheets.tables[1].data.rows[0][:2] == (
        "5.1.3\n賃上げ評価",
        "賃上げの実施を表明した企業等",
    )
    path = shared / "realdocs" / "kinki_02.docx"
    table = read_docx(path.read_bytes(), path, Settings()).tables[0]
    assert table.data.header == ("対象工事名", "対象")
    assert table.data.rows[1] == ("②－１　余裕期間制度を活用した工事【発注者指定方式】", "○")


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200), part=st.sampled_from(["document", "numbering", "styles"]))
def test_any_bytes_are_read_or_refused(data: bytes, part: str) -> None:
    for candidate in (data, zipped({f"word/{part}.xml": data, "xl/workbook.xml": data})):
        for read, path in ((read_docx, WORD), (read_xlsx, EXCEL)):
            with pytest.raises(InputError):
                read(candidate, path, Settings())


def _sample_word() -> bytes:
    document = docx.Document()
    document.add_heading("総則", 1)
    document.add_table(2, 2).cell(0, 0).text = "Ａ"
    return word(document)


SAMPLE = _sample_word()


@settings(max_examples=30, deadline=None)
@given(start=st.integers(0, len(SAMPLE)), removed=st.integers(0, 200), added=st.binary(max_size=20))
def test_any_damage_is_read_or_refused(start: int, removed: int, added: bytes) -> None:
    try:
        extract = read_docx(SAMPLE[:start] + added + SAMPLE[start + removed :], WORD, Settings())
    except InputError:
        return
    assert extract.text.strip()
