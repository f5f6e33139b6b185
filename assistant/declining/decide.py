"""The decision to say that the documents do not answer, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np

from assistant.aims import asks_for_results, states_only_aims
from assistant.declining.field import FIELD_SIGNALS, field_signals
from assistant.declining.signals import SIGNALS, left_unsaid, signals
from assistant.evidence import Evidence
from assistant.evidence.choice import Judged
from assistant.logistic import Logistic, Matrix, read_model
from assistant.similarity import bigrams, containment
from assistant.wanted import states, wanted_quantity
from retrieval.query import Query
from retrieval.relevance import Relevance

_PASSAGE = 20
"""Pairs of characters from which a question may be a passage."""
_IN_ITS_WORDS = 0.75
WEIGHTS = Path(__file__).with_name("weights.json")
OUTSIDE_WEIGHTS = Path(__file__).with_name("outside.json")
_SIGNALS = len(SIGNALS) + len(FIELD_SIGNALS)


class Ground(StrEnum):
    """Why nothing is answered."""

    ABSENT = "absent"
    """It names an agency, a year or a number that is not there."""
    NO_EVIDENCE = "no_evidence"
    QUANTITY = "quantity"
    """The places that speak of it do not state the amount, share, count or date asked for, or state
    what is aimed at where the outcome is asked for."""
    OUTSIDE = "outside"
    """It is about another matter than the documents."""
    FAR = "far"
    """What the documents say lies too far from the question."""


@cache
def decline_model() -> Logistic:
    """Tells what is left unsaid beside the text, of all signals and what is left unsaid itself.

    Fitted by `python -m eval.evidence`.
    """
    return read_model(WEIGHTS)


@cache
def outside_model() -> Logistic:
    """Tells other matters, of the signals alone; fitted by the same command.

    One model for both would either miss most other matters or decline near ones that are answered.
    """
    return read_model(OUTSIDE_WEIGHTS)


def decline(
    query: Query,
    relevance: Relevance,
    found: Sequence[Judged],
    evidence: Sequence[Evidence],
) -> Ground | None:
    """Why the question should not be answered from `evidence`, chosen of `found`; None to answer."""
    if _is_passage(query.text, evidence):
        return None
    if any(not absence.mentioned for absence in query.absent):
        return Ground.ABSENT
    if not evidence:
        return Ground.NO_EVIDENCE
    needed = wanted_quantity(query.text)
    if not any(states(needed, item.stated) for item in evidence):
        return Ground.QUANTITY
    if (
        needed is not None
        and asks_for_results(query.text)
        and all(not item.below and states_only_aims(item.node, needed) for item in evidence)
    ):
        return Ground.QUANTITY
    row = against(query, relevance, found)
    if outside_model().counts(row[:, :_SIGNALS])[0]:
        return Ground.OUTSIDE
    return Ground.FAR if decline_model().counts(row)[0] else None


def against(query: Query, relevance: Relevance, found: Sequence[Judged]) -> Matrix:
    """All that speaks against answering, one row: the signals, those of the field, what is unsaid."""
    found = _with_its_items(found)
    return np.hstack(
        [
            signals(query, relevance, found),
            field_signals(query, relevance, found),
            left_unsaid(relevance, found),
        ]
    )


def _with_its_items(found: Sequence[Judged]) -> Sequence[Judged]:
    """A clause that is the first hit is at least as likely as any item below it."""
    first, *others = found
    if not first.candidate.in_policy:
        return found
    below = [item.chance for item in others if item.candidate.is_part_of(first.candidate)]
    return [replace(first, chance=max([first.chance, *below])), *others]


def _is_passage(question: str, evidence: Sequence[Evidence]) -> bool:
    """Whether a text of some length is asked for in its own words, as by pasting it."""
    return len(bigrams(question)) >= _PASSAGE and any(
        containment(question, item.node.text) >= _IN_ITS_WORDS for item in evidence
    )
