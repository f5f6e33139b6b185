"""Question to answer without a language model: the clauses' own sentences, cited and checked."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection, Sequence

from assistant.addressed import addressed
from assistant.considered import Considered
from assistant.declining import Ground
from assistant.evidence import POOL, Candidate, Evidence, pool
from assistant.evidence.lacking import nothing_like
from assistant.evidence.owners import asks_existence, less_the_policy
from assistant.evidence.references import asks_for_reference, referred, referring
from assistant.listing import (
    aspect_of_owner,
    best_sections,
    case_fields_asked,
    cases_asked,
    items_asked,
    only_in_asked,
    records_asked,
)
from assistant.named import (
    absent_of,
    documents_meant,
)
from assistant.wanted import wanted_quantity
from assistant.writing import Matter, nothing_found, write
from kb.addresses import document_name
from kb.documents import Document
from kb.errors import OptionError
from kb.results import Answer, Filters, Hit
from kb.store import KnowledgeBase
from retrieval.query import Query
from retrieval.relevance import Relevance
from retrieval.search import ReadQuestion, Searcher


class Assistant:
    """Answers questions from one generation of the knowledge base; safe to share among threads."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher) -> None:
        self._kb = kb
        self._searcher = searcher
        self._documents = {document.id: document for document in kb.documents()}

    def ask(
        self,
        question: str,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> Answer:
        """Answer from the documents that `filters` lets through.

        `ignored` is what was understood and is not meant, see `Understander.understand`.
        Raises OptionError for an empty question or an unknown filter value.
        """
        began = time.perf_counter()
        if not question.strip():
            raise OptionError("質問が空です。知りたい内容を入力してください。")
        wanted = filters or Filters()
        read = self._searcher.read(question, ignored)
        hits = self._searcher.search_for(read, POOL, wanted)
        considered = Considered(self._kb, self._documents, read, hits)
        answer = (
            self._listed(read.query, wanted)
            or self._by_address(read, hits, wanted)
            or aspect_of_owner(self._kb, read.query, hits)
            or self._cases(considered, wanted)
            or self._elsewhere(read, hits, wanted, ignored)
            or self._by_meaning(considered)
        )
        return dataclasses.replace(answer, seconds=time.perf_counter() - began)

    def _listed(self, query: Query, filters: Filters) -> Answer | None:
        """Items of a clause, rows of a table, what one policy has and others have not."""
        documents = documents_meant(self._kb, query, filters)
        return (
            items_asked(self._kb, query, documents)
            or only_in_asked(self._kb, query)
            or records_asked(self._kb, query, documents)
        )

    def _cases(self, considered: Considered, filters: Filters) -> Answer | None:
        """The cases that a question wants together.

        None where it names something that is not there, is about another matter, or where the cases
        hardly have its words and nothing answers it.
        """
        read, hits = considered.read, considered.hits
        if any(not absence.mentioned for absence in considered.query.absent):
            return None
        found = cases_asked(self._kb, self._searcher, read, hits, filters)
        if not found or not found.matches:
            return None
        if considered.ground is Ground.OUTSIDE or (found.weak and considered.ground):
            return None
        evidence = best_sections(found, read.relevance, hits, self._documents)
        return case_fields_asked(self._kb, self._searcher, read, found, evidence) or self._written(
            read, evidence
        )

    def _elsewhere(
        self, read: ReadQuestion, hits: Sequence[Hit], filters: Filters, ignored: Collection[str]
    ) -> Answer | None:
        """What the other documents say, where the one policy named has nothing like it.

        None unless the question may ask whether that one has a rule.
        """
        query = read.query
        if not hits or len(query.documents) != 1 or not asks_existence(query.text):
            return None
        named = self._documents[query.documents[0]]
        of_all = self._searcher.read(less_the_policy(query, named), {*ignored, named.id})
        found = self._searcher.search_for(of_all, POOL, filters)
        others = [hit for hit in found if hit.doc != named.id]
        if not others or any(hit.doc == named.id for hit in found[:1]):
            return None
        other = pool(self._kb, self._documents, of_all.query, others)[:1]
        own = [
            item
            for item in pool(self._kb, self._documents, query, (*hits, *found))
            if item.node.doc == named.id
        ]
        if not other or not nothing_like(of_all.query, of_all.relevance, own, other[0]):
            return None
        considered = Considered(self._kb, self._documents, of_all, others)
        answer = dataclasses.replace(self._by_meaning(considered), question=query.asked)
        if answer.abstained:
            return answer
        return dataclasses.replace(answer, warnings=(_without(named), *answer.warnings))

    def _by_meaning(self, considered: Considered) -> Answer:
        query, relevance = considered.query, considered.relevance
        if considered.ground:
            return nothing_found(self._kb, query, considered.hits, considered.ground)
        evidence = considered.evidence
        if asks_for_reference(query):
            evidence += referring(self._kb, relevance, evidence, considered.judged)
        evidence += referred(self._kb, relevance, evidence, query)
        answer = self._written(considered.read, evidence)
        missing = self._named_in_vain(query, relevance, considered.candidates, evidence)
        return dataclasses.replace(answer, warnings=(*map(_without, missing), *answer.warnings))

    def _named_in_vain(
        self,
        query: Query,
        relevance: Relevance,
        candidates: Sequence[Candidate],
        evidence: Sequence[Evidence],
    ) -> list[Document]:
        """The one policy named, where the answer rests on others and it has nothing like them."""
        named = [self._documents[doc] for doc in query.documents]
        own = [item for item in candidates if item.document in named]
        first = next(item for item in candidates if item.node.id == evidence[0].node.id)
        told = len(named) != 1 or any(item.document in named for item in evidence)
        return [] if told or not nothing_like(query, relevance, own, first) else named

    def _written(self, read: ReadQuestion, evidence: tuple[Evidence, ...]) -> Answer:
        query = read.query
        matter = Matter(self._kb, query, read.relevance, evidence, wanted_quantity(query.text))
        answer = write(matter)
        reasons = tuple(absence.reason for absence in absent_of(query))
        return dataclasses.replace(answer, warnings=(*reasons, *answer.warnings))

    def _by_address(
        self, read: ReadQuestion, hits: Sequence[Hit], filters: Filters
    ) -> Answer | None:
        """The places that carry the numbers named; see `addressed`."""
        documents = documents_meant(self._kb, read.query, filters)
        return addressed(self._kb, read.query, documents, hits)


def _without(named: Document) -> str:
    return (
        f"「{document_name(named)}」にはお尋ねの内容に当たる記載が見つからないため、"
        "ほかの資料の記載を示しています。"
    )
