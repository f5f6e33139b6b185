"""How much of a question a short text answers: for choosing sentences and judging support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from retrieval.analysis import Analyzer
from retrieval.encoder import Encoder, StaticEncoder


class Relevance:
    """One question, ready to be compared with any number of texts.

    `weights` maps the question's terms to their weight times their rarity in the index; a term
    that the index does not know weighs as much as the rarest.
    """

    def __init__(
        self,
        weights: Mapping[str, float],
        vector: npt.NDArray[np.float32],
        analyzer: Analyzer,
        encoder: Encoder,
        terms: StaticEncoder,
    ) -> None:
        self._weights = weights
        self._total = sum(weights.values())
        self._vector = vector
        self._analyzer = analyzer
        self._encoder = encoder
        self._terms = terms

    @property
    def weights(self) -> Mapping[str, float]:
        """The question's terms, each with its share of the weight."""
        return {term: weight / self._total for term, weight in self._weights.items() if weight}

    def coverage(self, text: str) -> float:
        """Share of the question's weight whose terms stand in `text`, 0 to 1."""
        return sum(self.shares(text).values())

    def shares(self, text: str) -> dict[str, float]:
        """The question's terms that stand in `text`, each with its share of the weight."""
        present = set(self._analyzer.terms(text))
        return {
            term: weight / self._total
            for term, weight in self._weights.items()
            if weight and term in present
        }

    def left_unsaid(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """What none of `texts` says, as a direction of meaning, shape (dimension,).

        The sum of the shipped vectors of the question's terms that stand nowhere in them, each times
        its share of the weight; zeros when all is said.
        """
        said = {term for text in texts for term in self.shares(text)}
        left = {term: share for term, share in self.weights.items() if term not in said}
        shares = np.array(list(left.values()), dtype=np.float32)
        unsaid: npt.NDArray[np.float32] = shares @ self._terms.encode_terms(list(left))
        return unsaid

    def closeness(self, texts: Sequence[str]) -> list[float]:
        """Cosine similarity of the question to each text."""
        if not texts:
            return []
        return [float(value) for value in self._encoder.encode_passages(texts) @ self._vector]

    def nearest(self, terms: Sequence[str], texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """How near each of the analyser's `terms` comes to any term of `texts`, shape (terms,).

        0 to 1; 1 for one that stands there. Terms are compared by the shipped vectors, whichever
        encoder is set: others have none for a single term.
        """
        present = sorted({term for text in texts for term in self._analyzer.terms(text)})
        if not terms or not present:
            return np.zeros(len(terms), dtype=np.float32)
        likeness = self._terms.encode_terms(terms) @ self._terms.encode_terms(present).T
        there = np.isin(np.array(terms), np.array(present))
        nearest: npt.NDArray[np.float32] = np.where(there, 1, likeness.max(axis=1)).clip(0, 1)
        return nearest
