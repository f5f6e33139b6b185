"""The documents that citations point into, kept in memory while answers are scored."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from assistant.checking import Source
from kb.documents import Node
from kb.errors import UnknownDocumentError
from kb.ids import document_of, is_at_or_below
from kb.store import KnowledgeBase


class Sources:
    """Looks up places and their source text; each document is read once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._documents = cache(self._read)

    def knows(self, place: str) -> bool:
        """Whether a document or node of that id exists."""
        doc = document_of(place)
        text, nodes = self._documents(doc)
        return text is not None and (place == doc or place in nodes)

    def slice(self, place: str, start: int, end: int) -> str:
        """text[start:end] of the document that the place lies in; '' when there is none."""
        text, _ = self._documents(document_of(place))
        return (text or "")[start:end]

    def holds(self, place: str, quote: str) -> bool:
        """Whether a quote stands in the place or below it, white space aside.

        The source counts, and so do the nodes' repaired words: a sentence that a page mark cuts in
        the source is whole in them.
        """
        text, nodes = self._documents(document_of(place))
        below = [node for node in nodes.values() if is_at_or_below(node.id, place)]
        spans = sorted(span for node in below for span in node.segments)
        source = "".join((text or "")[span.start : span.end] for span in spans)
        wanted = bare(quote)
        return any(wanted in bare(words) for words in (source, *(node.text for node in below)))

    def evidence(self, place: str, n: int) -> Source | None:
        """The place with all that stands below it as evidence number `n`; None when unknown."""
        doc = document_of(place)
        _, nodes = self._documents(doc)
        node = nodes.get(place)
        if node is None:
            return None
        below = [item for item in nodes.values() if is_at_or_below(item.id, place)]
        parts = [Source.of(self._kb, item, n) for item in below]
        return replace(
            Source.of(self._kb, node, n),
            text="\n".join(part.text for part in parts),
            original="\n".join(part.original for part in parts),
        )

    def _read(self, doc: str) -> tuple[str | None, dict[str, Node]]:
        try:
            return self._kb.text(doc), {node.id: node for node in self._kb.nodes(doc)}
        except UnknownDocumentError:
            return None, {}


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
