"""Hits that may become evidence, with what the choice needs to know of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.wanted import states
from kb.documents import Document, DocumentKind, Node
from kb.ids import is_at_or_below
from kb.results import Hit
from kb.store import KnowledgeBase

SECTIONS_OF_A_CASE = 2
"""A third section of one case rarely tells more; of a list each case gives one."""

_POLICIES = (DocumentKind.KIHON, DocumentKind.KIKAN)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit with its node and document."""

    hit: Hit
    node: Node
    document: Document

    @property
    def context(self) -> str:
        """The node's words under the headings above it."""
        return "\n".join((*self.hit.breadcrumbs, self.node.text))

    @property
    def case(self) -> tuple[str, int] | None:
        """The case in which it stands: document and number."""
        return (self.node.doc, self.hit.case.number) if self.hit.case else None

    @property
    def in_policy(self) -> bool:
        """Whether it stands in a basic policy or an agency's policy."""
        return self.document.kind in _POLICIES

    def is_part_of(self, other: Candidate) -> bool:
        """Whether it stands below `other`."""
        return self.node.id != other.node.id and is_at_or_below(self.node.id, other.node.id)


def gather(
    kb: KnowledgeBase,
    documents: Mapping[str, Document],
    hits: Sequence[Hit],
    needed: re.Pattern[str] | None = None,
    *,
    listing: bool,
) -> tuple[Candidate, ...]:
    """The hits in their order, without further sections of a case that has enough of them.

    The first section that states the quantity `needed` is not one too many.
    """
    allowed = 1 if listing else SECTIONS_OF_A_CASE
    seen: Counter[tuple[str, int]] = Counter()
    stated: set[tuple[str, int]] = set()
    found: list[Candidate] = []
    for hit in hits:
        candidate = Candidate(hit, kb.node(hit.id), documents[hit.doc])
        if candidate.case:
            states_first = (
                needed is not None
                and candidate.case not in stated
                and states(needed, candidate.node.text)
            )
            seen[candidate.case] += 1
            if seen[candidate.case] > allowed and not states_first:
                continue
            if states_first:
                stated.add(candidate.case)
        found.append(candidate)
    return tuple(found)
