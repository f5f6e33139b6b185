"""What speaks for a candidate being part of the answer, as numbers for a linear model."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from assistant.evidence.candidates import Candidate
from assistant.evidence.owners import alone_named, asks_existence
from assistant.logistic import Matrix
from assistant.similarity import bigrams
from assistant.wanted import states, wanted_quantity
from kb.documents import NodeKind
from retrieval.query import Intent, Query
from retrieval.relevance import Relevance

SIGNALS = (
    "share_of_first",
    "log_score",
    "is_first",
    "coverage",
    "same_document",
    "same_document_share",
    "same_case",
    "below_first",
    "taken_in",
    "other_policy",
    "other_policy_share",
    "other_policy_likeness",
    "in_case",
    "is_record",
    "several",
    "several_share",
    "several_in_case",
    "number",
    "states_quantity",
    "documents_named",
    "document_not_named",
    "best_of_document",
    "best_of_other_policy",
    "behind_best",
    "lead",
    "other_policy_lead",
    "beside_named",
    "beside_named_existence",
)
"""Columns of the matrix. `share` is the score as a share of the first candidate's; `several` says
that places are to be listed or compared, `number` that a quantity is asked for, `states_quantity`
that the text states one such (0.5 where none is asked for). `taken_in` is the
greater share of the character pairs of either text that the first candidate's and this one have in
common, `likeness` the Dice coefficient of both. `behind_best` is how far the score lies behind that
of its document's best candidate, `lead` how far that one lies ahead of the document's second, both
as shares of the first candidate's score. `beside_named` says that the first is of the one policy
named and this is of another, `existence` that the question may ask whether a rule is there at all."""


def signals(query: Query, relevance: Relevance, candidates: Sequence[Candidate]) -> Matrix:
    """One row a candidate, shape (candidates, len(SIGNALS)); the first is the best hit."""
    needed = wanted_quantity(query.text)
    scores: dict[str, list[float]] = defaultdict(list)
    for candidate in candidates:
        scores[candidate.node.doc].append(candidate.hit.score)
    rows: list[tuple[float, ...]] = []
    led: set[str] = set()
    for candidate in candidates:
        doc = candidate.node.doc
        leads = doc not in led
        led.add(doc)
        rows.append(
            _row(query, relevance, candidates[0], candidate, needed)
            + _standing(candidates[0], candidate, scores[doc], leads=leads)
            + _beside_named(query, candidates[0], candidate)
        )
    return np.array(rows, dtype=np.float64).reshape(-1, len(SIGNALS))


def _row(
    query: Query,
    relevance: Relevance,
    first: Candidate,
    candidate: Candidate,
    needed: re.Pattern[str] | None,
) -> tuple[float, ...]:
    share = candidate.hit.score / first.hit.score
    same = candidate.node.doc == first.node.doc
    in_case = candidate.case is not None
    other_policy = not same and candidate.in_policy and first.in_policy
    several = query.intent in (Intent.LIST, Intent.COMPARE)
    ours, theirs = bigrams(candidate.node.text), bigrams(first.node.text)
    common = len(ours & theirs)
    return (
        share,
        math.log(max(candidate.hit.score, 1e-3)),
        candidate is first,
        relevance.coverage(candidate.context),
        same,
        same * share,
        in_case and candidate.case == first.case,
        candidate.is_part_of(first),
        max(common / max(len(ours), 1), common / max(len(theirs), 1)),
        other_policy,
        other_policy * share,
        other_policy * 2 * common / max(len(ours) + len(theirs), 1),
        in_case,
        candidate.node.kind is NodeKind.RECORD,
        several,
        several * share,
        several and in_case,
        query.intent is Intent.NUMBER,
        0.5 if needed is None else states(needed, candidate.stated),
        bool(query.documents),
        bool(query.documents) and candidate.node.doc not in query.documents,
    )


def _standing(
    first: Candidate, candidate: Candidate, scores: Sequence[float], *, leads: bool
) -> tuple[float, ...]:
    """How a candidate stands among those of its document, whose `scores` fall."""
    whole = first.hit.score
    lead = (scores[0] - scores[1]) / whole if leads and len(scores) > 1 else 0.0
    other = candidate.node.doc != first.node.doc and candidate.in_policy and first.in_policy
    behind = 0.0 if leads else (scores[0] - candidate.hit.score) / whole
    return (leads, leads and other, behind, lead, other * lead)


def _beside_named(query: Query, first: Candidate, candidate: Candidate) -> tuple[float, ...]:
    """Whether another policy than the one named may be cited beside it."""
    beside = (
        candidate.in_policy
        and candidate.node.doc != first.node.doc
        and alone_named(query, first.document)
    )
    return (beside, beside and asks_existence(query.text))
