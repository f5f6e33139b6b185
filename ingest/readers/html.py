"""HTML: title, headings, paragraphs, lists and tables; no scripts, styles or navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.page import Extract
from ingest.readers.compose import Cell, Composer
from ingest.readers.text import decode
from kb.errors import InputError
from kb.settings import Settings

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.I
)
_CHARSET_WITHIN = 4096
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
# Web pages call CP932 by the name of its older subset.
_ALIASES = {"shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932"}
_SPACE = re.compile(r"[ \t\r\n\f]+")

_SKIPPED = {
    "script", "style", "noscript", "template", "head", "nav", "iframe", "object", "svg", "math",
    "button", "select", "input", "textarea", "rt", "rp", "canvas", "audio", "video",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html",
    "legend", "main", "ol", "p", "pre", "section", "summary", "ul",
}  # fmt: skip
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_MOST_SPANNED = 1_000


def read_html(data: bytes, path: Path, settings: Settings) -> Extract:
    """The words of a page as a browser shows them, one block a line.

    Raises InputError when the encoding is unknown or the page has no text.
    """
    # One import of the library in the project, late because it is slow.
    import lxml.html  # type: ignore[import-untyped]
    from lxml.etree import ParserError  # type: ignore[import-untyped]

    source = _XML_DECLARATION.sub("", _CONTROLS.sub("", _decoded(data, path)))
    nothing = InputError(
        f"ファイル「{path}」には文字がありません。中身のあるファイルを指定してください。"
    )
    if not source.strip():
        raise nothing
    try:
        root = lxml.html.document_fromstring(source, parser=lxml.html.HTMLParser(huge_tree=True))
    except ParserError as error:
        raise nothing from error
    walker = _Walker()
    title = root.findtext(".//title")
    if title and title.strip() and root.find(".//h1") is None:
        walker.composer.heading(title, 1)
    walker.element(root)
    walker.flush()
    extract = walker.composer.extract()
    if not extract.text.strip():
        raise nothing
    return extract


def _decoded(data: bytes, path: Path) -> str:
    """By the encoding the page declares if that fits its bytes, else as plain text."""
    if match := _CHARSET.search(data[:_CHARSET_WITHIN]):
        name = match[1].decode("ascii").lower()
        try:
            return data.decode(_ALIASES.get(name, name))
        except (LookupError, UnicodeError):
            pass
    return decode(data, path)


class _Walker:
    """Collects inline text until a block ends, then writes it as one line."""

    def __init__(self) -> None:
        self.composer = Composer()
        self._pending: list[str] = []
        self._marks: list[str] = []

    def flush(self, depth: int | None = None) -> None:
        """Write what was collected, as a heading when `depth` says so."""
        text = _tidied("".join(self._pending))
        self._pending = []
        if not text:
            return
        mark = self._marks.pop() if self._marks else ""
        self._marks = []
        if depth is not None:
            self.composer.heading(text, depth)
        else:
            self.composer.line(mark + text)

    def element(self, root: Any) -> None:
        """Go through an element; a stack, because broken pages nest deeper than Python recurses."""
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node)
                continue
            if not self._enter(node):
                self._pending.append(node.tail or "")
                continue
            stack.append((node, True))
            stack += [(child, False) for child in reversed(node)]

    def _enter(self, node: Any) -> bool:
        """Begin a node; False when its children are not to be gone through."""
        tag = node.tag
        if not isinstance(tag, str) or tag in _SKIPPED or _is_hidden(node):
            return False
        if tag == "br":
            self._pending.append("\0")
            return False
        if tag == "table" and _is_data_table(node):
            self.flush()
            self.composer.table(_table_cells(node), _header_rows(node))
            return False
        if tag in _HEADINGS or tag in _BLOCKS or tag in ("li", "tr", "td", "th", "table"):
            self.flush()
        if tag == "li":
            self._marks = [_list_mark(node)]
        self._pending.append(node.text or "")
        return True

    def _leave(self, node: Any) -> None:
        if node.tag in _HEADINGS:
            self.flush(_HEADINGS[node.tag])
        elif node.tag in _BLOCKS or node.tag in ("li", "tr", "td", "th", "table"):
            self.flush()
        self._pending.append(node.tail or "")


def _tidied(text: str) -> str:
    """White space runs as one space, none around the line breaks (\\0) that `br` stands for."""
    lines = (_SPACE.sub(" ", line).strip(" ") for line in text.split("\0"))
    return "\n".join(lines).strip("\n")


def _is_hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or "display:none" in style


def _list_mark(node: Any) -> str:
    """The number of an item of an ordered list, a hyphen for any other."""
    parent = node.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    start = parent.get("start") or "1"
    before = sum(1 for sibling in node.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdecimal() and len(start) < 6 else 1) + before}. "


def _is_data_table(node: Any) -> bool:
    """Tables that hold tables, or have one column only, lay the page out."""
    if node.find(".//table") is not None:
        return False
    return any(sum(1 for _ in _row_cells(row)) > 1 for row in node.iter("tr"))


def _row_cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _header_rows(table: Any) -> int | None:
    """Leading rows in a thead or made of th only; None when the page does not mark headers."""
    count = 0
    for row in table.iter("tr"):
        tags = [cell.tag for cell in _row_cells(row)]
        if not tags:
            continue
        if row.getparent().tag != "thead" and "td" in tags:
            # A th beside a td heads a row, not a column.
            return count or (0 if "th" in tags else None)
        count += 1
    return count or None


def _table_cells(table: Any) -> list[Cell]:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.iter("tr")):
        column = 0
        for element in _row_cells(row):
            while (number, column) in taken:
                column += 1
            rows, columns = _extent(element, "rowspan"), _extent(element, "colspan")
            cells.append(Cell(number, column, _cell_text(element), rows, columns))
            taken |= {
                (number + down, column + across)
                for down in range(1, rows)
                for across in range(columns)
            }
            column += columns
    height = max((cell.row for cell in cells), default=0) + 1
    return [
        Cell(cell.row, cell.column, cell.text, min(cell.rows, height - cell.row), cell.columns)
        for cell in cells
    ]


def _extent(element: Any, name: str) -> int:
    text = element.get(name) or "1"
    return min(max(int(text), 1), _MOST_SPANNED) if text.isdecimal() and len(text) < 6 else 1


def _cell_text(element: Any) -> str:
    """The words of a cell, its blocks on lines of their own."""
    walker = _Walker()
    walker.element(element)
    walker.flush()
    return walker.composer.extract().text.strip()
