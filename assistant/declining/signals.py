"""What speaks against answering a question, as numbers for a linear model."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from assistant.declining.subjects import share_said, subjects
from assistant.evidence import Candidate
from assistant.evidence.choice import FAINT, Judged, operative_sentence
from assistant.logistic import Matrix
from assistant.wanted import states, wanted_quantity
from retrieval.query import Intent, Query
from retrieval.relevance import Relevance
from retrieval.topics import flat

SIGNALS = (
    "log_score",
    "heaviest_missing",
    "quantity_missing",
    "quantity_elsewhere",
    "unsaid_by_best",
    "topic_said",
    "topic_unsaid",
    "covered",
    "unsaid_by_all",
    "documents_named",
    "number",
    "several",
    "words",
    "meaning_asked",
    "in_case",
)
"""Columns of the matrix; the best candidate is the likeliest, the three are the likeliest three.

`heaviest_missing` is the share of the question's heaviest term that the three do not say.
`quantity_missing` says that no candidate that may be evidence states the quantity asked for,
`quantity_elsewhere` that the best one's answering sentence does not. `unsaid_by_best` is the length of the longest part of a subject
that the best does not say. `topic_said` is the share of the question's weight that a topic has of which the best
speaks, `topic_unsaid` that of a topic of which none of the three speaks. `covered` is the share of
the question's weight that the three say, `unsaid_by_all` the mean share of a subject that no
candidate says; `several`, `number` and `in_case` (of the best) see the evidence's signals. `words` is
the greatest lexical score.
"""
_THREE = 3
_TOPICS = 3
_LONG = 4
_MUCH = 10
_MEANING = re.compile(r"とは|って(?:何|なに|なん)|意味|定義|指す|含|正式|フルネーム")


def signals(query: Query, relevance: Relevance, found: Sequence[Judged]) -> Matrix:
    """One row, shape (1, len(SIGNALS)); `found` is not empty."""
    needed = wanted_quantity(query.text)
    ranked = sorted(found, key=lambda item: -item.chance)[:_THREE]
    best = ranked[0].candidate
    # A note defines what the clause above it marks: the two say it together.
    of_best = "\n".join(
        _said(item.candidate)
        for item in ranked
        if item.candidate is best
        or item.candidate.is_part_of(best)
        or best.is_part_of(item.candidate)
    )
    of_three = "\n".join(_said(item.candidate) for item in ranked)
    covered = relevance.shares("\n".join(item.candidate.context for item in ranked))
    scores = sorted((item.candidate.hit.score for item in found), reverse=True)
    of_all = "\n".join(_said(item.candidate) for item in found)
    about = subjects(query.text)
    unsaid = [
        min(len(subject), _LONG) * (1 - share_said(subject, of_best, query.expansions))
        for subject in about
    ]
    unsaid_by_all = [1 - share_said(subject, of_all, query.expansions) for subject in about]
    topics = [(topic.share, flat(topic.official)) for topic in query.topics[:_TOPICS]]
    row = (
        math.log(max(scores[0], 1e-2)),
        max((w for term, w in relevance.weights.items() if term not in covered), default=0.0),
        not any(states(needed, item.candidate.node.text) for item in found if item.chance >= FAINT),
        not states(needed, operative_sentence(relevance, best.node).text),
        max(unsaid, default=0.0),
        max((share for share, official in topics if official in of_best), default=0.0),
        max((share for share, official in topics if official not in of_three), default=0.0)
        * (1 - sum(covered.values())),
        sum(covered.values()),
        sum(unsaid_by_all) / max(len(about), 1),
        bool(query.documents),
        query.intent is Intent.NUMBER,
        query.intent in (Intent.LIST, Intent.COMPARE),
        max(item.candidate.hit.lexical for item in found) / _MUCH,
        bool(_MEANING.search(query.text)),
        best.case is not None,
    )
    return np.array([row], dtype=np.float64)


def _said(candidate: Candidate) -> str:
    document = candidate.document
    case = candidate.hit.case
    names = (document.title, document.issuer, *((case.organisation, case.title) if case else ()))
    return flat("\n".join((*names, candidate.context)))
