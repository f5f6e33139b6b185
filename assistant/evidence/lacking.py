"""Documents that speak of the matter but not of what is asked: never cited as having the rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.evidence.candidates import Candidate
from assistant.similarity import containment
from retrieval.analysis import normalise, words
from retrieval.query import Intent, Query, Source
from retrieval.relevance import Relevance
from retrieval.topics import flat

COPY = 0.68
"""Share of the character pairs of either text in the other from which one is a copy of the other:
what a copy leaves out is left out on purpose."""
LACKING = 0.045
"""Share of the question's weight that the first place says and a copy of it, then, lacks."""
IN_OTHER_WORDS = 0.35
"""Likeness of a word to one of the copy's from which the copy says it in other words."""
NAMED_LACKING = 0.1
"""The same for a document that the question names, against the place that says most."""
MUCH_LACKING = 0.4
"""Share of what another policy says of the question from which one that lacks it has another rule."""
MOST_SAID = 0.5
"""Share of a question's words, by weight, that another policy must say for one to lack the matter."""
NEARLY_ALL = 0.6
ALIKE = 0.5
"""Share of the character pairs of a place in another policy's from which both have the same rule."""

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
    said = _all_said(query, relevance, policies)
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
        and _are_copies(candidate, policies[0])
        and _left_out(relevance, candidate, said[0], own) >= LACKING
    )


def nothing_like(
    query: Query, relevance: Relevance, own: Sequence[Candidate], other: Candidate
) -> bool:
    """Whether each of `own`, of the policy named, leaves out of the question what `other` says."""
    theirs, *said = _all_said(query, relevance, [other, *own])
    much = MUCH_LACKING * sum(theirs.values())
    return other.in_policy and all(0 < much <= _lost(theirs, item, numbers=False) for item in said)


def nothing_of(
    query: Query, relevance: Relevance, own: Sequence[Candidate], other: Candidate
) -> bool:
    """Whether each of `own`, of the policy named, leaves out nearly all of what `other` says.

    The other must say most of the question, and each of them lack its weightiest word and be worded
    in another way: of a rule that both have it may be the one thing that only the other adds.
    """
    theirs, *said = _all_said(query, relevance, [other, *own])
    whole = sum(theirs.values())
    asked = sum(relevance.weights.get(term, 0.0) for term in _asked(query))
    if not other.in_policy or not 0 < MOST_SAID * asked <= whole:
        return False
    weightiest = max(theirs, key=lambda term: theirs[term])
    alike = (containment(item.node.text, other.node.text) for item in own)
    return max(alike, default=0.0) < ALIKE and all(
        weightiest not in item and _lost(theirs, item, numbers=False) >= NEARLY_ALL * whole
        for item in said
    )


def _asked(query: Query) -> dict[str, list[str]]:
    """The words of the question, without those of owners' names and grammar, with other writings."""
    names = normalise("".join(f"{owner.written} {owner.name}" for owner in query.owners))
    return {
        term: [
            flat(expansion.official)
            for expansion in query.expansions
            if expansion.source is Source.TERM and term in normalise(expansion.written)
        ]
        for _, term in words(normalise(query.text))
        if term not in names and not _GRAMMAR.search(term)
    }


def _all_said(
    query: Query, relevance: Relevance, candidates: Sequence[Candidate]
) -> list[dict[str, float]]:
    """The words of the question that each place says.

    It says a word also by another writing of it: 適格請求書 for インボイス.
    """
    asked = _asked(query)
    found: list[dict[str, float]] = []
    for candidate in candidates:
        present, text = relevance.shares(candidate.context), flat(candidate.context)
        found.append(
            {
                term: relevance.weights[term]
                for term, writings in asked.items()
                if term in present
                or (term in relevance.weights and any(writing in text for writing in writings))
            }
        )
    return found


def _lost(fullest: Mapping[str, float], own: Mapping[str, float], *, numbers: bool) -> float:
    return sum(
        share
        for term, share in fullest.items()
        if term not in own and (numbers or not any(letter.isdigit() for letter in term))
    )


def _left_out(
    relevance: Relevance, copy: Candidate, fullest: Mapping[str, float], own: Mapping[str, float]
) -> float:
    """The share of what `fullest` says that a copy leaves out, and not in other words (資材, 原材料)."""
    terms = [term for term in fullest if term not in own and len(term) > 1]
    nearest = relevance.nearest(terms, [copy.context])
    return sum(
        fullest[term] for term, near in zip(terms, nearest, strict=True) if near < IN_OTHER_WORDS
    )


def _are_copies(one: Candidate, other: Candidate) -> bool:
    texts = one.node.text, other.node.text
    return max(containment(*texts), containment(*reversed(texts))) >= COPY
