"""BM25 over the analyser's terms, with weighted query terms. The only module that imports bm25s."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.errors import CorruptStoreError
from retrieval.term_table import TermTable

Scores = npt.NDArray[np.float32]

K1 = 0.9
B = 0.6
_REMEMBERED = 16_384
_SIZE = "size.txt"
_ARRAYS = ("weights", "positions", "starts")


class LexicalIndex:
    """BM25 of every term in every passage, computed once by bm25s and kept term by term.

    Postings of term number t are `positions[starts[t]:starts[t + 1]]` with their `weights`.
    Queries are answered from these arrays, so that starting a search need not load bm25s.
    """

    def __init__(
        self,
        size: int,
        vocabulary: TermTable,
        weights: npt.NDArray[np.float32],
        positions: npt.NDArray[np.int32],
        starts: npt.NDArray[np.int64],
    ) -> None:
        self.size = size
        self._vocabulary = vocabulary
        # A question asks for the same terms several times over.
        self._number = lru_cache(_REMEMBERED)(vocabulary.get)
        self._weights = weights
        self._positions = positions
        self._starts = starts

    @classmethod
    def build(cls, passages: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index one list of terms a passage; a term's weight in a passage is its repetitions."""
        import bm25s

        model = bm25s.BM25(method="lucene", k1=K1, b=B)
        model.index(
            [list(terms) for terms in passages], create_empty_token=False, show_progress=False
        )
        arrays = model.scores
        return cls(
            len(passages),
            TermTable.of(model.vocab_dict),
            np.asarray(arrays["data"], dtype=np.float32),
            np.asarray(arrays["indices"], dtype=np.int32),
            np.asarray(arrays["indptr"], dtype=np.int64),
        )

    def __contains__(self, term: str) -> bool:
        return self._number(term) is not None

    def rarity(self, term: str) -> float:
        """Inverse document frequency of `term`; greatest for a term that no passage has."""
        number = self._number(term)
        found = 0 if number is None else int(self._starts[number + 1] - self._starts[number])
        return math.log1p((self.size - found + 0.5) / (found + 0.5))

    def scores(self, query: Mapping[str, float]) -> Scores:
        """BM25 of each passage, shape (size,), for a query of weighted terms.

        0 where no term occurs: such a passage is no lexical hit.
        """
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in query.items():
            number = self._number(term)
            if number is not None:
                begin, end = self._starts[number], self._starts[number + 1]
                # A passage stands at most once in a term's postings, so += misses none.
                total[self._positions[begin:end]] += weight * self._weights[begin:end]
        return total

    def shares(self, query: Mapping[str, float]) -> Scores:
        """BM25 of each passage as a share of the query's weight times rarity, 0 to 1."""
        whole = sum(weight * self.rarity(term) for term, weight in query.items())
        return self.scores(query) / np.float32(max(whole, 1e-9))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, made when absent."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _SIZE).write_text(str(self.size), encoding="utf-8")
        self._vocabulary.save(folder)
        for name, array in zip(_ARRAYS, self._arrays(), strict=True):
            np.save(folder / f"{name}.npy", array)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote, memory-mapped. Raises CorruptStoreError when it cannot be read."""
        try:
            size = int((folder / _SIZE).read_text(encoding="utf-8"))
            # As plain arrays: slicing a memmap costs more than reading the postings it returns.
            arrays = (
                np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS
            )
            return cls(size, TermTable.load(folder), *arrays)
        except (OSError, ValueError, KeyError) as error:
            raise CorruptStoreError(
                f"語の索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error

    def _arrays(self) -> tuple[npt.NDArray[np.generic], ...]:
        return self._weights, self._positions, self._starts
