"""Hits that may become evidence, with what the choice needs to know of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.wanted import states
from kb.documents import POLICIES, Document, Node
from kb.ids import is_at_or_below
from kb.results import Hit
from kb.store import KnowledgeBase

SECTIONS_OF_A_CASE = 2
"""A third section of one case rarely tells more; of a list each case gives one."""

_LEADS_IN = re.compile(
    r"(?:次の|以下の)(?:各号|各項|とおり|[\d一二三四五六七八九十]+つ?の?)|次に掲げる|下記"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit with its node and document; `below` are the items that its words lead in to (次の各号).

    They are told only where a quantity is asked for.
    """

    hit: Hit
    node: Node
    document: Document
    below: str = ""

    @property
    def context(self) -> str:
        """The node's words under the headings above it."""
        return "\n".join((*self.hit.breadcrumbs, self.node.text))

    @property
    def stated(self) -> str:
        """What it states: its own words and those of the items below."""
        return f"{self.node.text}\n{self.below}" if self.below else self.node.text

    @property
    def case(self) -> tuple[str, int] | None:
        """The case in which it stands: document and number."""
        return (self.node.doc, self.hit.case.number) if self.hit.case else None

    @property
    def in_policy(self) -> bool:
        """Whether it stands in a basic policy or an agency's policy."""
        return self.document.kind in POLICIES

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
        node = kb.node(hit.id)
        below = "" if needed is None else items_below(kb, node)
        candidate = Candidate(hit, node, documents[hit.doc], below)
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


def items_below(kb: KnowledgeBase, node: Node) -> str:
    """The words of the items right below, where the node leads in to them; "" otherwise."""
    if not _LEADS_IN.search(node.text):
        return ""
    return "\n".join(child.text for child in kb.children(node.id))
