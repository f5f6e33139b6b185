"""How near a question lies to what the documents, and the field as a whole, are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from assistant.evidence.choice import Judged
from assistant.logistic import Matrix
from assistant.subjects import share_said, subjects
from retrieval.query import Query
from retrieval.relevance import Relevance
from retrieval.topics import flat

FIELD_SIGNALS = ("coverage", "topic", "nearest", "unheard", "unknown", "named")
"""Columns of the matrix: a question against everything that was found for it.

`coverage` is the greatest share of its weight that one place has in its own words, `topic` the share
that the phrasings of the nearest topic have, `nearest` the greatest cosine similarity. `unheard` is
the length of the longest part of a subject that no place has in one piece, `unknown` of one that no
phrasing of the question's topics has either. `named` says that it names an owner, a document or a
number that is there.
"""
_LONG = 6


def field_signals(query: Query, relevance: Relevance, found: Sequence[Judged]) -> Matrix:
    """One row, shape (1, len(FIELD_SIGNALS)); `found` is not empty."""
    places = [item.candidate for item in found]
    said = flat("\n".join(f"{place.document.title}\n{place.context}" for place in places))
    phrasings = (f"{topic.phrase}\n{topic.official}" for topic in query.topics)
    terms = (f"{item.written}\n{item.official}" for item in query.expansions)
    known = flat("\n".join((said, *phrasings, *terms)))
    asked = subjects(query.text)
    row = (
        max(relevance.coverage(place.context) for place in places),
        query.topics[0].share if query.topics else 0.0,
        max(place.hit.dense for place in places),
        _longest_unsaid(asked, said),
        _longest_unsaid(asked, known),
        bool(query.owners or query.documents or query.clauses),
    )
    return np.array([row], dtype=np.float64)


def _longest_unsaid(asked: Iterable[str], text: str) -> float:
    return max(
        (min(len(word), _LONG) * (1 - share_said(word, text)) for word in asked), default=0.0
    )
