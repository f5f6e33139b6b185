"""What the PDF reader asks of a library, and how a library says that it cannot."""

from __future__ import annotations

from typing import Protocol

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the units of a PDF page: points, counted up from the bottom left."""


class BrokenError(Exception):
    """The library cannot read the file or the page."""


class LockedError(Exception):
    """The file needs a password, or an encryption the library does not know."""


class PdfEngine(Protocol):
    """One open file; pages count from 0."""

    name: str

    def __len__(self) -> int:
        """Number of pages."""

    def text(self, index: int) -> str:
        """The text of a page, lines separated by a line feed. Raises BrokenError."""

    def close(self) -> None:
        """Let go of the file."""
