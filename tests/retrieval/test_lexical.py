from __future__ import annotations

import math
from pathlib import Path

import pytest

from kb.errors import CorruptStoreError
from retrieval.lexical import K1, B, LexicalIndex

PASSAGES = [["入札", "入札", "参加"], ["随意", "契約"], ["入札", "契約", "契約", "契約"]]


def bm25(frequency: int, length: int, holding: int) -> float:
    """Lucene's BM25 (without the constant numerator) over PASSAGES."""
    idf = math.log(1 + (3 - holding + 0.5) / (holding + 0.5))
    return idf * frequency / (frequency + K1 * (1 - B + B * length / 3))


def test_scores_are_bm25() -> None:
    scores = LexicalIndex.build(PASSAGES).scores({"入札": 1.0})
    assert scores.tolist() == pytest.approx([bm25(2, 3, 2), 0, bm25(1, 4, 2)], rel=1e-5)


def test_weights_multiply() -> None:
    scores = LexicalIndex.build(PASSAGES).scores({"参加": 2.0, "随意": 0.5})
    assert scores.tolist() == pytest.approx([2 * bm25(1, 3, 1), 0.5 * bm25(1, 2, 1), 0], rel=1e-5)


def test_unknown_words_score_zero() -> None:
    index = LexicalIndex.build(PASSAGES)
    assert index.scores({"宇宙": 1.0, "": 1.0}).tolist() == [0, 0, 0]
    assert index.scores({}).tolist() == [0, 0, 0]
    assert "宇宙" not in index
    assert "契約" in index


def test_saved_and_loaded(tmp_path: Path) -> None:
    index = LexicalIndex.build(PASSAGES)
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    assert loaded.size == 3
    assert loaded.scores({"契約": 1.0}).tolist() == index.scores({"契約": 1.0}).tolist()


def test_a_damaged_index_is_reported(tmp_path: Path) -> None:
    LexicalIndex.build(PASSAGES).save(tmp_path)
    (tmp_path / "size.txt").write_text("many", encoding="utf-8")
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        LexicalIndex.load(tmp_path)
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        LexicalIndex.load(tmp_path / "absent")
