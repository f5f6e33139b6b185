"""Question to answer without a language model: the clauses' own sentences, cited and checked."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence

from assistant import compose
from assistant.evidence import Thresholds, choose, evidence_of
from assistant.wanted import missing_quantity
from kb.addresses import ClauseMention
from kb.documents import Document
from kb.errors import OptionError, UnknownNodeError
from kb.ids import node_id
from kb.places import prefecture_named
from kb.results import Answer, Filters, Hit
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query
from retrieval.search import Searcher

_POOL = 20
_ALL = 500


class Assistant:
    """Answers questions from one generation of the knowledge base; safe to share among threads."""

    def __init__(
        self, kb: KnowledgeBase, searcher: Searcher, thresholds: Thresholds | None = None
    ) -> None:
        self._kb = kb
        self._searcher = searcher
        self._thresholds = thresholds or Thresholds()

    def ask(self, question: str, filters: Filters | None = None) -> Answer:
        """Answer from the documents that `filters` lets through.

        Raises OptionError for an empty question or an unknown filter value.
        """
        began = time.perf_counter()
        wanted = filters or Filters()
        query = self._searcher.understand(question)
        hits = self._searcher.search(question, _POOL, wanted)
        if query.intent is Intent.ADDRESS:
            answer = self._by_address(query, wanted)
        elif cases := self._cases_there(query, wanted):
            answer = self._listed(query, cases)
        else:
            answer = self._by_meaning(query, hits)
        return dataclasses.replace(answer, seconds=time.perf_counter() - began)

    def _cases_there(self, query: Query, filters: Filters) -> list[Hit]:
        """When the cases of a prefecture are to be listed: the best section of each, best first."""
        prefecture = prefecture_named(query.text)
        if query.intent is not Intent.LIST or prefecture is None or filters.prefecture:
            return []
        there = dataclasses.replace(filters, prefecture=prefecture)
        try:
            hits = self._searcher.search(query.text, _ALL, there)
        except OptionError:  # No case is from there.
            return []
        best: dict[tuple[str, int], Hit] = {}
        for hit in hits:
            if hit.case:
                best.setdefault((hit.doc, hit.case.number), hit)
        return list(best.values())

    def _listed(self, query: Query, hits: Sequence[Hit]) -> Answer:
        relevance = self._searcher.relevance(query.text)
        return compose.from_evidence(self._kb, query, evidence_of(self._kb, relevance, hits))

    def _by_meaning(self, query: Query, hits: Sequence[Hit]) -> Answer:
        if not hits or any(not absence.mentioned for absence in query.absent):
            return compose.nothing_found(self._kb, query, hits)
        relevance = self._searcher.relevance(query.text)
        evidence = choose(self._kb, relevance, query.intent, hits, self._thresholds)
        texts = "\n".join(item.node.text for item in evidence)
        if missing_quantity(query.text, texts):
            return compose.nothing_found(self._kb, query, hits)
        return compose.from_evidence(self._kb, query, evidence)

    def _by_address(self, query: Query, filters: Filters) -> Answer:
        """The clauses that carry the number, or the nearest number that exists."""
        documents = self._documents(query, filters)
        found = [
            node
            for clause in query.clauses
            for document in documents
            if self._exists(node := node_id(document.id, clause.labels))
        ]
        if found:
            return compose.clauses(self._kb, query, [self._kb.node(node) for node in found])
        nearest = [
            self._kb.node(above)
            for clause in query.clauses
            for document in documents
            if (above := self._nearest_above(document.id, clause))
        ]
        return compose.no_such_clause(self._kb, query, nearest)

    def _documents(self, query: Query, filters: Filters) -> list[Document]:
        """The documents a bare clause number may mean: those named, else all that pass."""
        passing = [
            document
            for document in self._kb.documents()
            if filters.doc in (None, document.id)
            and filters.kind in (None, document.kind)
            and filters.year in (None, document.fiscal_year)
        ]
        return [item for item in passing if item.id in query.documents] or passing

    def _exists(self, node: str) -> bool:
        try:
            self._kb.node(node)
        except UnknownNodeError:
            return False
        return True

    def _nearest_above(self, doc: str, clause: ClauseMention) -> str | None:
        for length in range(len(clause.labels) - 1, 0, -1):
            node = node_id(doc, clause.labels[:length])
            if self._exists(node):
                return node
        return None
