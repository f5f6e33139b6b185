"""Preambles and supplements: they hold every name of a policy and few of its rules."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.candidates import Candidate
from assistant.evidence.owners import less_the_policies
from assistant.subjects import share_said, subjects
from kb.documents import Document
from retrieval.query import Query
from retrieval.topics import flat

_LABELS = frozenset({"前文", "附則"})


def of_the_matter(
    query: Query, candidates: Sequence[Candidate], documents: Sequence[Document]
) -> tuple[Candidate, ...]:
    """The candidates without preambles that say none of what is asked besides the policy's name.

    All of them where nothing but a policy is named (鹿屋の方針の根拠).
    """
    asked = subjects(less_the_policies(query, documents))
    return tuple(
        candidate
        for candidate in candidates
        if not asked
        or candidate.node.label not in _LABELS
        or any(share_said(word, flat(candidate.node.text), query.expansions) for word in asked)
    )
