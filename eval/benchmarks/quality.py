"""Retrieval quality of ours and of the stock pipeline on the same questions.

Our hits are clauses and count by id. A stock chunk has no ids: it counts for a judged place when
it overlaps the judged quote in the right document, which favours long chunks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.benchmarks.llamaindex_stock import Chunk, Stock, StockPipeline
from eval.intervals import Comparison, Interval, compare, interval
from eval.measures.ranking import DEPTH, Found, Ranking, found_by
from eval.questions import MUST_FIND, Answerable, JudgedQuestion
from kb.ids import document_of
from retrieval.search import Searcher

MEASURES = (Ranking("hit@1"), Ranking("hit@5"), Ranking("recall@10"))


@dataclass(frozen=True, slots=True)
class Score:
    """One measure of ours and of each stock retriever; `comparison` is ours against fusion."""

    name: str
    ours: Interval
    stock: dict[Stock, Interval]
    comparison: Comparison


def compare_quality(
    questions: Sequence[JudgedQuestion], searcher: Searcher, pipeline: StockPipeline
) -> tuple[Score, ...]:
    """Score both over the questions that have an answer with a judged span."""
    judged = [question for question in questions if is_comparable(question)]
    ours = [_our_places(question, searcher) for question in judged]
    stock = {
        part: [_stock_places(question, pipeline, part) for question in judged] for part in Stock
    }
    return tuple(_score(measure, judged, ours, stock) for measure in MEASURES)


def is_comparable(question: JudgedQuestion) -> bool:
    """Whether a question has an answer and every place that must be found has its span."""
    must_find = [gold for gold in question.gold if gold.role in MUST_FIND]
    spans_known = all(gold.start is not None and gold.end is not None for gold in must_find)
    return question.answerable is Answerable.YES and bool(must_find) and spans_known


def covered_by(question: JudgedQuestion, chunk: Chunk) -> list[str]:
    """The places that must be found whose quote the chunk overlaps."""
    return [
        gold.id
        for gold in question.gold
        if gold.role in MUST_FIND
        and document_of(gold.id) == chunk.doc
        and gold.start is not None
        and gold.end is not None
        and gold.start < chunk.end
        and chunk.start < gold.end
    ]


def _our_places(question: JudgedQuestion, searcher: Searcher) -> Found:
    hits = searcher.search(question.question, DEPTH)
    return found_by([hit.id for hit in hits], question.must_find)


def _stock_places(question: JudgedQuestion, pipeline: StockPipeline, part: Stock) -> Found:
    chunks = pipeline.search(question.question, DEPTH, part)
    return [covered_by(question, chunk) for chunk in chunks]


def _score(
    measure: Ranking,
    questions: Sequence[JudgedQuestion],
    ours: Sequence[Found],
    stock: dict[Stock, list[Found]],
) -> Score:
    def scores(found: Sequence[Found]) -> list[float]:
        return [
            measure.of_found(places, question.must_find)
            for question, places in zip(questions, found, strict=True)
        ]

    our_scores = scores(ours)
    stock_scores = {part: scores(found) for part, found in stock.items()}
    return Score(
        measure.name,
        interval(our_scores),
        {part: interval(values) for part, values in stock_scores.items()},
        compare(our_scores, stock_scores[Stock.FUSION]),
    )
