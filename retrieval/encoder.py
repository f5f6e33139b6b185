"""Text to vectors. The default encoder is served by numpy alone, without torch or a model hub."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.settings import Settings
from retrieval.analysis import Analyzer
from retrieval.static_weights import load_weights

Vectors = npt.NDArray[np.float32]

STATIC = "static"
WEIGHTS = Path(__file__).resolve().parent / "weights"
"""Folder of the shipped weights."""
REPETITION = 0.6
"""A term that a passage has n times counts as n to this power; chosen on JaQuAD's dev part."""
_AT_HAND = 4_096
"""Vectors kept of late: an answer looks at the same sentences from several sides."""


class Encoder(Protocol):
    """Makes vectors whose inner product says how near two texts are in meaning."""

    @property
    def id(self) -> str:
        """Names the model and its version; vectors of different ids must never meet."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension), rows of length 1; a text that says nothing gives zeros."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension), rows of length 1; a text that says nothing gives zeros."""


class Reranker(Protocol):
    """Reads a question together with each text."""

    def scores(self, query: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """How well each text answers, 0 to 1, shape (texts,)."""


class StaticEncoder:
    """A text is the mean of its terms' trained vectors (see weights/MODEL_CARD.md)."""

    def __init__(self, analyzer: Analyzer, folder: Path = WEIGHTS) -> None:
        """Load the weights in `folder`. Raises StoreError when they cannot be used."""
        self._analyzer = analyzer
        self._weights = load_weights(folder)
        self._vector = lru_cache(_AT_HAND)(self._encoded)

    @property
    def id(self) -> str:
        """`static-` and the beginning of the weights' digest."""
        return f"{STATIC}-{self._weights.digest[:12]}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._weights.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension), rows of length 1; a text without terms gives zeros."""
        return self._encode(texts, 1.0)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As `encode_queries`, but what a passage says again and again counts less each time."""
        return self._encode(texts, REPETITION)

    def encode_terms(self, terms: Sequence[str]) -> Vectors:
        """Vectors of the analyser's terms by themselves, shape (terms, dimension).

        Rows of length 1; a term that training did not meet gives zeros.
        """
        vectors = self._weights.vectors(self._weights.vocabulary.own(terms))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        found: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
        return found

    def _encode(self, texts: Sequence[str], repetition: float) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(text, repetition)
        return vectors

    def _encoded(self, text: str, repetition: float) -> Vectors:
        """One text's vector, shape (dimension,)."""
        found = self._weights.vocabulary.numbers(self._analyzer.terms(text))
        if not len(found):
            return np.zeros(self.dimension, dtype=np.float32)
        rows, counts = np.unique(found, return_counts=True)
        total = self._weights.sum(rows, (counts**repetition).astype(np.float32))
        return total / max(float(np.linalg.norm(total)), 1e-12)


def load_encoder(settings: Settings, analyzer: Analyzer) -> Encoder:
    """The encoder that the settings name: the shipped one or a sentence-transformers model.

    Raises OptionError when the model or the extra that it needs is not on this machine.
    """
    if settings.encoder == STATIC:
        return StaticEncoder(analyzer)
    # Here, because it is the exception and opening a module takes time.
    from retrieval.neural import NeuralEncoder

    return NeuralEncoder(
        settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix
    )


def load_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name, if any.

    Raises OptionError when the model or the extra that it needs is not on this machine.
    """
    if settings.reranker is None:
        return None
    from retrieval.neural import CrossEncoderReranker

    return CrossEncoderReranker(settings.reranker)
