"""PDF text, pictures and ruled lines through pypdfium2."""

from __future__ import annotations

import pypdfium2
from pypdfium2 import raw

from ingest.readers.pdf_engine import BrokenError, LockedError

_LINE_WIDTH = 2.0
_LEAST_LENGTH = 8.0
_LEAST_LINES = 3
_MOST_OBJECTS = 5_000
_DEPTH = 3
# What pdfium puts for a hyphen at the end of a line.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})


class PdfiumEngine:
    """A PDF file opened with pypdfium2. Raises LockedError or BrokenError when it cannot be."""

    name = "pypdfium2"

    def __init__(self, data: bytes) -> None:
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
        return text.replace("\r\n", "\n").replace("\r", "\n").translate(_HYPHENS)

    def has_picture(self, index: int) -> bool:
        """Whether an image or drawing stands on the page."""
        page = self._page(index)
        try:
            kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
            return any(True for _ in page.get_objects(filter=kinds, max_depth=_DEPTH))
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error
        finally:
            page.close()

    def has_grid(self, index: int) -> bool:
        """Whether at least three ruled lines run either way, as they do around a table's cells."""
        page = self._page(index)
        across = down = 0
        try:
            paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH)
            for _, path in zip(range(_MOST_OBJECTS), paths, strict=False):
                left, bottom, right, top = path.get_bounds()
                width, height = right - left, top - bottom
                across += width >= _LEAST_LENGTH and (
                    height <= _LINE_WIDTH or height >= _LEAST_LENGTH
                )
                down += height >= _LEAST_LENGTH and (width <= _LINE_WIDTH or width >= _LEAST_LENGTH)
                if across >= _LEAST_LINES and down >= _LEAST_LINES:
                    return True
            return False
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error
        finally:
            page.close()

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    def _page(self, index: int) -> pypdfium2.PdfPage:
        try:
            return self._document[index]
        except pypdfium2.PdfiumError as error:
            raise BrokenError from error
