"""Word: paragraphs with the numbers Word makes, headings by style, tables, text boxes, notes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.page import Extract
from ingest.readers.archive import FAULTS, broken_office_file, check_office_file
from ingest.readers.compose import Cell, Composer
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_styles import Styles
from kb.errors import InputError
from kb.settings import Settings

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_APPLICATION = "Word"

_SKIPPED = {
    f"{_W}{name}"
    for name in ("pPr", "rPr", "del", "moveFrom", "delText", "instrText", "rt", "tblPr", "tcPr")
} | {f"{_CHOICES}Fallback"}
_FIXED = {
    # A tab in running text must not look like a row of a table.
    f"{_W}tab": "　",
    f"{_W}ptab": "　",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_LEADER = re.compile(r"　(?=\d+$)")
_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}


def read_docx(data: bytes, path: Path, settings: Settings) -> Extract:
    """The text in reading order; a note follows the paragraph or table that refers to it.

    Raises InputError when the file is locked, broken, too large or has no text.
    """
    check_office_file(data, path, _APPLICATION, settings)
    # One import of the library in the project, late because it is slow.
    import docx
    from docx.opc.exceptions import OpcError
    from docx.oxml import parse_xml

    try:
        document = docx.Document(io.BytesIO(data))
        parts = {
            relation.reltype.rsplit("/", 1)[-1]: parse_xml(relation.target_part.blob)
            for relation in document.part.rels.values()
            if not relation.is_external
            and relation.reltype.endswith(("/numbering", "/footnotes", "/endnotes", "/styles"))
        }
        walker = _Walker(parts)
        walker.blocks(document.element.body)
    except (
        *FAULTS, OpcError, AttributeError, LookupError, SyntaxError, TypeError,
    ) as error:  # fmt: skip
        raise broken_office_file(path, _APPLICATION) from error
    extract = walker.composer.extract()
    if not extract.text.strip():
        raise InputError(
            f"ファイル「{path}」には文字がありません。中身のあるファイルを指定してください。"
        )
    return extract


class _Walker:
    """Goes through a document once, in order, because numbers depend on what came before."""

    def __init__(self, parts: dict[str, Any]) -> None:
        self.composer = Composer()
        self._styles = Styles(parts["styles"]) if "styles" in parts else None
        self._numbering = Numbering(parts.get("numbering"))
        self._note_elements = {
            (part, note.get(f"{_W}id")): note
            for part in _NOTES.values()
            if part in parts
            for note in parts[part]
        }
        self._note_count = 0
        self._waiting_notes: list[tuple[int, Any]] = []
        self._waiting_boxes: list[Any] = []

    def blocks(self, parent: Any) -> None:
        """Write every paragraph and table below `parent`."""
        for element in _units(parent, f"{_W}p", f"{_W}tbl"):
            if element.tag == f"{_W}p":
                self._paragraph(element)
            else:
                self._table(element)
            self._write_waiting()

    def _paragraph(self, element: Any) -> None:
        depth, text = self._labelled(element)
        if self._styles is not None and self._styles.is_contents(element):
            # The leader before the page number is a tab in Word.
            text = _LEADER.sub("……", text)
        if depth is not None and not text.endswith("。"):
            self.composer.heading(text, depth)
        else:
            self.composer.line(text)

    def _labelled(self, element: Any) -> tuple[int | None, str]:
        """Depth as a heading and text with its number; an empty paragraph has none."""
        text = "".join(self._inline(element)).strip("\n")
        if self._styles is None or not text.strip():
            return None, text
        form = self._styles.form_of(element)
        label = self._numbering.label(form.list_id, form.level or 0) if form.list_id else ""
        return form.depth, f"{label} {text.lstrip()}" if label else text

    def _inline(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in (f"{_W}t", f"{_MATH}t"):
                yield child.text or ""
            elif tag in _FIXED:
                yield _FIXED[tag]
            elif tag in _NOTES:
                yield self._refer(_NOTES[tag], child)
            elif tag == f"{_W}txbxContent":
                self._waiting_boxes.append(child)
            elif tag not in _SKIPPED and not _is_hidden(child):
                yield from self._inline(child)

    def _refer(self, part: str, reference: Any) -> str:
        note = self._note_elements.get((part, reference.get(f"{_W}id")))
        if note is None:
            return ""
        self._note_count += 1
        self._waiting_notes.append((self._note_count, note))
        return f"(注{self._note_count})"

    def _write_waiting(self) -> None:
        boxes, self._waiting_boxes = self._waiting_boxes, []
        for box in boxes:
            self.blocks(box)
        notes, self._waiting_notes = self._waiting_notes, []
        for number, note in notes:
            text = "\n".join(self._cell_lines(note)).strip()
            self.composer.line(f"(注{number}) {text}")

    def _table(self, element: Any) -> None:
        rows = [list(_units(row, f"{_W}tc")) for row in _units(element, f"{_W}tr")]
        if all(len(row) <= 1 for row in rows):
            # A frame around text rather than a table.
            for row in rows:
                for cell in row:
                    self.blocks(cell)
            return
        headers = [row.find(f"{_W}trPr/{_W}tblHeader") for row in _units(element, f"{_W}tr")]
        marked = headers.index(None) if None in headers else len(headers)
        self.composer.table(self._cells(element), marked or None)

    def _cells(self, table: Any) -> list[Cell]:
        cells: list[Cell] = []
        above: dict[int, int] = {}
        for number, row in enumerate(_units(table, f"{_W}tr")):
            column = _whole(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            for element in _units(row, f"{_W}tc"):
                columns = max(_whole(element.find(f"{_W}tcPr/{_W}gridSpan"), 1), 1)
                merge = element.find(f"{_W}tcPr/{_W}vMerge")
                text = "\n".join(self._cell_lines(element)).strip()
                goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
                if goes_on and column in above and not text:
                    first = cells[above[column]]
                    cells[above[column]] = Cell(
                        first.row, first.column, first.text, number - first.row + 1, first.columns
                    )
                else:
                    above[column] = len(cells)
                    cells.append(Cell(number, column, text, 1, columns))
                column += columns
        return cells

    def _cell_lines(self, cell: Any) -> Iterator[str]:
        for element in _units(cell, f"{_W}p", f"{_W}tbl"):
            if element.tag == f"{_W}p":
                yield self._labelled(element)[1].strip()
            else:
                for row in _units(element, f"{_W}tr"):
                    for inner in _units(row, f"{_W}tc"):
                        yield from self._cell_lines(inner)


def _units(parent: Any, *tags: str) -> Iterator[Any]:
    """Elements of those tags below `parent`, also inside content controls and tracked insertions."""
    wrappers = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in {f"{_W}{name}" for name in wrappers}:
            yield from _units(child, *tags)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false")


def _whole(element: Any | None, otherwise: int) -> int:
    text = "" if element is None else element.get(f"{_W}val", "")
    return int(text) if text.isdecimal() and len(text) < 4 else otherwise
