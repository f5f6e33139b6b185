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
        """A choice of documents and the tree of `doc`, or of the first one if there is no `doc`."""
        library = self._shelf.library()
        documents = library.choices().documents
        chosen = next((item for item in documents if item.id == doc), documents[0])
        return reader.choice(documents, chosen) + reader.outline(library.nodes(chosen.id))


def _span(start: str, end: str) -> Span | None:
    if not (start.isdecimal() and end.isdecimal()):
        return None
    low, high = int(start), int(end)
    return Span(low, high) if low < high else None
