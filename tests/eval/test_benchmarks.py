"""The parts of the benchmarks, on small texts and with a real encoder-shaped object."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks.llamaindex_stock import Chunk, Stock, StockPipeline
from eval.benchmarks.processes import Cost, measure, median_cost
from eval.benchmarks.quality import covered_by, is_comparable
from eval.benchmarks.speed import Figure, latency
from eval.questions import Answerable, GoldPlace, JudgedQuestion
from kb.errors import KbError
from retrieval.encoder import Vectors


class LetterEncoder:
    """Counts a, b and c: nearness is sharing letters."""

    id = "letters"
    dimension = 3

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.count(letter) + 1e-6 for letter in "abc"] for text in texts])
        rows: Vectors = (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)
        return rows

    encode_passages = encode_queries


TEXTS = (("x", "aaa aardvark"), ("y", "bbb bobbin"), ("z", "ccc cocoon"))


@pytest.mark.parametrize(
    ("part", "expected"), [(Stock.VECTOR, "y"), (Stock.BM25, "z"), (Stock.FUSION, "y")]
)
def test_the_stock_pipeline_finds_after_a_reload(
    tmp_path: Path, part: Stock, expected: str
) -> None:
    StockPipeline.build(TEXTS, LetterEncoder()).save(tmp_path)
    pipeline = StockPipeline.load(tmp_path, LetterEncoder())
    chunks = pipeline.search("bbbbbb cocoon" if part is Stock.BM25 else "bobbin", 10, part)
    assert {chunk.doc for chunk in chunks} == {"x", "y", "z"}
    assert chunks[0].doc == expected
    assert chunks[0].start == 0
    assert Chunk("x", 0, 12) in chunks


def test_a_chunk_counts_for_the_quotes_it_overlaps() -> None:
    gold = (
        GoldPlace("a/1", "answer", "q", 10, 20),
        GoldPlace("a/2", "answer", "q", 30, 40),
        GoldPlace("b/1", "answer", "q", 10, 20),
        GoldPlace("a/3", "related", "q", 10, 20),
    )
    question = JudgedQuestion("Q", "?", Answerable.YES, gold)
    assert covered_by(question, Chunk("a", 19, 30)) == ["a/1"]
    assert covered_by(question, Chunk("a", 0, 100)) == ["a/1", "a/2"]
    assert covered_by(question, Chunk("a", 20, 30)) == []


@pytest.mark.parametrize(
    ("answerable", "gold", "expected"),
    [
        (Answerable.YES, GoldPlace("a", "answer", "q", 0, 1), True),
        (Answerable.YES, GoldPlace("a", "answer"), False),
        (Answerable.YES, GoldPlace("a", "nearest", "q", 0, 1), False),
        (Answerable.PARTIAL, GoldPlace("a", "answer", "q", 0, 1), False),
    ],
)
def test_only_answered_questions_with_spans_are_compared(
    answerable: Answerable, gold: GoldPlace, expected: bool
) -> None:
    assert is_comparable(JudgedQuestion("Q", "?", answerable, (gold,))) is expected


def test_a_command_is_measured_and_a_failing_one_is_named(tmp_path: Path) -> None:
    cost = measure("json.tool", "--help", home=tmp_path)
    assert 0.01 < cost.seconds < 20
    assert 0.01 < cost.cpu_seconds < cost.seconds + 1
    assert 5 < cost.peak_mb < 100
    with pytest.raises(KbError, match=r"json\.tool .*失敗しました。.*No such file"):
        measure("json.tool", str(tmp_path / "none.json"), home=tmp_path)


def test_costs_and_limits() -> None:
    costs = [Cost(1.0, 0.7, 100.0), Cost(9.0, 0.6, 90.0), Cost(2.0, 0.5, 120.0)]
    assert median_cost(costs) == Cost(2.0, 0.6, 120.0)
    assert Figure("検索", "秒", 1.0, limit=1.0).kept
    assert not Figure("検索", "秒", 1.1, limit=1.0).kept


def test_a_single_pause_does_not_count_but_a_slow_query_does() -> None:
    asked: list[str] = []

    def ask(query: str) -> None:
        asked.append(query)
        if query == "slow" or len(asked) == 1:
            time.sleep(0.2)

    found = latency(["a", "slow"], ask)
    assert asked == ["a", "slow"] * 3
    # The middle of about 0 and 200 ms; without the pause of the first call.
    assert 100 <= found.p50 < 180
    assert found.p95 >= 190
