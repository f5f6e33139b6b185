from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.errors import CorruptStoreError
from retrieval.dense import DenseIndex

VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float32)
EAST = np.array([1, 0], dtype=np.float32)


def test_nearest_first() -> None:
    assert DenseIndex.build(VECTORS).nearest(EAST, 3).tolist() == [0, 2, 1]


def test_only_what_is_allowed() -> None:
    allowed = np.array([False, True, True, False])
    assert DenseIndex.build(VECTORS).nearest(EAST, 4, allowed).tolist() == [2, 1]


def test_similarities_of_chosen_positions() -> None:
    similarities = DenseIndex.build(VECTORS).similarities(EAST, np.array([3, 2]))
    assert similarities.tolist() == pytest.approx([-1, 0.6], abs=0.005)


def test_saved_and_loaded(tmp_path: Path) -> None:
    DenseIndex.build(VECTORS).save(tmp_path / "dense")
    loaded = DenseIndex.load(tmp_path / "dense")
    assert (loaded.size, loaded.dimension) == (4, 2)
    assert loaded.nearest(EAST, 1).tolist() == [0]
    assert loaded.similarities(EAST, np.array([2])).tolist() == pytest.approx([0.6], abs=0.005)


def test_a_damaged_index_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        DenseIndex.load(tmp_path)
    (tmp_path / "bytes.faiss").write_bytes(b"nothing")
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        DenseIndex.load(tmp_path)


def test_bytes_keep_the_order_of_many_dimensions() -> None:
    rng = np.random.default_rng(1)
    vectors = rng.standard_normal((300, 512)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = DenseIndex.build(vectors)
    query = (vectors[7] + vectors[8] / 2) / np.linalg.norm(vectors[7] + vectors[8] / 2)
    assert index.nearest(query, 2).tolist() == [7, 8]
    everything = np.arange(300)
    np.testing.assert_allclose(index.similarities(query, everything), vectors @ query, atol=0.006)
