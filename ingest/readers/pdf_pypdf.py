"""PDF text through pypdf."""

from __future__ import annotations

import io
import logging

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from ingest.readers.pdf_engine import BrokenError, LockedError

# pypdf's documentation says that broken files may cause others than its own errors; these are the
# ones seen while feeding it damaged files.
_FAULTS = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError,
    OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_SAMPLE = 8
_KEEP_PAGES = 32

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class PypdfEngine:
    """A PDF file opened with pypdf. Raises LockedError or BrokenError when it cannot be."""

    name = "pypdf"

    def __init__(self, data: bytes) -> None:
        try:
            self._reader = PdfReader(io.BytesIO(data))
            if self._reader.is_encrypted:
                _unlock(self._reader)
            self._count = len(self._reader.pages)
        except (DependencyError, FileNotDecryptedError) as error:
            raise LockedError from error
        except _FAULTS as error:
            raise BrokenError from error
        self._read = 0

    def __len__(self) -> int:
        return self._count

    def text(self, index: int) -> str:
        """The text of a page, white space as pypdf gives it."""
        self._read += 1
        if self._read % _KEEP_PAGES == 0:
            # Else the objects of every page read so far stay in memory.
            self._reader.resolved_objects.clear()
        try:
            return self._reader.pages[index].extract_text()
        except _FAULTS as error:
            raise BrokenError from error

    def content_bytes(self) -> float:
        """Mean size of the drawing instructions of a page, from up to 8 pages spread evenly."""
        indices = range(0, self._count, max(self._count // _SAMPLE, 1))
        sizes = [self._content_size(index) for index in indices]
        return sum(sizes) / max(len(sizes), 1)

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()

    def _content_size(self, index: int) -> int:
        try:
            contents = self._reader.pages[index].get_contents()
            return 0 if contents is None else len(contents.get_data())
        except _FAULTS:
            return 0


def _unlock(reader: PdfReader) -> None:
    """Many files are encrypted only to forbid printing or copying and open with no password."""
    if reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise LockedError
