"""Reports as Word files, A4 landscape. The only module of the assistant that imports python-docx."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from assistant.comparison.saving import printable
from assistant.comparison.sheets import Cell, Report, Sheet

_MINCHO = "ＭＳ 明朝"
_GOTHIC = "ＭＳ ゴシック"
_MARGIN_MM = 18
_WIDTH_MM = 297 - 2 * _MARGIN_MM
_BODY_POINTS = 10
_SHADE = "E7E6E6"


def docx_bytes(report: Report, made: datetime) -> bytes:
    """The report as an editable Word file; `made` is written as its creation time.

    Each table repeats its head row on every page; underlines are Word's own.
    """
    import docx

    document = docx.Document()
    _set_page(document)
    _set_language(document)
    _set_properties(document, report.title, made)
    _add_title(document, report.title)
    for sheet in report.sheets:
        if len(report.sheets) > 1:
            document.add_heading(printable(sheet.name), level=2)
        for note in sheet.notes:
            document.add_paragraph(printable(note))
        _add_table(document, sheet)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_page(document: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    for name, font, size in (
        ("Normal", _MINCHO, _BODY_POINTS),
        ("Title", _GOTHIC, 14),
        ("Heading 2", _GOTHIC, 11),
    ):
        style = document.styles[name]
        _set_font(style, font)
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(0 if name == "Normal" else 6)
        style.paragraph_format.line_spacing = 1.0
    _add_page_number(section.footer.paragraphs[0])


def _set_language(document: Any) -> None:
    """Japanese line breaking and glyphs, whatever the language of the reader's Word."""
    from docx.oxml.ns import qn

    for language in document.styles.element.xpath("./w:docDefaults//w:lang"):
        language.set(qn("w:eastAsia"), "ja-JP")


def _set_font(style: Any, font: str) -> None:
    """One font for Latin and Japanese, in black; python-docx knows only the Latin one."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name = font
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if key.endswith("Theme"):
            del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(key), font)


def _add_page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _set_properties(document: Any, title: str, made: datetime) -> None:
    properties = document.core_properties
    properties.title = printable(title)
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "ja-JP"
    properties.created = properties.modified = made


def _add_title(document: Any, title: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph(printable(title), style="Title")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in paragraph.style.element.xpath("./w:pPr/w:pBdr"):
        border.getparent().remove(border)


def _add_table(document: Any, sheet: Sheet) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(sheet.columns), style="Table Grid")
    table.autofit = False
    widths = [Mm(_WIDTH_MM * share / sum(sheet.widths)) for share in sheet.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill_head(table.rows[0], sheet.columns)
    for cells in sheet.rows:
        row = table.add_row()
        for cell, content in zip(row.cells, cells, strict=True):
            _fill(cell, content)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _fill_head(row: Any, columns: tuple[str, ...]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))
    for cell, name in zip(row.cells, columns, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(printable(name)).bold = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _SHADE)
        cell._tc.get_or_add_tcPr().append(shade)


def _fill(cell: Any, content: Cell) -> None:
    for number, runs in enumerate(content.paragraphs):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        for run in runs:
            # Only an underline that is set is written, so that styles keep their say.
            paragraph.add_run(printable(run.text)).underline = run.underlined or None
