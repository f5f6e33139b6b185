"""How much of a question a short text answers: for choosing sentences and judging support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from retrieval.analysis import Analyzer
from retrieval.encoder import Encoder


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
    ) -> None:
        self._weights = weights
        self._total = sum(weights.values())
        self._vector = vector
        self._analyzer = analyzer
        self._encoder = encoder

    def coverage(self, text: str) -> float:
        """Share of the question's weight whose terms stand in `text`, 0 to 1."""
        if not self._total:
            return 0.0
        present = set(self._analyzer.terms(text))
        found = sum(weight for term, weight in self._weights.items() if term in present)
        return found / self._total

    def closeness(self, texts: Sequence[str]) -> list[float]:
        """Cosine similarity of the question to each text."""
        if not texts:
            return []
        return [float(value) for value in self._encoder.encode_passages(texts) @ self._vector]
