"""Text to vectors. The default encoder is served by numpy alone, without torch or a model hub."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.errors import OptionError
from kb.settings import Settings
from retrieval.analysis import Analyzer
from retrieval.static_weights import load_weights

Vectors = npt.NDArray[np.float32]

STATIC = "static"
WEIGHTS = Path(__file__).resolve().parent / "weights"
"""Folder of the shipped weights."""


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


class StaticEncoder:
    """A text is the mean of its terms' trained vectors (see weights/MODEL_CARD.md)."""

    def __init__(self, analyzer: Analyzer, folder: Path = WEIGHTS) -> None:
        """Load the weights in `folder`. Raises StoreError when they cannot be used."""
        self._analyzer = analyzer
        self._weights = load_weights(folder)

    @property
    def id(self) -> str:
        """`static-` and the beginning of the weights' digest."""
        return f"{STATIC}-{self._weights.digest[:12]}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._weights.vectors.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension), rows of length 1; a text without known terms gives zeros."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            self._encode(text, vectors[row])
        return vectors

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As `encode_queries`: this encoder makes no difference between the two."""
        return self.encode_queries(texts)

    def _encode(self, text: str, out: Vectors) -> None:
        numbers = self._weights.vocabulary.numbers(self._analyzer.terms(text))
        if numbers:
            np.matmul(self._weights.scales[numbers], self._weights.vectors[numbers], out=out)
            out /= max(float(np.linalg.norm(out)), 1e-12)


def load_encoder(settings: Settings, analyzer: Analyzer) -> Encoder:
    """The encoder that the settings name. Raises OptionError for a name that is not known."""
    if settings.encoder == STATIC:
        return StaticEncoder(analyzer)
    raise OptionError(
        f"設定 KB_ENCODER の値「{settings.encoder}」は使えません。使える値は {STATIC} です。"
    )
