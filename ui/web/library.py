"""What the pages ask of one generation of the knowledge base, as typed objects."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from assistant.ask import Assistant
from kb.addresses import address
from kb.documents import DocumentKind, Node
from kb.errors import UnknownNodeError
from kb.ids import document_of, is_at_or_below
from kb.places import PREFECTURES
from kb.results import Answer, Filters, Hit
from kb.settings import Settings
from kb.spans import Span
from kb.store import KnowledgeBase
from retrieval.search import Searcher
from ui.web.views import Choices, Front, Holding, Place

_AROUND = 2
_BELOW = 40
_OPEN_DOCUMENTS = 8


class Library:
    """One open generation; safe to share among threads. Raises StoreError when there is none."""

    def __init__(self, settings: Settings) -> None:
        self._kb = KnowledgeBase.open(settings.home)
        self._searcher = Searcher(self._kb, settings)
        self._assistant = Assistant(self._kb, self._searcher)
        self.nodes = lru_cache(maxsize=_OPEN_DOCUMENTS)(self._kb.nodes)

    def ask(self, question: str, filters: Filters) -> Answer:
        """An answer with its citations."""
        return self._assistant.ask(question, filters)

    def search(self, query: str, k: int, filters: Filters) -> tuple[Hit, ...]:
        """At most `k` hits, best first."""
        return self._searcher.search(query, k, filters)

    def addresses(self, nodes: Iterable[str]) -> dict[str, str]:
        """Node ids to the addresses that officers use."""
        return {
            node: address(self._kb.document(document_of(node)), self._kb.node(node))
            for node in nodes
        }

    def holdings(self) -> tuple[Holding, ...]:
        """All documents in the order they were ingested."""
        return tuple(
            Holding(document, *self._kb.counts_of(document.id)) for document in self._kb.documents()
        )

    def front(self, doc: str) -> Front:
        """The first page of a document. Raises UnknownDocumentError."""
        tops = tuple(node for node in self.nodes(doc) if node.parent is None)
        return Front(self._kb.document(doc), tops)

    def place(self, node: str, quote: Span | None = None) -> Place:
        """A node with its surroundings. Raises UnknownNodeError or UnknownDocumentError."""
        doc = document_of(node)
        nodes = self.nodes(doc)
        at = next((index for index, item in enumerate(nodes) if item.id == node), None)
        if at is None:
            raise UnknownNodeError(node)
        end = at + 1
        while end < len(nodes) and is_at_or_below(nodes[end].id, node):
            end += 1
        by_id = {item.id: item for item in nodes}
        text = self._kb.text(doc)
        return Place(
            document=self._kb.document(doc),
            node=nodes[at],
            ancestors=_ancestors(nodes[at], by_id),
            before=nodes[max(at - _AROUND, 0) : at],
            below=nodes[at + 1 : min(end, at + 1 + _BELOW)],
            after=nodes[end : end + _AROUND],
            omitted=max(end - at - 1 - _BELOW, 0),
            raw="".join(text[span.start : span.end] for span in nodes[at].segments).strip(),
            quote=quote,
        )

    def choices(self) -> Choices:
        """What there is to filter by."""
        documents = self._kb.documents()
        cases = [
            node.case
            for document in documents
            if document.kind is DocumentKind.JIREI
            for node in self.nodes(document.id)
            if node.case
        ]
        places = {document.prefecture for document in documents}
        places |= {case.prefecture for case in cases}
        years = {document.fiscal_year for document in documents if document.fiscal_year}
        return Choices(
            documents=documents,
            kinds=tuple(dict.fromkeys(document.kind for document in documents)),
            years=tuple(sorted(years, reverse=True)),
            prefectures=tuple(place for place in PREFECTURES if place in places),
            categories=tuple(dict.fromkeys(case.category for case in cases if case.category)),
        )


def _ancestors(node: Node, by_id: dict[str, Node]) -> tuple[Node, ...]:
    above: list[Node] = []
    while node.parent is not None:
        node = by_id[node.parent]
        above.append(node)
    return tuple(reversed(above))
