"""Nearest passages by inner product. The only module that imports faiss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.errors import CorruptStoreError

Vectors = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_FILE = "flat.faiss"


class DenseIndex:
    """All passage vectors in a flat index: exact, and fast enough up to some 100,000 passages."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """Index `vectors`, shape (passages, dimension), rows of length 1."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @property
    def size(self) -> int:
        """Number of passages."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def nearest(self, query: Vectors, count: int, allowed: Mask | None = None) -> Positions:
        """The positions nearest to `query`, shape (dimension,), best first, `count` at most.

        `allowed`, shape (size,), limits the search to passages where it is true.
        """
        import faiss

        # More threads than one make a single query slower beside any other work.
        faiss.omp_set_num_threads(1)
        parameters = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.flatnonzero(allowed))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        _, found = self._index.search(query[None, :], min(count, self.size), params=parameters)
        positions: Positions = found[0][found[0] >= 0]
        return positions

    def similarities(self, query: Vectors, positions: Positions) -> Vectors:
        """Inner products of `query` and the vectors at `positions`, shape (positions,)."""
        found: Vectors = self._index.reconstruct_batch(positions) @ query
        return found

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, made when absent."""
        import faiss

        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(folder / _FILE))

    @classmethod
    def load(cls, folder: Path) -> DenseIndex:
        """Open what `save` wrote, memory-mapped. Raises CorruptStoreError when it cannot be read."""
        import faiss

        try:
            return cls(faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP))
        except RuntimeError as error:
            raise CorruptStoreError(
                f"意味検索の索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error
