"""The reader and the outline."""

from __future__ import annotations

from kb.errors import KbError
from kb.spans import Span
from ui.web.render import reader
from ui.web.render.markup import problem
from ui.web.shelf import Shelf


class ReaderHandlers:
    """The reader of all pages and the outline of the reading page."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def open(self, place: str, start: str = "", end: str = "") -> str:
        """A node (with a quote) or the front page of a document in the reader."""
        library = self._shelf.library()
        try:
            if "/" not in place:
                return reader.front(library.front(place))
            return reader.place(library.place(place, _span(start, end)))
        except KbError as error:
            return problem(str(error))

    def outline(self, doc: str) -> str:
        """The tree of a document."""
        try:
            return reader.outline(self._shelf.library().nodes(doc))
        except KbError as error:
            return problem(str(error))


def _span(start: str, end: str) -> Span | None:
    if not (start.isdecimal() and end.isdecimal()):
        return None
    low, high = int(start), int(end)
    return Span(low, high) if low < high else None
