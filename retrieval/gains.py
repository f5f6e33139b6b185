"""What a passage gains for standing where a question says: its owner, document, year or number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.documents import POLICIES, DocumentKind
from retrieval.mentions import DocumentCard, NamedDocuments, NamedPlaces
from retrieval.owners import NOBODY, OwnerMention
from retrieval.parallels import Parallels
from retrieval.places import NONE, Places
from retrieval.query import Query

Scores = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

OWNER = 0.5
ROW_OWNER = 1.5
FEW = 2
DOCUMENT = 0.15
DATED = 0.1
OTHER_YEAR = -0.3
RULES = 0.3
EXAMPLES = 0.05
ONLY_THERE = 2.0
ITEM = 1.0
LIKE_ENOUGH = 0.55
DEFINES = 0.8
ROWS = 3.0
PLACE = 10.0
LISTED_PLACE = 5.0
NEAREST_PLACE = 3.0
"""Gains beside fused scores of 0 to 1.

ROW_OWNER for owners of at most FEW passages: a row of a table has few words of its own. RULES for
policies where rules are asked for, EXAMPLES for cases where examples are. DEFINES for the place that says
what a term means, where that is asked. ONLY_THERE for clauses to
which another document named has no parallel (of likeness LIKE_ENOUGH), with ITEM on top of it for
whole items (第2/14), earlier ones more than later ones. ROWS for rows of a table asked for
by their figures, one more for the first of them. LISTED_PLACE, on top of PLACE, for the first of
several in a row."""

_ITEM_DEPTH = 2


class Gains:
    """Computes gains for one generation; passage i belongs to owner number `owner_of[i]`."""

    def __init__(
        self,
        names: Sequence[str],
        owner_of: npt.NDArray[np.int32],
        cards: Sequence[DocumentCard],
        places: Places,
        parallels: Parallels,
    ) -> None:
        self._names = tuple(names)
        self._owner_of = owner_of
        held = np.bincount(owner_of[owner_of != NOBODY], minlength=len(names) + 1)
        self._owner_gain = np.where(held <= FEW, ROW_OWNER, OWNER)
        self._places = places
        self._parallels = parallels
        self._rules = tuple(card.id for card in cards if card.kind in POLICIES)
        self._examples = tuple(card.id for card in cards if card.kind is DocumentKind.JIREI)

    def rows_of(self, owners: Sequence[OwnerMention]) -> Positions:
        """Passages of owners that have few: their words may not say whose they are (京大)."""
        numbers = [self._names.index(mention.name) for mention in owners]
        few = [number for number in numbers if self._owner_gain[number] == ROW_OWNER]
        return np.flatnonzero(np.isin(self._owner_of, few))

    def only_there(self, query: Query) -> Positions:
        """Passages of the documents wanted that have no parallel in those set against them."""
        if query.only_in is None:
            return NONE
        others = self._places.in_documents(query.only_in.not_there)
        elsewhere = self._parallels.within(others, LIKE_ENOUGH)
        return np.flatnonzero(self._places.in_documents(query.only_in.there) & ~elsewhere)

    def of(self, query: Query, documents: NamedDocuments, places: NamedPlaces) -> Scores:
        """What each passage gains, shape (passages,)."""
        gains = np.zeros(len(self._owner_of), dtype=np.float32)
        if query.owners:
            weight = {mention.name: mention.weight for mention in query.owners}
            # The last one is for passages that are nobody's.
            of = np.array([*(weight.get(name, 0.0) for name in self._names), 0.0])
            gains += (of * self._owner_gain).astype(np.float32)[self._owner_of]
            gains[self._places.in_documents(documents.of_other_years)] = 0
        for docs, gain in (
            (documents.of_other_years, OTHER_YEAR),
            (documents.documents, DOCUMENT),
            (documents.dated, DATED),
            (documents.newest, DATED),
            (self._rules if query.wants_rules else (), RULES),
            (self._examples if query.wants_examples else (), EXAMPLES),
        ):
            if docs:
                gains += np.float32(gain) * self._places.in_documents(docs)
        found = self.only_there(query)
        gains[found] += ONLY_THERE + ITEM * (self._places.depths[found] <= _ITEM_DEPTH)
        gains[found] += np.linspace(ITEM, 0, len(found), dtype=np.float32)
        for found in places.exact:
            gains[found] += PLACE
        for found in places.listed:
            gains[found] += PLACE + LISTED_PLACE * np.linspace(1, 0, len(found), dtype=np.float32)
        for found in places.nearest:
            gains[found] += NEAREST_PLACE
        return gains
