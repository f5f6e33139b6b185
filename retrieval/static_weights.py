"""The static encoder's files: vectors of two bits a number with one scale a term."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.errors import StoreError
from retrieval.analysis import TOKENIZER_VERSION
from retrieval.vocabulary import Numbers, Vocabulary

Floats = npt.NDArray[np.float32]

FILE = "vectors.safetensors"
BITS = 2
"""Of a number: training at full precision and storing four levels costs nothing measurable, since
the errors of a text's many terms cancel out, and twice the dimensions fit into the same file."""

_TOKENIZER = "tokenizer"
_BUCKETS = "buckets"
_LEVELS = 2**BITS
_MIDDLE = np.float32((_LEVELS - 1) / 2)
_IN_A_BYTE = 8 // BITS
_SHIFTS = np.arange(0, 8, BITS, dtype=np.uint8)
_CHUNK = 4_096
_FIRST_STEPS = (0.8, 1.0, 1.2)
_REFINEMENTS = 4


@dataclass(frozen=True, slots=True)
class StaticWeights:
    """Number j of the vector of row i is (level - 1.5) * `scales[i]`, levels 0 to 3.

    `packed`, shape (rows, dimension / 4), holds four levels a byte, the first in its lowest bits;
    `scales` has the shape (rows,).
    """

    vocabulary: Vocabulary
    packed: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float16]
    digest: str

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.packed.shape[1]) * _IN_A_BYTE

    def vectors(self, rows: Numbers) -> Floats:
        """The vectors of `rows`, shape (n, dimension); zeros for a row of -1."""
        scales = np.where(rows >= 0, self.scales[rows], 0).astype(np.float32)
        levels = _unpacked(self.packed[rows]).astype(np.float32)
        found: Floats = (levels - _MIDDLE) * scales[:, None]
        return found

    def sum(self, rows: Numbers, amounts: Floats) -> Floats:
        """The sum of the vectors of `rows`, each times its amount; both have the shape (n,)."""
        scales = self.scales[rows].astype(np.float32) * amounts
        levels = _unpacked(self.packed[rows]).astype(np.float32)
        total: Floats = scales @ levels - _MIDDLE * scales.sum()
        return total


def save_weights(folder: Path, vocabulary: Vocabulary, vectors: Floats) -> None:
    """Quantise `vectors`, shape (rows, dimension), and write them with their vocabulary.

    The dimension must be a multiple of 4.
    """
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    chunks = [
        quantised(vectors[start : start + _CHUNK]) for start in range(0, len(vectors), _CHUNK)
    ]
    levels = np.concatenate([levels for levels, _ in chunks])
    save_file(
        {
            "packed": _packed(levels),
            "scales": np.concatenate([scales for _, scales in chunks]),
            "keys": vocabulary.keys,
        },
        folder / FILE,
        metadata={_TOKENIZER: TOKENIZER_VERSION, _BUCKETS: str(vocabulary.buckets)},
    )
    # safetensors makes files that only their owner can read.
    (folder / FILE).chmod(0o644)


def load_weights(folder: Path) -> StaticWeights:
    """Read what `save_weights` wrote.

    Raises StoreError when the file is missing or damaged or was made for another analyser.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(folder / FILE, framework="numpy") as file:
            metadata = file.metadata() or {}
            packed, scales, keys = (file.get_tensor(name) for name in ("packed", "scales", "keys"))
            vocabulary = Vocabulary(keys, int(metadata.get(_BUCKETS, 0)))
    except (OSError, ValueError, SafetensorError) as error:
        raise StoreError(
            f"埋め込みの重み（{folder}）が読めません。インストールし直すか、KB_ENCODER を確認してください。"
        ) from error
    if metadata.get(_TOKENIZER) != TOKENIZER_VERSION or len(vocabulary) != len(packed):
        raise StoreError(
            f"埋め込みの重み（{folder}）は別の版の語分割で作られています。学習し直してください。"
        )
    digest = hashlib.sha256(scales.tobytes() + keys.tobytes()).hexdigest()
    return StaticWeights(vocabulary, packed, scales, digest)


def quantised(vectors: Floats) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float16]]:
    """Levels, shape (rows, dimension), and scales, shape (rows,), with the least squared error.

    From a few first guesses of each row's scale, levels and scale are refined by turns.
    """
    spread = np.maximum(vectors.std(axis=1, keepdims=True), 1e-6)
    widest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True) / _MIDDLE, 1e-6)
    guesses = [np.float32(step) * spread for step in _FIRST_STEPS] + [widest]
    best = np.full((len(vectors), 1), np.inf, dtype=np.float32)
    scales = np.ones_like(best)
    for guess in guesses:
        scale = guess
        for _ in range(_REFINEMENTS):
            centred = _levels(vectors, scale) - _MIDDLE
            overlap = (vectors * centred).sum(axis=1, keepdims=True)
            scale = np.maximum(overlap / (centred**2).sum(axis=1, keepdims=True), 1e-6)
        error = ((vectors - scale * (_levels(vectors, scale) - _MIDDLE)) ** 2).sum(
            axis=1, keepdims=True
        )
        scales = np.where(error < best, scale, scales)
        best = np.minimum(error, best)
    half = scales.astype(np.float16)
    return _levels(vectors, half.astype(np.float32)).astype(np.uint8), half[:, 0]


def _levels(vectors: Floats, scale: Floats) -> Floats:
    levels: Floats = np.clip(np.rint(vectors / scale + _MIDDLE), 0, _LEVELS - 1)
    return levels


def _packed(levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    fours = levels.reshape(len(levels), -1, _IN_A_BYTE)
    packed: npt.NDArray[np.uint8] = np.bitwise_or.reduce(fours << _SHIFTS, axis=2)
    return packed


def _unpacked(packed: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    levels: npt.NDArray[np.uint8] = (packed[:, :, None] >> _SHIFTS) & np.uint8(_LEVELS - 1)
    return levels.reshape(len(packed), packed.shape[1] * _IN_A_BYTE)
