"""What speaks against answering a question, as numbers for a linear model."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from assistant.declining.aspects import leaves_out
from assistant.declining.unsaid import said_by, unsaid
from assistant.evidence.choice import Judged, operative_sentence
from assistant.logistic import Matrix
from assistant.subjects import share_said, subjects
from assistant.wanted import states, wanted_quantity
from retrieval.query import Intent, Query
from retrieval.relevance import Relevance
from retrieval.topics import flat

SIGNALS = (
    "log_score",
    "unwritten",
    "quantity_missing",
    "quantity_elsewhere",
    "unsaid_by_best",
    "topic_said",
    "topic_unsaid",
    "covered",
    "number",
    "several",
    "words",
    "in_case",
    "length",
    "unsaid",
    "heaviest_unsaid",
    "topic_closeness",
    "closeness",
    "best_chance",
    "procedure_asked",
    "aspect_missing",
    "aspect_elsewhere",
)
"""Columns of the matrix; the best candidate is the likeliest, the three are the likeliest three.

`quantity_missing` is how unlikely the likeliest candidate is that states the quantity asked for,
`quantity_elsewhere` says that the best one's answering sentence does not. `unsaid_by_best` is the length
of the longest part of a subject that the best does not say. `topic_said` is the share of the
question's weight that a topic has of which the best speaks, `topic_unsaid` that of a topic of which
none of the three speaks. `covered` is the share of the question's weight that the three say.
`number`, `several` and `in_case` (of the best) see the evidence's signals. `words` is the greatest
lexical score, `length` the logarithm of the number of content words; `unwritten`, `unsaid` and
`heaviest_unsaid` are what `Unsaid` says of the three. `topic_closeness` is the cosine similarity of
the question to the phrasing by which its first topic was found, `closeness` the best candidate's.
`aspect_missing` says that none of the three has a word for what is wanted of the subject (a form, a
fee, a penalty), `aspect_elsewhere` that neither the best nor another about as likely has one.
"""
_THREE = 3
_TOPICS = 3
_LONG = 4
_AS_LIKELY = 0.02
_MUCH = 10
_PROCEDURE = re.compile(
    r"[しやり書出作取決](?:り|き|し|め)?(?:かた|方)|仕方|方法|手順|手続|計算|算[出定]|どうやって|流れ"
    r"|こつ|コツ|様式|書類|申請先|提出先"
)
"""Policies say what is to be done and rarely how."""


def left_unsaid(relevance: Relevance, found: Sequence[Judged]) -> Matrix:
    """What the likeliest three leave unsaid of the question, as a direction; shape (1, dimension).

    What is left unsaid matters by what it means: a fee, a form or a telephone number more than a
    way of asking.
    """
    contexts = [item.candidate.context for item in _likeliest(found)]
    return relevance.left_unsaid(contexts).astype(np.float64)[None]


def signals(query: Query, relevance: Relevance, found: Sequence[Judged]) -> Matrix:
    """One row, shape (1, len(SIGNALS)); `found` is not empty."""
    needed = wanted_quantity(query.text)
    ranked = _likeliest(found)
    best = ranked[0].candidate
    leading = [item.candidate for item in ranked if item.chance >= ranked[0].chance - _AS_LIKELY]
    # A note defines what the clause above it marks: the two say it together.
    of_best = "\n".join(
        flat(said_by(item.candidate))
        for item in ranked
        if item.candidate is best
        or item.candidate.is_part_of(best)
        or best.is_part_of(item.candidate)
    )
    of_three = "\n".join(flat(said_by(item.candidate)) for item in ranked)
    covered = {
        term: share
        for item in ranked
        for term, share in relevance.shares(item.candidate.context).items()
    }
    scores = sorted((item.candidate.hit.score for item in found), reverse=True)
    parts = [
        min(len(subject), _LONG) * (1 - share_said(subject, of_best, query.expansions))
        for subject in subjects(query.text)
    ]
    left = unsaid(query, relevance, [item.candidate for item in ranked])
    stating = [item.chance for item in found if states(needed, item.candidate.node.text)]
    topics = [(topic.share, flat(topic.official)) for topic in query.topics[:_TOPICS]]
    row = (
        math.log(max(scores[0], 1e-2)),
        left.unwritten,
        1 - max(stating, default=0.0),
        not states(needed, operative_sentence(relevance, best.node).text),
        max(parts, default=0.0),
        max((share for share, official in topics if official in of_best), default=0.0),
        max((share for share, official in topics if official not in of_three), default=0.0)
        * (1 - sum(covered.values())),
        sum(covered.values()),
        query.intent is Intent.NUMBER,
        query.intent in (Intent.LIST, Intent.COMPARE),
        max(item.candidate.hit.lexical for item in found) / _MUCH,
        best.case is not None,
        math.log(max(left.count, 1)),
        left.whole,
        left.heaviest,
        max(relevance.closeness([topic.phrase for topic in query.topics[:1]]), default=0.0),
        best.hit.dense,
        ranked[0].chance,
        bool(_PROCEDURE.search(query.text)),
        leaves_out(query.text, "\n".join(said_by(item.candidate) for item in ranked)),
        all(leaves_out(query.text, said_by(item)) for item in leading),
    )
    return np.array([row], dtype=np.float64)


def _likeliest(found: Sequence[Judged]) -> list[Judged]:
    return sorted(found, key=lambda item: -item.chance)[:_THREE]
