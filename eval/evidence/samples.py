"""Judged questions as samples for the two models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.declining.decide import against
from assistant.evidence import POOL, Candidate, judged, pool
from assistant.evidence.signals import signals
from assistant.logistic import Logistic, Matrix
from assistant.named import absent_of
from eval.questions import Answerable, JudgedQuestion
from kb.ids import is_at_or_below
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query
from retrieval.relevance import Relevance
from retrieval.search import Searcher


@dataclass(frozen=True, eq=False)
class Sample:
    """A question read and its candidates."""

    judged: JudgedQuestion
    query: Query
    relevance: Relevance
    candidates: tuple[Candidate, ...]

    @cached_property
    def rows(self) -> Matrix:
        """The signals of the candidates."""
        return signals(self.query, self.relevance, self.candidates)

    @cached_property
    def labels(self) -> Matrix:
        """1 for a candidate that must be found, 0 for one that is no answer, -1 for either."""
        return np.array([self._label(candidate.node.id) for candidate in self.candidates])

    def decline_row(self, model: Logistic) -> Matrix:
        """What speaks against answering, the evidence judged by `model`."""
        found = judged(self.query, self.relevance, self.candidates, model)
        row: Matrix = against(self.query, self.relevance, found)[0]
        return row

    def _label(self, node: str) -> int:
        if any(is_at_or_below(node, place) for place in self.judged.must_find):
            return 1
        return -1 if any(is_at_or_below(node, place) for place in self.judged.citable) else 0


def samples(
    kb: KnowledgeBase, searcher: Searcher, questions: Sequence[JudgedQuestion]
) -> Iterator[Sample]:
    """Each wording of each question that has candidates and is not about a clause number."""
    documents = {document.id: document for document in kb.documents()}
    wordings = ((item, text) for item in questions for text in (item.question, *item.variants))
    for question, text in wordings:
        read = searcher.read(text)
        query = replace(read.query, absent=absent_of(read.query))
        if query.intent is Intent.ADDRESS:
            continue
        candidates = pool(kb, documents, query, searcher.search_for(read, POOL))
        if candidates:
            yield Sample(question, query, read.relevance, candidates)


def has_answer(sample: Sample) -> bool:
    """Whether the documents answer the question at least in part."""
    return sample.judged.answerable is not Answerable.NO and bool(sample.judged.must_find)
