"""PDF text, pictures and ruled lines through pypdfium2."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2
from pypdfium2 import raw

from ingest.readers.pdf_engine import Box, BrokenError, LockedError
from ingest.readers.pdf_print import PrintedLine, printed_lines
from ingest.readers.pdf_rules import rules_of
from ingest.readers.picture_labels import PictureLabel, read_picture

_LINE_WIDTH = 2.0
_LEAST_LENGTH = 8.0
_LEAST_LINES = 3
# Points: a number drawn as a picture is as high as a letter; 1.1 is wider than high, 1. hardly.
_LABEL_HEIGHT = (6.0, 20.0)
_LABEL_WIDTH = 0.5
_SURE_WIDTH = 1.5
_LABEL_LONGEST = 60.0
_MOST_LABELS = 100
_DRAWN = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
_KEEP_PAGES = 32
_MOST_OBJECTS = 5_000
_DEPTH = 3
# What pdfium puts for a hyphen at the end of a line.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})


@dataclass(frozen=True, slots=True)
class Survey:
    """What is drawn on a page beside its text.

    `ruled`: at least three lines run either way, as they do around a table's cells.
    `labels`: pictures the size of a number in a line of text.
    """

    drawing: bool
    ruled: bool
    labels: tuple[PictureLabel, ...] = ()


class PdfiumEngine:
    """A PDF file opened with pypdfium2. Raises LockedError or BrokenError when it cannot be."""

    name = "pypdfium2"

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._loaded = 0
        self._page: _OpenPage | None = None
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise LockedError from error
            raise BrokenError from error

    def __len__(self) -> int:
        return len(self._document)

    def text(self, index: int) -> str:
        """The text of a page in the order of its content."""
        return _clean(self._raw_text(index))

    def printed(self, index: int) -> list[PrintedLine]:
        """The filled lines of a page's text with their places and faces."""
        return list(printed_lines(self._open(index).text_page, self._raw_text(index)))

    def survey(self, index: int) -> Survey:
        """What is drawn on a page; the first 5,000 objects tell enough."""
        page = self._open(index).page
        pictures = across = down = 0
        labels: list[PictureLabel] = []
        try:
            drawn = page.get_objects(filter=_DRAWN, max_depth=_DEPTH)
            for item in islice(drawn, _MOST_OBJECTS):
                box = item.get_bounds()
                width, height = box[2] - box[0], box[3] - box[1]
                if item.type == raw.FPDF_PAGEOBJ_PATH:
                    across += width >= _LEAST_LENGTH and not _LINE_WIDTH < height < _LEAST_LENGTH
                    down += height >= _LEAST_LENGTH and not _LINE_WIDTH < width < _LEAST_LENGTH
                else:
                    pictures += 1
                    if (
                        item.type == raw.FPDF_PAGEOBJ_IMAGE
                        and _LABEL_HEIGHT[0] <= height <= _LABEL_HEIGHT[1]
                        and _LABEL_WIDTH * height <= width <= _LABEL_LONGEST
                        and len(labels) < _MOST_LABELS
                    ):
                        label = PictureLabel(box, read_picture(item))
                        if label.text or width >= _SURE_WIDTH * height:
                            labels.append(label)
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error
        return Survey(
            drawing=bool(pictures or across or down),
            ruled=min(across, down) >= _LEAST_LINES,
            labels=tuple(labels),
        )

    def rules(self, index: int) -> list[Box]:
        """The level and upright lines drawn on a page."""
        page = self._open(index).page
        try:
            paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH)
            return [rule for path in islice(paths, _MOST_OBJECTS) for rule in rules_of(path)]
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error

    def texts_in(self, index: int, boxes: Iterable[Box]) -> list[str]:
        """The words within each of the boxes of a page."""
        try:
            text_page = self._open(index).text_page
            return [_clean(text_page.get_text_bounded(*box)) for box in boxes]
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error

    def close(self) -> None:
        """Let go of the file."""
        self._close_page()
        self._document.close()

    def _raw_text(self, index: int) -> str:
        page = self._open(index)
        if page.text is None:
            try:
                page.text = page.text_page.get_text_range(errors="replace")
            except pypdfium2.PdfiumError as error:
                raise BrokenError from error
        return page.text

    def _open(self, index: int) -> _OpenPage:
        """The page, kept open while nothing else is asked for: loading is half of the work."""
        if self._page is None or self._page.index != index:
            self._close_page()
            self._loaded += 1
            try:
                if self._loaded % _KEEP_PAGES == 0:
                    # Else the fonts and streams of every page loaded so far stay in memory.
                    self._document.close()
                    self._document = pypdfium2.PdfDocument(self._data)
                page = self._document[index]
                self._page = _OpenPage(index, page, page.get_textpage())
            except pypdfium2.PdfiumError as error:
                raise BrokenError from error
        return self._page

    def _close_page(self) -> None:
        if self._page is not None:
            self._page.text_page.close()
            self._page.page.close()
            self._page = None


@dataclass(slots=True)
class _OpenPage:
    index: int
    page: Any
    text_page: Any
    text: str | None = None


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_HYPHENS).rstrip("\0")
