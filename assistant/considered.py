"""A question with what was found for it and what that amounts to, worked out once and when needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.declining import Ground, decline
from assistant.evidence import Candidate, Evidence, choose, judged, pool
from assistant.evidence.choice import Judged
from assistant.named import absent_of
from kb.documents import Document
from kb.results import Hit
from kb.store import KnowledgeBase
from retrieval.query import Query
from retrieval.relevance import Relevance
from retrieval.search import ReadQuestion


@dataclass(frozen=True)
class Considered:
    """`documents` are those of `kb` by id, `hits` what the search returned for `read`."""

    kb: KnowledgeBase
    documents: Mapping[str, Document]
    read: ReadQuestion
    hits: Sequence[Hit]

    @cached_property
    def query(self) -> Query:
        """The question without absences that do not matter."""
        return dataclasses.replace(self.read.query, absent=absent_of(self.read.query))

    @property
    def relevance(self) -> Relevance:
        """The question, ready to be compared with texts."""
        return self.read.relevance

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The places that an answer may rest on."""
        return pool(self.kb, self.documents, self.query, self.hits)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """The same with their chances."""
        return judged(self.query, self.relevance, self.candidates)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What an answer by meaning rests on."""
        return choose(self.query, self.relevance, self.judged)

    @cached_property
    def ground(self) -> Ground | None:
        """Why it is not to be answered from that; None to answer."""
        return decline(self.query, self.relevance, self.judged, self.evidence)
