"""Encoders and cross-encoders of the neural extra, with real transformers made here."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from kb.errors import OptionError
from kb.settings import Settings
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import load_encoder
from retrieval.neural import CrossEncoderReranker, NeuralEncoder
from tests.retrieval.tiny_model import save_cross_encoder, save_encoder

LONG = "随意契約の資格。" * 30


def test_prefixes_are_put_before_queries_and_passages(tmp_path: Path) -> None:
    model = save_encoder(tmp_path)
    prefixed = NeuralEncoder(model, "入札", "契約")
    plain = NeuralEncoder(model)
    assert_near(prefixed.encode_queries(["資格"]), plain.encode_queries(["入札資格"]))
    assert_near(prefixed.encode_passages(["資格"]), plain.encode_passages(["契約資格"]))


def test_a_long_text_is_the_mean_of_its_parts(tmp_path: Path) -> None:
    encoder = NeuralEncoder(save_encoder(tmp_path))
    # 31 characters and two marks are one token too many; the text is cut behind its only full stop.
    first, second = "競争入札に参加する者に必要。", "資格者契約物件発注見積分離企業保護"
    parts = encoder.encode_passages([first, second])
    mean = parts.sum(axis=0) / np.linalg.norm(parts.sum(axis=0))
    assert_near(encoder.encode_passages([first + second]), mean[None])


def test_the_end_of_a_long_text_counts(tmp_path: Path) -> None:
    encoder = NeuralEncoder(save_encoder(tmp_path))
    one, other = encoder.encode_passages([LONG + "野生動物", LONG + "入札参加"])
    assert np.abs(one - other).max() > 1e-4


def test_many_texts_are_encoded_as_few_are(tmp_path: Path) -> None:
    encoder = NeuralEncoder(save_encoder(tmp_path))
    many = encoder.encode_passages(["競争入札", LONG, ""] * 100)
    few = encoder.encode_passages(["競争入札", LONG, ""])
    assert_near(many[-3:], few)
    assert not many[2].any()


def test_ids_tell_weights_and_prefixes_apart(tmp_path: Path) -> None:
    first = save_encoder(tmp_path / "first", seed=1)
    ids = [
        NeuralEncoder(first).id,
        NeuralEncoder(first, "query: ").id,
        NeuralEncoder(first, "", "query: ").id,
        NeuralEncoder(save_encoder(tmp_path / "second", seed=2)).id,
    ]
    assert len(set(ids)) == 4
    assert NeuralEncoder(save_encoder(tmp_path / "copy", seed=1)).id == ids[0]


def test_the_settings_name_the_encoder(tmp_path: Path) -> None:
    model = save_encoder(tmp_path)
    settings = Settings(home=tmp_path, encoder=model, encoder_query_prefix="入札")
    encoder = load_encoder(settings, JapaneseAnalyzer())
    assert encoder.id == NeuralEncoder(model, "入札").id


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(OptionError, match=r"KB_ENCODER.*kankouju-kb\[neural\]"):
        NeuralEncoder("any")
    with pytest.raises(OptionError, match=r"KB_RERANKER.*kankouju-kb\[neural\]"):
        CrossEncoderReranker("any")


@pytest.mark.parametrize("name", ["nosuch", "/no/such/folder", "someone/model", "..."])
def test_a_model_that_is_not_here_is_named(name: str) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the neural extra")
    with pytest.raises(OptionError, match=r"KB_ENCODER.*このコンピューターにありません"):
        NeuralEncoder(name)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the neural extra")
    with pytest.raises(OptionError, match=r"KB_ENCODER.*読めません"):
        NeuralEncoder(str(tmp_path)).encode_queries(["入札"])


def test_a_reranker_scores_each_text(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(save_cross_encoder(tmp_path))
    scores = reranker.scores("競争入札", ["参加資格", LONG])
    assert scores.shape == (2,)
    assert ((scores > 0) & (scores < 1)).all()
    assert_near(scores[:1], reranker.scores("競争入札", ["参加資格"]))
    assert reranker.scores("競争入札", []).shape == (0,)


def test_only_a_cross_encoder_reranks(tmp_path: Path) -> None:
    for model in (
        save_encoder(tmp_path / "encoder"),
        save_cross_encoder(tmp_path / "three", outputs=3),
        save_cross_encoder(tmp_path / "two", outputs=2),
    ):
        with pytest.raises(OptionError, match=r"KB_RERANKER.*再順位付け用"):
            CrossEncoderReranker(model)


def assert_near(first: np.ndarray, second: np.ndarray) -> None:
    np.testing.assert_allclose(first, second, atol=1e-5)
