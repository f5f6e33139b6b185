"""Where candidates come from: a Protocol, and the back end over this machine's index files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.results import Filters
from retrieval.dense import DenseIndex
from retrieval.facets import Facets
from retrieval.lexical import LexicalIndex

Positions = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

NONE: Positions = np.empty(0, dtype=np.int64)

LEXICAL = "lexical"
DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth ranking; all arrays have the shape (candidates,).

    `positions` in index order, `nodes` the number of each passage's node, `cases` that of its case
    (-1 outside of cases), `priors` what its scores are multiplied by, `lexical` BM25 (0 when no
    term matches) and `dense` the cosine similarity, both exact for every candidate.
    """

    positions: Positions
    nodes: npt.NDArray[np.int32]
    cases: npt.NDArray[np.int32]
    priors: Scores
    lexical: Scores
    dense: Scores

    def joined(self, other: Candidates) -> Candidates:
        """These and the `other` candidates, in index order."""
        _, places = np.unique(np.r_[self.positions, other.positions], return_index=True)
        return Candidates(
            np.r_[self.positions, other.positions][places],
            np.r_[self.nodes, other.nodes][places],
            np.r_[self.cases, other.cases][places],
            np.r_[self.priors, other.priors][places],
            np.r_[self.lexical, other.lexical][places],
            np.r_[self.dense, other.dense][places],
        )


class SearchBackend(Protocol):
    """Finds the passages that words or meaning bring near a query."""

    def candidates(
        self,
        terms: Mapping[str, float],
        vector: Scores,
        count: int,
        filters: Filters,
        also: Positions = NONE,
    ) -> Candidates:
        """The `count` best by weighted `terms`, the `count` best by `vector`, and `also`.

        `count` may be 0; `vector` has the shape (dimension,); `also` holds positions worth a look whatever their
        words, which the filters sift like the rest. Raises OptionError or UnknownDocumentError for a
        filter value that no passage has.
        """

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a term; greatest for a term that no passage has."""


class LocalBackend:
    """Searches the index files of one generation."""

    def __init__(self, lexical: LexicalIndex, dense: DenseIndex, facets: Facets) -> None:
        self._lexical = lexical
        self._dense = dense
        self._facets = facets

    @classmethod
    def load(cls, folder: Path) -> LocalBackend:
        """Open the indexes in a generation folder. Raises CorruptStoreError."""
        return cls(
            LexicalIndex.load(folder / LEXICAL),
            DenseIndex.load(folder / DENSE),
            Facets.load(folder / LEXICAL),
        )

    def save(self, folder: Path) -> None:
        """Write the indexes into a generation folder."""
        self._lexical.save(folder / LEXICAL)
        self._dense.save(folder / DENSE)
        self._facets.save(folder / LEXICAL)

    def candidates(
        self,
        terms: Mapping[str, float],
        vector: Scores,
        count: int,
        filters: Filters,
        also: Positions = NONE,
    ) -> Candidates:
        """See SearchBackend."""
        allowed = self._facets.mask(filters)
        lexical = self._lexical.scores(terms)
        if allowed is not None:
            lexical = np.where(allowed, lexical, np.float32(0))
            also = also[allowed[also]]
        near = self._dense.nearest(vector, count, allowed) if count and vector.any() else NONE
        positions = distinct(best(lexical, count), near, also)
        return Candidates(
            positions,
            self._facets.nodes[positions],
            self._facets.cases[positions],
            self._facets.priors[positions],
            lexical[positions],
            self._dense.similarities(vector, positions),
        )

    def rarity(self, term: str) -> float:
        """See SearchBackend."""
        return self._lexical.rarity(term)


def distinct(*parts: Positions) -> Positions:
    """Every position of `parts` once, in order.

    numpy's own set functions import numpy.ma, which takes as long as the search itself.
    """
    ordered = np.sort(np.concatenate(parts))
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def best(scores: Scores, count: int) -> Positions:
    """Positions of the `count` greatest scores above 0."""
    if not count:
        return NONE
    if len(scores) > count:
        found = np.argpartition(-scores, count - 1)[:count]
    else:
        found = np.arange(len(scores))
    return found[scores[found] > 0]
