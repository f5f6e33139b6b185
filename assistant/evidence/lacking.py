"""Documents that speak of the matter but not of what is asked: never cited as having the rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from assistant.evidence.candidates import Candidate
from assistant.similarity import containment
from retrieval.analysis import normalise, words
from retrieval.query import Intent, Query
from retrieval.relevance import Relevance

COPY = 0.73
"""Share of the character pairs of either text in the other from which one is a copy of the other:
what a copy leaves out is left out on purpose."""
LACKING = 0.045
"""Share of the question's weight that the first place says and a copy of it, then, lacks."""
NAMED_LACKING = 0.1
"""The same for a document that the question names, against the place that says most."""

_GRAMMAR = re.compile(r"[ぁ-ん]")


def lacking(
    query: Query, relevance: Relevance, chosen: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """Which of `chosen`, best first, lack what the question asks about.

    Only policies are held against each other, and none where they are to be compared. A number that
    a named document lacks does not count: it may be what the question has wrong.
    """
    policies = [candidate for candidate in chosen if candidate.in_policy]
    if query.intent is Intent.COMPARE or len(query.documents) > 1 or len(policies) < 2:
        return ()
    names = normalise("".join(f"{owner.written} {owner.name}" for owner in query.owners))
    asked = {term for _, term in words(normalise(query.text))}
    said = [_said(relevance, item, asked, names) for item in policies]
    if policies[0].node.doc in query.documents:
        fullest = max(range(len(policies)), key=lambda at: sum(said[at].values()))
        return tuple(
            candidate
            for candidate, own in zip(policies, said, strict=True)
            if candidate.node.doc == policies[0].node.doc != policies[fullest].node.doc
            and _lost(said[fullest], own, numbers=False) >= NAMED_LACKING
        )
    return tuple(
        candidate
        for candidate, own in zip(policies, said, strict=True)
        if candidate.node.doc != policies[0].node.doc
        and _lost(said[0], own, numbers=True) >= LACKING
        and _are_copies(candidate, policies[0])
    )


def _said(
    relevance: Relevance, candidate: Candidate, asked: Set[str], names: str
) -> dict[str, float]:
    """The words `asked` that a place says, without those of owners' names and of grammar."""
    return {
        term: share
        for term, share in relevance.shares(candidate.context).items()
        if term in asked and term not in names and not _GRAMMAR.search(term)
    }


def _lost(fullest: Mapping[str, float], own: Mapping[str, float], *, numbers: bool) -> float:
    return sum(
        share
        for term, share in fullest.items()
        if term not in own and (numbers or not any(letter.isdigit() for letter in term))
    )


def _are_copies(one: Candidate, other: Candidate) -> bool:
    texts = one.node.text, other.node.text
    return max(containment(*texts), containment(*reversed(texts))) >= COPY
