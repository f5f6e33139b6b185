"""`python -m retrieval.training.measure --data DIR`: JSQuAD dev figures of words, meaning and both."""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import WEIGHTS, StaticEncoder
from retrieval.fusion import convex, reciprocal_rank
from retrieval.lexical import LexicalIndex
from retrieval.search import LEXICAL_MOST

Scores = npt.NDArray[np.float32]

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Questions, passages and, for each question, the positions of the passages that answer it."""

    questions: tuple[str, ...]
    passages: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over all questions."""

    accuracy_at_1: float
    ndcg_at_10: float
    recall_at_10: float

    def __str__(self) -> str:
        return (
            f"acc@1 {self.accuracy_at_1:.3f}  nDCG@10 {self.ndcg_at_10:.3f}  "
            f"R@10 {self.recall_at_10:.3f}"
        )


def read_benchmark(folder: Path) -> Benchmark:
    """Read `queries.jsonl.gz`, `passages.jsonl.gz` and `qrels.tsv` (TREC columns)."""
    passages = _rows(folder / "passages.jsonl.gz")
    questions = _rows(folder / "queries.jsonl.gz")
    position = {row["pid"]: place for place, row in enumerate(passages)}
    relevant: dict[str, set[int]] = {row["qid"]: set() for row in questions}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, _, passage, grade = line.split("\t")
        if int(grade) > 0:
            relevant[question].add(position[passage])
    return Benchmark(
        tuple(row["q"] for row in questions),
        tuple(row["text"] for row in passages),
        tuple(frozenset(relevant[row["qid"]]) for row in questions),
    )


def figures(scores: Scores, relevant: tuple[frozenset[int], ...]) -> Figures:
    """Measure `scores`, shape (questions, passages)."""
    found = np.argsort(-scores, axis=1, kind="stable")[:, :_DEPTH]
    discounts = 1 / np.log2(np.arange(2, _DEPTH + 2))
    rows = []
    for places, answers in zip(found.tolist(), relevant, strict=True):
        gains = np.array([place in answers for place in places], dtype=np.float64)
        gains = np.pad(gains, (0, _DEPTH - len(gains)))
        ideal = discounts[: len(answers)].sum()
        rows.append((gains[0], gains @ discounts / ideal, gains.sum() / len(answers)))
    accuracy, ndcg, recall = np.mean(rows, axis=0).tolist()
    return Figures(accuracy, ndcg, recall)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m retrieval.training.measure", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the weights")
    options = parser.parse_args()
    benchmark = read_benchmark(options.data / "jsquad_dev")
    analyzer = JapaneseAnalyzer()
    index = LexicalIndex.build([analyzer.terms(text) for text in benchmark.passages])
    questions = [Counter(analyzer.terms(text)) for text in benchmark.questions]
    lexical = np.stack([index.scores(terms) for terms in questions])
    encoder = StaticEncoder(analyzer, options.weights)
    passages = encoder.encode_passages(benchmark.passages)
    dense = encoder.encode_queries(benchmark.questions) @ passages.T
    pairs = list(zip(lexical, dense, strict=True))
    both = np.stack([convex(words, meaning, LEXICAL_MOST) for words, meaning in pairs])
    ranks = np.stack([reciprocal_rank(words, meaning) for words, meaning in pairs])
    for name, scores in (
        ("BM25", lexical),
        (encoder.id, dense),
        (f"convex {LEXICAL_MOST}", both),
        ("reciprocal rank", ranks),
    ):
        print(f"{name:24}{figures(scores, benchmark.relevant)}")


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
