"""The contract of every encoder, then what is particular to the static one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kb.errors import StoreError
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import REPETITION, Encoder, StaticEncoder
from retrieval.neural import NeuralEncoder
from retrieval.static_weights import FILE, load_weights, quantised, save_weights
from retrieval.vocabulary import Vocabulary
from tests.retrieval.tiny_model import save_encoder

MakeEncoder = Callable[[Path], Encoder]
TERMS = ["入札", "競争", "契約", "随意"]
VECTORS = np.array([[3, 1, -1, -3], [1, -3, 1, -1], [-2, 2, 6, 2], [1, 3, -3, 1]], dtype=np.float32)
"""Two bits a number hold these exactly."""


def tiny(folder: Path) -> StaticEncoder:
    save_weights(folder, Vocabulary.of(TERMS), VECTORS)
    return StaticEncoder(JapaneseAnalyzer(), folder)


def shipped(folder: Path) -> StaticEncoder:
    return StaticEncoder(JapaneseAnalyzer())


def neural(folder: Path) -> NeuralEncoder:
    return NeuralEncoder(save_encoder(folder))


@pytest.fixture(params=[tiny, shipped, neural])
def encoder(request: pytest.FixtureRequest, tmp_path: Path) -> Encoder:
    make: MakeEncoder = request.param
    return make(tmp_path)


def test_rows_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode_queries(["競争入札", "随意契約"])
    assert vectors.shape == (2, encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1], abs=1e-5)
    assert encoder.encode_passages(["競争入札"]).shape == (1, encoder.dimension)


def test_nothing_said_gives_zeros(encoder: Encoder) -> None:
    assert not encoder.encode_queries(["", "。"]).any()


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)


def test_a_text_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    alone = encoder.encode_passages(["随意契約"])[0]
    among = encoder.encode_passages(["競争入札", "随意契約"])[1]
    assert alone.tolist() == pytest.approx(among.tolist(), abs=1e-6)


def test_the_id_is_stable(encoder: Encoder) -> None:
    assert encoder.id == encoder.id != ""


def test_a_text_is_the_mean_of_its_terms(tmp_path: Path) -> None:
    vector = tiny(tmp_path).encode_queries(["入札契約"])[0]
    # 入札 and 契約 count twice each (word and bigram).
    rows = Vocabulary.of(TERMS).numbers(["入札", "契約"])
    total = VECTORS[rows].sum(axis=0)
    assert vector.tolist() == pytest.approx((total / np.linalg.norm(total)).tolist(), abs=1e-6)


def test_repetitions_count_less_in_a_passage(tmp_path: Path) -> None:
    encoder = tiny(tmp_path)
    once, twice, thrice = encoder.encode_passages(
        ["入札契約", "入札契約。契約", "入札契約。契約。契約"]
    )
    contract = encoder.encode_queries(["契約"])[0]
    asked = encoder.encode_queries(["入札契約。契約"])[0]
    assert contract @ once < contract @ twice < contract @ thrice
    assert contract @ twice < contract @ asked
    rows = Vocabulary.of(TERMS).numbers(["入札", "契約"])
    total = np.array([2**REPETITION, 4**REPETITION]) @ VECTORS[rows]
    assert twice.tolist() == pytest.approx((total / np.linalg.norm(total)).tolist(), abs=1e-6)


def test_unknown_terms_share_rows(tmp_path: Path) -> None:
    vocabulary = Vocabulary.of(TERMS, buckets=4)
    save_weights(tmp_path, vocabulary, np.concatenate((VECTORS, VECTORS[::-1])))
    encoder = StaticEncoder(JapaneseAnalyzer(), tmp_path)
    assert np.linalg.norm(encoder.encode_queries(["宇宙"])[0]) == pytest.approx(1)
    assert not tiny(tmp_path / "without").encode_queries(["宇宙"]).any()


def test_terms_by_themselves(tmp_path: Path) -> None:
    encoder = tiny(tmp_path)
    vectors = encoder.encode_terms(["契約", "宇宙"])
    row = VECTORS[Vocabulary.of(TERMS).numbers(["契約"])[0]]
    assert vectors[0].tolist() == pytest.approx((row / np.linalg.norm(row)).tolist(), abs=1e-6)
    assert not vectors[1].any()
    assert encoder.encode_terms([]).shape == (0, 4)


def test_another_training_has_another_id(tmp_path: Path) -> None:
    first = tiny(tmp_path / "first")
    save_weights(tmp_path / "second", Vocabulary.of(TERMS), 2 * VECTORS[::-1])
    assert StaticEncoder(JapaneseAnalyzer(), tmp_path / "second").id != first.id


def test_shipped_weights_know_the_field(tmp_path: Path) -> None:
    question, near, far = shipped(tmp_path).encode_queries(
        ["入札への参加資格", "競争に参加する者に必要な資格", "野生動物の保護"]
    )
    assert question @ near > question @ far + 0.2


def test_shipped_files_are_small() -> None:
    folder = Path(__file__).resolve().parents[2] / "retrieval" / "weights"
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 16 * 2**20
    assert "CC BY-SA 4.0" in (folder / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_missing_or_foreign_weights_are_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="読めません"):
        load_weights(tmp_path)
    save_weights(tmp_path, Vocabulary.of(TERMS[:3]), VECTORS)
    with pytest.raises(StoreError, match="別の版"):
        load_weights(tmp_path)
    (tmp_path / FILE).write_bytes(b"x")
    with pytest.raises(StoreError, match="読めません"):
        load_weights(tmp_path)


@given(arrays(np.float32, (5, 8), elements=st.floats(-4, 4, width=32, allow_subnormal=False)))
def test_quantising_loses_little(vectors: npt.NDArray[np.float32]) -> None:
    levels, scales = quantised(vectors)
    assert set(np.unique(levels)) <= {0, 1, 2, 3}
    restored = (levels - 1.5) * scales.astype(np.float32)[:, None]
    # All numbers at half their row's greatest would be a worse guess of the same two signs.
    signs = np.where(vectors >= 0, 1, -1) * np.abs(vectors).max(axis=1, keepdims=True) / 2
    errors = [((found - vectors) ** 2).sum(axis=1) for found in (restored, signs)]
    assert (errors[0] <= errors[1] * 1.01 + 1e-4).all()


def test_saved_rows_are_the_quantised_ones(tmp_path: Path) -> None:
    save_weights(tmp_path, Vocabulary.of(TERMS), VECTORS)
    weights = load_weights(tmp_path)
    assert weights.dimension == 4
    rows, amounts = np.array([0, 3]), np.array([2, 0.5], dtype=np.float32)
    assert weights.sum(rows, amounts).tolist() == (2 * VECTORS[0] + VECTORS[3] / 2).tolist()
