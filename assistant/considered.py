"""A question with what was found for it and what that amounts to, worked out once and when needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.declining import Ground, decline
from assistant.evidence import Candidate, Evidence, choose, judged, pool
from assistant.evidence.choice import Judged, evidence_of
from assistant.meaning import defining, describing
from assistant.named import absent_of
from kb.documents import Document
from kb.results import Hit
from kb.store import KnowledgeBase
from retrieval.meanings import squeezed
from retrieval.query import Intent, Query, term_asked
from retrieval.relevance import Relevance
from retrieval.search import ReadQuestion

_DOUBTS = (Ground.OUTSIDE, Ground.FAR)
"""Grounds that are judged by likeness, which short questions about a term have little of."""


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
        """What an answer by meaning rests on; where a meaning is asked, a place that says it too."""
        chosen = choose(self.query, self.relevance, self.judged)
        if not self._term or any(defining(self.kb, item, self._term) for item in chosen):
            return chosen
        others = [evidence_of(self.relevance, candidate) for candidate in self.candidates]
        found = [item for one in others if (item := defining(self.kb, one, self._term))]
        if not found and not any(describing(item, self._term) for item in chosen):
            found = [item for item in others if describing(item, self._term)]
        return (*found[:1], *chosen)

    @cached_property
    def ground(self) -> Ground | None:
        """Why it is not to be answered from that; None to answer."""
        ground = decline(self.query, self.relevance, self.judged, self.evidence)
        return None if ground in _DOUBTS and self._is_defined() else ground

    @cached_property
    def _term(self) -> str:
        """The term whose meaning is asked for, squeezed; "" for any other question."""
        if self.query.intent is not Intent.DEFINITION:
            return ""
        return squeezed(term_asked(self.query.text))

    def _is_defined(self) -> bool:
        """Whether the first place says the meaning that is asked for."""
        first = self.evidence[:1] if self._term else ()
        return any(defining(self.kb, item, self._term) for item in first)
