"""PDF text, pictures and ruled lines through pypdfium2."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import pypdfium2
from pypdfium2 import raw

from ingest.readers.pdf_engine import Box, BrokenError, LockedError
from ingest.readers.pdf_rules import rules_of

_LINE_WIDTH = 2.0
_LEAST_LENGTH = 8.0
_LEAST_LINES = 3
# Points: a number drawn as a picture is as high as a letter and wider than it is high.
_LABEL_HEIGHT = (6.0, 20.0)
_LABEL_WIDTH = 1.5
_LABEL_LONGEST = 60.0
_DRAWN = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
_KEEP_PAGES = 256
_MOST_OBJECTS = 5_000
_DEPTH = 3
# What pdfium puts for a hyphen at the end of a line.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})


@dataclass(frozen=True, slots=True)
class Survey:
    """What is drawn on a page beside its text.

    `ruled`: at least three lines run either way, as they do around a table's cells.
    `picture_labels`: pictures the size of a number in a line of text.
    """

    drawing: bool
    ruled: bool
    picture_labels: int


class PdfiumEngine:
    """A PDF file opened with pypdfium2. Raises LockedError or BrokenError when it cannot be."""

    name = "pypdfium2"

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._loaded = 0
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
        page = self._page(index)
        try:
            text_page = page.get_textpage()
            text: str = text_page.get_text_range(errors="replace")
            text_page.close()
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error
        finally:
            page.close()
        return _clean(text)

    def survey(self, index: int) -> Survey:
        """What is drawn on a page; the first 5,000 objects tell enough."""
        page = self._page(index)
        pictures = labels = across = down = 0
        try:
            drawn = page.get_objects(filter=_DRAWN, max_depth=_DEPTH)
            for item in islice(drawn, _MOST_OBJECTS):
                left, bottom, right, top = item.get_bounds()
                width, height = right - left, top - bottom
                if item.type == raw.FPDF_PAGEOBJ_PATH:
                    across += width >= _LEAST_LENGTH and not _LINE_WIDTH < height < _LEAST_LENGTH
                    down += height >= _LEAST_LENGTH and not _LINE_WIDTH < width < _LEAST_LENGTH
                else:
                    pictures += 1
                    labels += (
                        _LABEL_HEIGHT[0] <= height <= _LABEL_HEIGHT[1]
                        and _LABEL_WIDTH * height <= width <= _LABEL_LONGEST
                    )
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error
        finally:
            page.close()
        return Survey(
            drawing=bool(pictures or across or down),
            ruled=min(across, down) >= _LEAST_LINES,
            picture_labels=labels,
        )

    def rules(self, index: int) -> list[Box]:
        """The level and upright lines drawn on a page."""
        page = self._page(index)
        try:
            paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH)
            return [rule for path in islice(paths, _MOST_OBJECTS) for rule in rules_of(path)]
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error
        finally:
            page.close()

    def texts_in(self, index: int, boxes: Iterable[Box]) -> list[str]:
        """The words within each of the boxes of a page."""
        page = self._page(index)
        try:
            text_page = page.get_textpage()
            texts = [_clean(text_page.get_text_bounded(*box)) for box in boxes]
            text_page.close()
            return texts
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error
        finally:
            page.close()

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    def _page(self, index: int) -> pypdfium2.PdfPage:
        self._loaded += 1
        try:
            if self._loaded % _KEEP_PAGES == 0:
                # Else the fonts and streams of every page loaded so far stay in memory.
                self._document.close()
                self._document = pypdfium2.PdfDocument(self._data)
            return self._document[index]
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_HYPHENS).rstrip("\0")
