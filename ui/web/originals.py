"""The files that documents were read from: kept by their digest, pages of PDFs as pictures."""

from __future__ import annotations

import hashlib
import io
import threading
from functools import lru_cache
from pathlib import Path

from kb.documents import Document
from kb.errors import InputError
from kb.settings import Settings

_FOLDER = "originals"
_WIDTH = 1000
_PICTURES = 64
_RENDERING = threading.Lock()
"""pdfium may be used by one thread at a time only."""


class Originals:
    """Finds the very bytes that a document was read from, or nothing."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.home / _FOLDER
        self._checked = lru_cache(maxsize=_PICTURES)(_digest)

    def keep(self, file: Path) -> None:
        """Keep a copy of an uploaded file, so that its pages can be shown when it is replaced."""
        self._folder.mkdir(parents=True, exist_ok=True)
        data = file.read_bytes()
        (self._folder / hashlib.sha256(data).hexdigest()).write_bytes(data)

    def has_page(self, document: Document, page: int | None) -> bool:
        """Whether `page_png` will work."""
        return page is not None and self._file(document) is not None

    def page_png(self, document: Document, page: int) -> bytes:
        """A page, counted from 1, of a PDF as a PNG picture.

        Raises InputError when the file is no PDF, has gone, was changed or has no such page.
        """
        file = self._file(document)
        if file is None:
            raise InputError(
                f"「{document.title}」の元のPDFがないか、取り込み後に変わっています。取り込み直してください。"
            )
        return _picture(file, page)

    def _file(self, document: Document) -> Path | None:
        if not document.path.lower().endswith(".pdf"):
            return None
        for file in (self._folder / document.sha256, Path(document.path)):
            if file.is_file() and self._checked(file, file.stat().st_mtime_ns) == document.sha256:
                return file
        return None


def _digest(file: Path, _changed: int) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@lru_cache(maxsize=_PICTURES)
def _picture(file: Path, page: int) -> bytes:
    import pypdfium2

    with _RENDERING:
        try:
            document = pypdfium2.PdfDocument(file)
            try:
                sheet = document[page - 1]
                bitmap = sheet.render(scale=_WIDTH / sheet.get_width())
                picture = bitmap.to_pil()
            finally:
                document.close()
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise InputError(f"元のPDFの{page}ページを表示できません。") from error
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()
