"""The contract of every encoder, then what is particular to the static one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kb.errors import OptionError, StoreError
from kb.settings import Settings
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import Encoder, StaticEncoder, load_encoder
from retrieval.static_weights import load_weights, save_weights
from retrieval.vocabulary import Vocabulary

MakeEncoder = Callable[[Path], Encoder]
TERMS = ["入札", "競争", "契約", "随意"]
VECTORS = np.array([[3, 0, 0], [0, 2, 0], [0, 0, 1], [0, 0.6, 0.8]], dtype=np.float32)


def tiny(folder: Path) -> StaticEncoder:
    save_weights(folder, Vocabulary(TERMS), VECTORS)
    return StaticEncoder(JapaneseAnalyzer(), folder)


def shipped(folder: Path) -> StaticEncoder:
    return StaticEncoder(JapaneseAnalyzer())


@pytest.fixture(params=[tiny, shipped])
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
    assert alone.tolist() == among.tolist()


def test_the_id_is_stable(encoder: Encoder) -> None:
    assert encoder.id == encoder.id != ""


def test_a_text_is_the_mean_of_its_terms(tmp_path: Path) -> None:
    vector = tiny(tmp_path).encode_queries(["入札契約"])[0]
    # 入札 and 契約 count twice each (word and bigram): (6, 0, 2), scaled to length 1.
    assert vector.tolist() == pytest.approx([0.94868, 0, 0.31623], abs=0.01)


def test_another_training_has_another_id(tmp_path: Path) -> None:
    first = tiny(tmp_path / "first")
    save_weights(tmp_path / "second", Vocabulary(TERMS), 2 * VECTORS[::-1])
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
    save_weights(tmp_path, Vocabulary(TERMS), VECTORS)
    (tmp_path / "terms.txt").write_text("入札", encoding="utf-8")
    with pytest.raises(StoreError, match="別の版"):
        load_weights(tmp_path)
    (tmp_path / "vectors.safetensors").write_bytes(b"x")
    with pytest.raises(StoreError, match="読めません"):
        load_weights(tmp_path)


def test_an_unknown_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"KB_ENCODER.*nosuch"):
        load_encoder(Settings(home=tmp_path, encoder="nosuch"), JapaneseAnalyzer())
