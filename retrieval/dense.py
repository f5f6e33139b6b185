"""Nearest passages by inner product. The only module that imports faiss."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.errors import CorruptStoreError

Vectors = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_FILE = "bytes.faiss"
_GREATEST = 127
_CHUNK = 16_384
_WIDTH = 6
"""Numbers are stored as bytes up to so many times their typical size, 1 / sqrt(dimension)."""


class DenseIndex:
    """All passage vectors, a byte a number, each compared with the query.

    Similarities are off by about 0.001. Against numbers of four bytes a search takes a fraction of
    the time: some 4 ms for 200,000 passages of 512 dimensions on one core with AVX-512.
    """

    def __init__(self, index: Any) -> None:
        self._index = index
        self._scale = np.float32(_GREATEST * max(1.0, math.sqrt(self.dimension) / _WIDTH))

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """Index `vectors`, shape (passages, dimension), rows of length 1."""
        import faiss

        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        made = cls(faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT))
        for start in range(0, len(vectors), _CHUNK):
            made._index.add(made._bytes(vectors[start : start + _CHUNK]))
        return made

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

        _use_one_thread()
        parameters = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.flatnonzero(allowed))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        wanted = self._bytes(query[None, :])
        _, found = self._index.search(wanted, min(count, self.size), params=parameters)
        positions: Positions = found[0][found[0] >= 0]
        return positions

    def similarities(self, query: Vectors, positions: Positions) -> Vectors:
        """Inner products of `query` and the vectors at `positions`, shape (positions,)."""
        _use_one_thread()
        vectors = self._index.reconstruct_batch(positions)
        # Not @, which may wait for other threads of the linear algebra library.
        found: Vectors = np.einsum("ij,j->i", vectors, query / self._scale)
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
            return cls(faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC))
        except RuntimeError as error:
            raise CorruptStoreError(
                f"意味検索の索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error

    def _bytes(self, vectors: Vectors) -> Vectors:
        """Whole numbers from -127 to 127, which is what faiss keeps of them."""
        whole: Vectors = np.rint(vectors * self._scale).clip(-_GREATEST, _GREATEST)
        return whole.astype(np.float32)


def _use_one_thread() -> None:
    """More threads make a single query slower beside any other work."""
    import faiss

    faiss.omp_set_num_threads(1)
