"""What good passages say of others: clauses parallel to them, and the clauses they refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.store import KnowledgeBase
from retrieval.parallels import Parallels
from retrieval.places import Places

Scores = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

PARALLEL = 0.1
"""Of a passage's score, what a parallel of it gains: the same rule, perhaps in other words."""
REFERRED_TO = 0.5
"""Of a passage's score, what a clause has at least to which it refers (上記4(2)に掲げる)."""
LOOKED_FROM = 20
REFERRING = 3
_CHAPTER = 2
"""Passages, best first, whose parallels and whose references count."""


@dataclass(frozen=True, slots=True)
class Link:
    """From the passage at index position `source` to the one at `other`.

    `likeness` is 0 to 1 for a parallel, None for a clause referred to.
    """

    source: int
    other: int
    likeness: float | None


class Related:
    """Finds and weighs links between passages; safe to share among threads."""

    def __init__(self, kb: KnowledgeBase, parallels: Parallels, places: Places) -> None:
        self._kb = kb
        self._parallels = parallels
        self._places = places

    def links(self, positions: Positions, scores: Scores) -> tuple[Link, ...]:
        """What the best of `positions` are linked to; both shapes (candidates,)."""
        best = positions[np.argsort(-scores, kind="stable")[:LOOKED_FROM]].tolist()
        alike = [
            Link(position, other, likeness)
            for position in best
            for other, likeness in self._parallels.of(position)
        ]
        return (*alike, *self._references(best[:REFERRING]))

    def _references(self, positions: Sequence[int]) -> list[Link]:
        return [
            Link(position, int(other), None)
            for position, passage in zip(positions, self._kb.passages_at(positions), strict=True)
            for reference in self._kb.references_of(passage.node)
            for target in reference.targets
            # A whole chapter (第1から第3までに掲げる) says nothing about what is asked.
            if len(target.split("/")) > _CHAPTER
            for other in self._places.of_node(target)
        ]


def raised(links: Sequence[Link], positions: Positions, scores: Scores, named: Scores) -> Scores:
    """`scores` of the passages at `positions` (ascending), those that are linked to raised.

    `named`, the same shape, is the part of each score that comes of being named in the question: no
    parallel gains by that.
    """
    result = scores.copy()
    place = {position: at for at, position in enumerate(positions.tolist())}
    for link in links:
        source, other = place[link.source], place.get(link.other)
        if other is None:
            continue
        if link.likeness is None:
            gained = REFERRED_TO * scores[source]
        else:
            worth = scores[source] - max(named[source] - named[other], 0)
            gained = scores[other] + PARALLEL * link.likeness * worth
        result[other] = max(result[other], gained)
    return result
