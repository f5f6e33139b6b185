"""Question to answer without a language model: the clauses' own sentences, cited and checked."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection, Sequence

from assistant.addressed import addressed
from assistant.considered import Considered
from assistant.declining import Ground
from assistant.evidence import POOL, Evidence
from assistant.evidence.references import asks_for_reference, referred, referring
from assistant.in_vain import InVain, named_in_vain
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
from kb.errors import OptionError
from kb.results import Answer, Filters, Hit
from kb.store import KnowledgeBase
from retrieval.query import Query
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
            or self._told(considered, wanted, ignored)
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

    def _told(self, considered: Considered, filters: Filters, ignored: Collection[str]) -> Answer:
        """What the places found say, or those of others than the policies named."""
        vain = named_in_vain(self._kb, self._searcher, considered, filters, ignored)
        elsewhere = self._elsewhere(considered, vain) if vain else None
        return elsewhere or self._by_meaning(considered, vain)

    def _elsewhere(self, considered: Considered, vain: InVain) -> Answer | None:
        """What the other documents say, where none of the policies named has anything like it."""
        if len(vain.documents) < len(considered.query.documents):
            return None
        answer = self._by_meaning(vain.elsewhere)
        if answer.abstained:
            return None
        return dataclasses.replace(
            answer,
            question=considered.query.asked,
            warnings=(*vain.warnings(vain.elsewhere.evidence), *answer.warnings),
        )

    def _by_meaning(self, considered: Considered, vain: InVain | None = None) -> Answer:
        """What the evidence says, without that of policies named that have nothing like it."""
        query, relevance = considered.query, considered.relevance
        if considered.ground:
            return nothing_found(self._kb, query, considered.hits, considered.ground)
        lacking = vain.documents if vain else ()
        every = considered.evidence
        evidence = tuple(item for item in every if item.document not in lacking) or every
        if asks_for_reference(query):
            evidence += referring(self._kb, relevance, evidence, considered.judged)
        evidence += referred(self._kb, relevance, evidence, query)
        answer = self._written(considered.read, evidence)
        warnings = vain.warnings(evidence) if vain else ()
        return dataclasses.replace(answer, warnings=(*warnings, *answer.warnings))

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
