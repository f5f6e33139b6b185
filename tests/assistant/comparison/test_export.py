from __future__ import annotations

import io
import os
import re
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText

from assistant.comparison import saving
from assistant.comparison.export import Format, export, format_of
from assistant.comparison.export_docx import docx_bytes
from assistant.comparison.export_xlsx import xlsx_bytes
from assistant.comparison.results import Run
from assistant.comparison.sheets import Cell, Report, Sheet
from kb.errors import OptionError

MADE = datetime(2026, 4, 1, 9, 0)
MARKED = Cell(((Run("比率が"), Run("61.5", True), Run("%")), (Run("（略）"),)))


def report(*rows: tuple[Cell, ...], name: str = "対照表") -> Report:
    return Report("新旧対照表", (Sheet(name, ("新", "旧"), (1, 1), rows, ("注は表の外",)),))


def word(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def excel(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)


def test_word_page_is_a4_landscape() -> None:
    section = word(docx_bytes(report(), MADE)).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_word_underlines_are_words_own_and_only_on_what_differs() -> None:
    table = word(docx_bytes(report((MARKED, Cell.of("一\n二"))), MADE)).tables[0]
    runs = [
        (run.text, run.underline)
        for paragraph in table.rows[1].cells[0].paragraphs
        for run in paragraph.runs
    ]
    assert runs == [("比率が", None), ("61.5", True), ("%", None), ("（略）", None)]
    assert [paragraph.text for paragraph in table.rows[1].cells[1].paragraphs] == ["一", "二"]


def test_word_repeats_the_head_row_and_writes_japanese_in_a_japanese_font() -> None:
    document = word(docx_bytes(report((MARKED, MARKED)), MADE))
    head, row = document.tables[0].rows
    assert [cell.text for cell in head.cells] == ["新", "旧"]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert row._tr.trPr is None
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "ＭＳ 明朝"
    assert document.core_properties.created.replace(tzinfo=None) == MADE


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    cell = Cell.of("改\x0cページ\x00\ud800と<&>")
    assert word(docx_bytes(report((cell, cell)), MADE)).tables[0].rows[1].cells[0].text == (
        "改ページと<&>"
    )
    assert excel(xlsx_bytes(report((cell, cell)), MADE)).active["A2"].value == "改ページと<&>"


def test_excel_underlines_a_part_of_a_cell() -> None:
    value = excel(xlsx_bytes(report((MARKED, Cell())), MADE)).active["A2"].value
    assert isinstance(value, CellRichText)
    blocks = [(block.text, block.font.u) for block in value if not isinstance(block, str)]
    assert blocks == [
        ("比率が", None),
        ("61.5", "single"),
        ("%", None),
        ("\n", None),
        ("（略）", None),
    ]


@pytest.mark.parametrize("text", ["=1+1", "#N/A", "+81", "@SUM(A1)", "'x"])
def test_excel_cells_are_text_whatever_they_begin_with(text: str) -> None:
    cell = excel(xlsx_bytes(report((Cell.of(text), Cell())), MADE)).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_excel_prints_on_a4_landscape_with_the_head_row_on_every_page() -> None:
    page = excel(xlsx_bytes(report((MARKED, MARKED)), MADE)).active
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.print_title_rows, page.freeze_panes) == ("$1:$1", "A2")
    assert page.auto_filter.ref == "A1:B2"
    assert [row[0].value for row in page.iter_rows(min_row=3)] == [None, "注は表の外"]


def test_a_cell_longer_than_excel_shows_goes_on_below() -> None:
    text = "あ" * 40_000
    page = excel(xlsx_bytes(report((Cell.of(text), Cell.of("短い"))), MADE)).active
    values = [row[0].value or "" for row in page.iter_rows(min_row=2, max_col=1)]
    assert "".join(values).startswith(text)
    assert max(map(len, values)) < 32_767
    assert (
        max(dimension.height for dimension in page.row_dimensions.values() if dimension.height)
        < 409
    )
    assert [row[1].value for row in page.iter_rows(min_row=2, max_row=3)] == ["短い", None]


def test_excel_tabs_have_names_that_excel_takes() -> None:
    sheet = Sheet("対照/表：[令和7年度]" * 4, ("一",), (1,), ())
    names = excel(xlsx_bytes(Report("題", (sheet, sheet)), MADE)).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.parametrize(
    ("name", "wanted", "expected"),
    [
        ("表.docx", None, Format.DOCX),
        ("表.XLSX", None, Format.XLSX),
        ("表.xlsx", "xlsx", Format.XLSX),
    ],
)
def test_the_name_tells_the_format(name: str, wanted: str | None, expected: Format) -> None:
    assert format_of(Path(name), wanted) is expected


@pytest.mark.parametrize(
    ("name", "wanted", "message"),
    [
        ("表.pdf", None, "形式が分かりません"),
        ("表", None, "形式が分かりません"),
        ("表.docx", "xlsx", "名前が形式 xlsx と合いません"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(name: str, wanted: str | None, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        format_of(Path(name), wanted)


def test_a_file_is_never_overwritten_unasked(tmp_path: Path) -> None:
    file = tmp_path / "表.docx"
    file.write_text("原本", encoding="utf-8")
    with pytest.raises(OptionError, match=r"既にあります。.*--force"):
        export(report(), file)
    assert file.read_text(encoding="utf-8") == "原本"
    export(report(), file, force=True)
    assert word(file.read_bytes()).tables


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "表.xlsx"
    file.write_text("原本", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OptionError, match="書き込めません"):
        export(report(), file, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["表.xlsx"]
    assert file.read_text(encoding="utf-8") == "原本"


@pytest.mark.parametrize(
    ("target", "message"), [("ない/表.docx", "書き込めません"), (".", "フォルダーです")]
)
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, target: str, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        saving.save(b"", tmp_path / target)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_new_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    file = tmp_path / "表.docx"
    saving.save(b"", file)
    other = tmp_path / "他.txt"
    other.touch()
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_each_office_library_is_imported_in_one_module_and_only_when_writing() -> None:
    folder = Path(saving.__file__).parents[1]
    importing = {
        library: [
            file.name
            for file in sorted(folder.rglob("*.py"))
            if re.search(
                rf"^\s*(?:import|from) {library}\b", file.read_text(encoding="utf-8"), re.M
            )
        ]
        for library in ("docx", "openpyxl")
    }
    assert importing == {"docx": ["export_docx.py"], "openpyxl": ["export_xlsx.py"]}
    program = (
        "import sys, assistant.comparison.clauses, assistant.comparison.reports;"
        "heavy = {'docx', 'openpyxl', 'torch', 'faiss', 'bm25s', 'scipy', 'gradio'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder.parent,
    )
    assert done.stdout.strip() == "[]"


def test_uneven_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="uneven table"):
        Sheet("表", ("一", "二"), (1, 1), ((Cell(),),))
