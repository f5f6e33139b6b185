"""The static encoder's files: int8 vectors with one scale a term, and the list of terms."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.errors import StoreError
from retrieval.analysis import TOKENIZER_VERSION
from retrieval.vocabulary import Vocabulary

_VECTORS = "vectors.safetensors"
_TERMS = "terms.txt"
_TOKENIZER = "tokenizer"


@dataclass(frozen=True, slots=True)
class StaticWeights:
    """Vector of term i is `vectors[i] * scales[i]`; shapes (terms, dimension) and (terms,)."""

    vocabulary: Vocabulary
    vectors: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]
    digest: str


def save_weights(folder: Path, vocabulary: Vocabulary, vectors: npt.NDArray[np.float32]) -> None:
    """Quantise `vectors`, shape (terms, dimension), and write them with their terms."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    quantised = np.rint(vectors / scales[:, None]).astype(np.int8)
    save_file(
        {"vectors": quantised, "scales": scales.astype(np.float32)},
        folder / _VECTORS,
        metadata={_TOKENIZER: TOKENIZER_VERSION},
    )
    # safetensors makes files that only their owner can read.
    (folder / _VECTORS).chmod(0o644)
    (folder / _TERMS).write_text("\n".join(vocabulary.terms), encoding="utf-8")


def load_weights(folder: Path) -> StaticWeights:
    """Read what `save_weights` wrote.

    Raises StoreError when files are missing or damaged or were made for another analyser.
    """
    from safetensors import SafetensorError, safe_open

    try:
        terms = (folder / _TERMS).read_text(encoding="utf-8").split("\n")
        with safe_open(folder / _VECTORS, framework="numpy") as file:
            tokenizer = (file.metadata() or {}).get(_TOKENIZER)
            vectors, scales = file.get_tensor("vectors"), file.get_tensor("scales")
    except (OSError, ValueError, SafetensorError) as error:
        raise StoreError(
            f"埋め込みの重み（{folder}）が読めません。インストールし直すか、KB_ENCODER を確認してください。"
        ) from error
    if tokenizer != TOKENIZER_VERSION or len(terms) != len(vectors):
        raise StoreError(
            f"埋め込みの重み（{folder}）は別の版の語分割で作られています。学習し直してください。"
        )
    digest = hashlib.sha256(scales.tobytes() + "\n".join(terms).encode()).hexdigest()
    return StaticWeights(Vocabulary(terms), vectors, scales, digest)
