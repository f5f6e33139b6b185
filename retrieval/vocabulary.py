"""The static encoder's vocabulary: analyser terms to row numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

_KEY_BYTES = 8


class Vocabulary:
    """Numbers terms: a known one has its own row, any other one shares two of `buckets` rows.

    Sharing at two places keeps most unknown terms apart (hash embeddings, Svenstrup, Hansen and
    Winther, NeurIPS 2017). A term is known by 64 bits of its digest: looking it up takes an array
    that can be mapped into memory, where a dictionary of all terms would have to be made first.
    """

    def __init__(self, keys: Keys, buckets: int) -> None:
        """`keys`, ascending, number the known terms from 0; the buckets' rows follow."""
        self.keys = keys
        self.buckets = buckets

    @classmethod
    def of(cls, terms: Iterable[str], buckets: int = 0) -> Vocabulary:
        """Make the vocabulary of known `terms`. Without buckets unknown terms have no row."""
        return cls(np.unique(_keys([*terms])), buckets)

    def __len__(self) -> int:
        return len(self.keys) + self.buckets

    def numbers(self, terms: Sequence[str]) -> Numbers:
        """Row numbers of `terms`, those of known terms first."""
        keys = _keys(terms)
        rows = self._own(keys)
        known: Numbers = rows[rows >= 0]
        if not self.buckets:
            return known
        unknown = keys[rows < 0]
        shared = np.concatenate((unknown & np.uint64(0xFFFFFFFF), unknown >> np.uint64(32)))
        buckets = (shared % np.uint64(self.buckets)).astype(np.int64) + len(self.keys)
        return np.concatenate((known, buckets))

    def own(self, terms: Sequence[str]) -> Numbers:
        """The row that each of `terms` has for itself, -1 for none; shape (terms,)."""
        return self._own(_keys(terms))

    def _own(self, keys: Keys) -> Numbers:
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int64)
        places = np.searchsorted(self.keys, keys)
        known = np.take(self.keys, places, mode="clip") == keys
        return np.where(known, places, -1)


@lru_cache(maxsize=65_536)
def _key(term: str) -> bytes:
    return hashlib.blake2b(term.encode(), digest_size=_KEY_BYTES).digest()


def _keys(terms: Sequence[str]) -> Keys:
    return np.frombuffer(b"".join([_key(term) for term in terms]), dtype="<u8").astype(np.uint64)
