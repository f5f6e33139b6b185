"""The candidates of a question: its hits, without those of other years, owners and matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evidence.candidates import Candidate, gather
from assistant.evidence.owners import of_owners
from assistant.evidence.preambles import of_the_matter
from assistant.evidence.years import asked_years, eras, missing_years, of_eras, of_years
from assistant.wanted import wanted_quantity
from kb.documents import Document
from kb.results import Hit
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query

POOL = 20
"""Hits that are looked at."""


def pool(
    kb: KnowledgeBase, documents: Mapping[str, Document], query: Query, hits: Sequence[Hit]
) -> tuple[Candidate, ...]:
    """The hits that may answer, in their order."""
    candidates = gather(
        kb, documents, hits, wanted_quantity(query.text), listing=query.intent is Intent.LIST
    )
    every = tuple(documents.values())
    candidates = of_owners(query, candidates, every)
    candidates = of_the_matter(query, candidates, every)
    candidates = of_eras(candidates, eras(query.text))
    return of_years(candidates, asked_years(query, every), missing_years(query, every))
