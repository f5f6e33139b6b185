"""Answers as text for a 起案 and as tables."""

from __future__ import annotations

import io
from datetime import datetime

import docx
import openpyxl
import pytest

from assistant import exports
from assistant.comparison.export_docx import docx_bytes
from assistant.comparison.export_xlsx import xlsx_bytes
from kb.results import Answer, Citation, Table, TableCell
from tests.web import samples

MADE = datetime(2026, 11, 21)
SOURCES = {"d/1": "「契約の方針」（令和7年4月1日、何某大学）第1"}
ANSWER = Answer(
    question="工夫は？",
    intent="rule",
    text="・方針 第1：「=分離する。」[1]（努力規定）\n\n乙。[7]",
    abstained=False,
    citations=(Citation(1, "d/1", "=分離する。", 3, 9, verified=False),),
    table=Table(("機関", "記載"), ((TableCell("甲"), TableCell("=分離する。", 1)),)),
    warnings=("新しい版があります。",),
)


@pytest.mark.parametrize(
    ("iso", "japanese"),
    [
        ("2023-04-25", "令和5年4月25日"),
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1988-12-31", "昭和63年12月31日"),
        ("令和5年春", "令和5年春"),
        ("1700-01-01", "1700-01-01"),
    ],
)
def test_dates_in_japanese(iso: str, japanese: str) -> None:
    assert exports.japanese_date(iso) == japanese


def test_a_footnote_names_the_document_in_full() -> None:
    assert exports.formal_source(samples.DOCUMENT, samples.CLAUSE) == (
        "「令和5年度 <b>方針</b>」（令和5年4月25日、内閣）第2-1"
    )


def test_text_for_a_draft_has_notes_and_what_they_rest_on() -> None:
    assert exports.draft_text(ANSWER, SOURCES) == (
        "方針 第1：「=分離する。」（注１）（努力規定）\n乙。[7]\n\n"
        "（注１）「契約の方針」（令和7年4月1日、何某大学）第1"
    )


def test_plain_text_has_the_quotes() -> None:
    assert exports.plain_text(ANSWER, {"d/1": "方針 第1"}) == (
        f"{ANSWER.text}\n\n[1] 方針 第1「=分離する。」"
    )


def test_word_has_prose_table_and_sources() -> None:
    document = docx.Document(io.BytesIO(docx_bytes(exports.for_word(ANSWER, SOURCES), MADE)))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "方針 第1：「=分離する。」（注１）（努力規定）" in words
    table, sources = document.tables
    assert [cell.text for cell in table.rows[1].cells] == ["甲", "=分離する。（注１）"]
    assert [cell.text for cell in sources.rows[1].cells] == [
        "（注１）", SOURCES["d/1"], "=分離する。", "d/1", "3〜9", "未確認",
    ]  # fmt: skip


def test_excel_has_a_tab_each_and_no_formulas() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(exports.for_excel(ANSWER, SOURCES), MADE)))
    assert book.sheetnames == ["回答", "比較表", "出典"]
    cell = book["出典"]["C2"]
    assert (cell.value, cell.data_type) == ("=分離する。", "s")
