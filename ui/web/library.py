"""What the pages ask of one generation of the knowledge base, as typed objects."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from assistant.conversation import Conversations
from assistant.exports import formal_source
from assistant.writers import EXTRACTIVE, LLM, Writer, open_writer
from kb.addresses import address
from kb.documents import Definition, Document, DocumentKind, Node, Reference
from kb.errors import UnknownNodeError
from kb.ids import document_of, is_at_or_below
from kb.places import PREFECTURES
from kb.results import Answer, Filters
from kb.settings import Settings
from kb.spans import Span
from kb.store import KnowledgeBase
from retrieval.search import Searcher
from ui.web import facets
from ui.web.followups import followups
from ui.web.originals import Originals
from ui.web.turns import Turn
from ui.web.understood import chips, context_chip
from ui.web.views import Choices, Found, Front, Holding, Link, Place

_AROUND = 2
_BELOW = 40
_OPEN_DOCUMENTS = 8
_COUNTED = 100


class Library:
    """One open generation; safe to share among threads. Raises StoreError when there is none."""

    def __init__(self, settings: Settings) -> None:
        self.kb = KnowledgeBase.open(settings.home)
        self.searcher = Searcher(self.kb, settings)
        name = LLM if settings.llm_url else EXTRACTIVE
        self.writer: Writer = open_writer(name, self.kb, self.searcher, settings)
        self.conversations = Conversations(self.kb, self.searcher)
        self.originals = Originals(settings)
        self.nodes = lru_cache(maxsize=_OPEN_DOCUMENTS)(self.kb.nodes)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """All documents by id, in the order they were ingested."""
        return {document.id: document for document in self.kb.documents()}

    def progress(self, turn: Turn) -> Iterator[Turn]:
        """The turn as it grows; the last one has the answer and what to ask next. Raises KbError."""
        asked = self.conversations.read(turn.question, turn.before)
        query = self.searcher.understand(asked.full, turn.ignored)
        turn = replace(
            turn,
            chips=(*context_chip(asked), *chips(query, turn.filters, self.documents)),
            generation=self.kb.generation,
        )
        for step in self.writer.progress(asked.full, turn.filters, turn.ignored):
            if step.answer is None:
                yield replace(turn, draft=step.draft)
            else:
                yield self._finished(turn, asked.answered(step.answer))

    def _finished(self, turn: Turn, answer: Answer) -> Turn:
        cited = [citation.id for citation in answer.citations]
        return replace(
            turn,
            answer=answer,
            addresses=self.addresses(cited),
            sources={
                node: formal_source(self.documents[document_of(node)], self.kb.node(node))
                for node in cited
            },
            followups=followups(self.kb, answer),
        )

    def search(self, text: str, filters: Filters) -> Found:
        """The best hits and counts over them. Raises KbError."""
        began = time.perf_counter()
        hits = self.searcher.search(text, _COUNTED, filters)
        return Found(
            self.searcher.understand(text),
            hits,
            self.addresses(hit.id for hit in hits),
            facets.count(hits, self.documents),
            time.perf_counter() - began,
        )

    def addresses(self, nodes: Iterable[str]) -> dict[str, str]:
        """Node ids to the addresses that officers use."""
        return {
            node: address(self.documents[document_of(node)], self.kb.node(node)) for node in nodes
        }

    def holdings(self) -> tuple[Holding, ...]:
        """All documents in the order they were ingested."""
        return tuple(
            Holding(document, *self.kb.counts_of(document.id), Path(document.path).is_file())
            for document in self.documents.values()
        )

    def front(self, doc: str) -> Front:
        """The first page of a document. Raises UnknownDocumentError."""
        tops = tuple(node for node in self.nodes(doc) if node.parent is None)
        return Front(self.documents[doc], tops)

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
        text = self.kb.text(doc)
        below = nodes[at + 1 : min(end, at + 1 + _BELOW)]
        shown = {node, *(item.id for item in below)}
        return Place(
            document=self.documents[doc],
            node=nodes[at],
            ancestors=_ancestors(nodes[at], by_id),
            before=nodes[max(at - _AROUND, 0) : at],
            below=below,
            after=nodes[end : end + _AROUND],
            omitted=max(end - at - 1 - _BELOW, 0),
            raw=tuple(text[span.start : span.end] for span in nodes[at].segments),
            quote=quote,
            links=tuple(
                self._link(item) for item in self.kb.references(node) if item.source in shown
            ),
            linked_from=tuple(self._link(item) for item in self.kb.referenced_by(node)),
            terms=_in_force(self.kb.definitions(doc), node),
            has_page=self.originals.has_page(self.documents[doc], nodes[at].page),
        )

    def choices(self) -> Choices:
        """What there is to filter by."""
        documents = tuple(self.documents.values())
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

    def _link(self, reference: Reference) -> Link:
        places = self.addresses((reference.source, *reference.targets))
        targets = tuple((target, places[target]) for target in reference.targets)
        return Link(reference, places[reference.source], targets)


def _in_force(definitions: Sequence[Definition], node: str) -> tuple[Definition, ...]:
    """The terms that hold at a node, the narrower scope first where a term is defined twice."""
    found: dict[str, Definition] = {}
    for item in sorted(definitions, key=lambda item: -len(item.scope)):
        if is_at_or_below(node, item.scope):
            found.setdefault(item.term, item)
    return tuple(found.values())


def _ancestors(node: Node, by_id: dict[str, Node]) -> tuple[Node, ...]:
    above: list[Node] = []
    while node.parent is not None:
        node = by_id[node.parent]
        above.append(node)
    return tuple(reversed(above))
