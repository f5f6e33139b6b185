"""PDF: text, tables, and what is said of pages that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.damage import Health, health
from ingest.readers.pdf import read_pdf
from kb.documents import TableData
from kb.errors import InputError
from kb.settings import Settings
from tests.ingest.samples import PdfPage, encrypted, grid, pdf, placed

PATH = Path("公告.pdf")
HEADING = "第１　官公需における中小企業者の受注の機会の増大"
BODY = "国等は、予算の執行に当たって、中小企業者の受注の機会の増大を図るように努める。"
PROSE = (HEADING, BODY)
BROKEN_FONT = 0x0800
SAMPLE = pdf(
    PdfPage(PROSE), PdfPage(PROSE, shift=BROKEN_FONT), PdfPage(picture=True), PdfPage(), PdfPage(PROSE)
)  # fmt: skip


def test_pages_follow_one_another_and_keep_their_starts() -> None:
    extract = read_pdf(pdf(PdfPage(PROSE), PdfPage((BODY,))), PATH, Settings())
    assert extract.text == f"{HEADING}\n{BODY}\f{BODY}"
    assert [(page.number, page.start, page.extractor) for page in extract.pages] == [
        (1, 0, "pypdf"),
        (2, 65, "pypdf"),
    ]
    assert extract.notes == ()
    assert extract.page_at(65) == 2


def test_bad_pages_stay_empty_and_are_named() -> None:
    extract = read_pdf(SAMPLE, PATH, Settings())
    assert [page.text for page in extract.pages] == [
        f"{HEADING}\n{BODY}", "", "", "", f"{HEADING}\n{BODY}",
    ]  # fmt: skip
    assert extract.notes == (
        "2ページは文字コードの対応表が壊れていて文字化けするため取り込みませんでした。"
        "元の文書ファイルか、作り直したPDFを使ってください。",
        "3ページは画像だけで文字がないため取り込みませんでした。文字認識（OCR）をしたPDFを使ってください。",
    )


def test_pdfium_helps_where_pypdf_gives_garbage() -> None:
    extract = read_pdf(pdf(PdfPage(PROSE, shift=BROKEN_FONT, ranged=True)), PATH, Settings())
    assert extract.text == f"{HEADING}\n{BODY}"
    assert extract.pages[0].extractor == "pypdfium2"


def test_pdfium_reads_first_where_pages_are_heavy() -> None:
    heavy = "".join(placed(60, 700 - number % 600, "") for number in range(500))
    extract = read_pdf(pdf(PdfPage(PROSE, drawing=heavy)), PATH, Settings())
    assert extract.text == f"{HEADING}\n{BODY}"
    assert extract.pages[0].extractor == "pypdfium2"


def test_an_owner_password_alone_does_not_matter() -> None:
    assert read_pdf(encrypted(pdf(PdfPage((BODY,))), "", "owner"), PATH, Settings()).text == BODY


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(pdf(PdfPage(PROSE)), "user", "owner"),
         "ファイル「公告.pdf」はパスワードで保護されています。保護を外したPDFを用意してください。"),
        (pdf(PdfPage(PROSE, shift=BROKEN_FONT)),
         "ファイル「公告.pdf」（1ページ）は文字コードの対応表が壊れていて文字化けします。"
         "元の文書ファイルか、作り直したPDFを使ってください。"),
        (pdf(PdfPage(picture=True), PdfPage(picture=True)),
         "ファイル「公告.pdf」（2ページ）は画像だけで文字がありません。文字認識（OCR）をしたPDFを使ってください。"),
        (pdf(PdfPage()),
         "ファイル「公告.pdf」（1ページ）は白紙で、文字がありません。中身のあるファイルを指定してください。"),
        (b"%PDF-1.7\n1 0 obj\n<<",
         "ファイル「公告.pdf」は壊れているか途中で切れていて開けません。もう一度入手してください。"),
        (b"<html>not found</html>",
         "ファイル「公告.pdf」はPDFではありません。PDFとして保存し直すか、正しい拡張子に変えてください。"),
    ],
)  # fmt: skip
def test_unusable_files_say_why_and_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_pdf(data, PATH, Settings())
    assert str(caught.value) == reason


def test_pages_before_the_cut_of_a_truncated_file_are_used() -> None:
    whole = pdf(*[PdfPage(PROSE)] * 6)
    extract = read_pdf(whole[: len(whole) * 2 // 3], PATH, Settings())
    texts = [page.text for page in extract.pages if page.text]
    assert 3 <= len(texts) <= 4
    assert set(texts) == {f"{HEADING}\n{BODY}"}
    assert extract.notes[-1] == (
        "ファイルの終わりが欠けています。内容が足りないときは、もう一度入手してください。"
    )


def test_no_more_than_the_allowed_pages_are_read() -> None:
    extract = read_pdf(pdf(*[PdfPage((BODY,))] * 3), PATH, Settings(max_pages=2))
    assert len(extract.pages) == 2
    assert extract.notes == (
        "全3ページのうち上限の2ページまで取り込みました。続きは分割するか、環境変数 KB_MAX_PAGES を増やしてください。",
    )


def test_a_ruled_table_is_found_with_its_place() -> None:
    drawing = (
        grid([60, 160, 260, 360], [700, 720, 740])
        + placed(65, 725, "機関") + placed(165, 725, "物件") + placed(265, 725, "役務")
        + placed(65, 705, "Ａ省") + placed(165, 705, "100") + placed(265, 705, "20")
    )  # fmt: skip
    extract = read_pdf(pdf(PdfPage(PROSE, drawing=drawing)), PATH, Settings())
    (table,) = extract.tables
    assert table.data == TableData(("機関", "物件", "役務"), (("Ａ省", "100", "20"),))
    assert extract.text[table.span.start : table.span.end] == "機関\t物件\t役務\nＡ省\t100\t20"


def test_health_tells_text_from_garbage() -> None:
    assert health(HEADING + BODY) is Health.GOOD
    assert health(" \n ") is Health.EMPTY
    assert health("１ 総則 ........................................ 3\n" * 9) is Health.GOOD
    assert (
        health("".join(chr(ord(character) + BROKEN_FONT) for character in BODY)) is Health.GARBLED
    )
    misread = BODY.encode().decode("cp932", errors="ignore")
    assert health(misread) is Health.GARBLED
    assert health(BODY.encode().decode("latin-1")) is Health.GARBLED
    assert health(BODY + "\ue000\ue001\ue002") is Health.SUSPECT
    assert health("⽅⽇⼤⻑" + BODY) is Health.GOOD


def test_every_real_document_is_read_or_refused(shared: Path) -> None:
    read = {}
    notes = {
        "13": (
            "2〜20ページの見出しの番号は画像から読み取りました。"
            "大切な番号は元の文書と照らして確認してください。",
        )
    }
    for path in sorted((shared / "realdocs").glob("*.pdf")):
        try:
            extract = read_pdf(path.read_bytes(), path, Settings())
        except InputError as error:
            assert "（24ページ）は文字コードの対応表が壊れていて文字化けします。" in str(error)
            read[path.name[:2]] = 0
        else:
            assert extract.notes == notes.get(path.name[:2], ())
            assert all(health(page.text) in (Health.GOOD, Health.EMPTY) for page in extract.pages)
            read[path.name[:2]] = len(extract.pages)
    assert read == {"01": 0, "07": 14, "13": 20, "cl": 19, "te": 44}


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(data)
    _read_or_refuse(b"%PDF-1.4\n" + data)


@settings(max_examples=40, deadline=None)
@given(start=st.integers(0, len(SAMPLE)), removed=st.integers(0, 300), added=st.binary(max_size=40))
def test_any_damage_is_read_or_refused(start: int, removed: int, added: bytes) -> None:
    _read_or_refuse(SAMPLE[:start] + added + SAMPLE[start + removed :])


def _read_or_refuse(data: bytes) -> None:
    try:
        extract = read_pdf(data, PATH, Settings())
    except InputError:
        return
    assert "\f".join(page.text for page in extract.pages) == extract.text
    assert all(
        extract.text[page.start : page.start + len(page.text)] == page.text
        for page in extract.pages
    )
    assert all(table.span.end <= len(extract.text) for table in extract.tables)
