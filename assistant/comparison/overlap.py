"""How much of one text another one has, by weighted character pairs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.comparison.wording import letters

Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

_HIRAGANA = re.compile(r"[ぁ-ん]{2}")
_HIRAGANA_WEIGHT = 0.3
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Overlap:
    """`shared` holds the weight that text i of A and text j of B have in common, `a` and `b` theirs.

    Shapes (A, B), (A,) and (B,).
    """

    shared: Matrix
    a: Matrix
    b: Matrix

    @property
    def dice(self) -> Matrix:
        """Twice the common weight over both weights, 0 to 1."""
        both: Matrix = self.a[:, None] + self.b[None, :]
        return 2 * self.shared / np.maximum(both, _TINY)

    @property
    def of_a(self) -> Matrix:
        """Share of A's text that B's has, 0 to 1."""
        return self.shared / np.maximum(self.a[:, None], _TINY)

    @property
    def of_b(self) -> Matrix:
        """Share of B's text that A's has, 0 to 1."""
        return self.shared / np.maximum(self.b[None, :], _TINY)


class PairWeights:
    """Character pairs of two documents, weighted by how few clauses have them.

    Pairs of hiragana, which hold grammar more than matter, weigh less.
    """

    def __init__(self, clauses: Sequence[str]) -> None:
        counts = Counter(pair for text in clauses for pair in _pairs(text))
        self._numbers = {pair: number for number, pair in enumerate(counts)}
        seen = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        grammar = np.fromiter(
            (bool(_HIRAGANA.fullmatch(pair)) for pair in counts), dtype=bool, count=len(counts)
        )
        self._weights: Matrix = np.log((len(clauses) + 1) / (seen + 0.5)) * np.where(
            grammar, _HIRAGANA_WEIGHT, 1.0
        )

    def rows(self, texts: Iterable[str]) -> list[Numbers]:
        """The numbers of each text's pairs; a pair that no clause has is left out."""
        known = self._numbers
        return [
            np.fromiter(sorted(known[pair] for pair in _pairs(text) if pair in known), np.int64)
            for text in texts
        ]

    def overlap(self, a: Sequence[Numbers], b: Sequence[Numbers]) -> Overlap:
        """What each text of A shares with each of B."""
        owners = np.repeat(np.arange(len(b)), [len(row) for row in b])
        pairs = np.concatenate([*b, np.empty(0, np.int64)])
        order = np.argsort(pairs, kind="stable")
        owners, pairs = owners[order], pairs[order]
        shared = np.zeros((len(a), len(b)))
        mine = np.zeros(len(self._weights))
        for at, row in enumerate(a):
            mine[row] = self._weights[row]
            held = mine[pairs]
            shared[at] = np.bincount(owners, weights=held, minlength=len(b))
            mine[row] = 0.0
        return Overlap(shared, self._sums(a), self._sums(b))

    def _sums(self, rows: Sequence[Numbers]) -> Matrix:
        return np.array([self._weights[row].sum() for row in rows])


def _pairs(text: str) -> set[str]:
    plain = letters(text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
