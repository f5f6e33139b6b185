"""`python -m eval.benchmarks [QUESTIONS…]`: all figures in one run, as Markdown tables."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.ask import Assistant
from eval.benchmarks.browser import opening_figures
from eval.benchmarks.llamaindex_stock import Stock, StockPipeline
from eval.benchmarks.quality import Score, compare_quality, is_comparable
from eval.benchmarks.readers import reader_tables
from eval.benchmarks.speed import (
    Figure,
    cold_search_figures,
    ingest_figures,
    latency,
    web_figure,
)
from eval.benchmarks.web_load import alone_figures, load_figures
from eval.measures.ranking import DEPTH
from eval.questions import read_questions
from kb.errors import KbError
from kb.settings import load_settings
from kb.store import KnowledgeBase
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import load_encoder
from retrieval.search import Searcher

_USERS, _CROWD_SECONDS, _ALONE_SECONDS = 20, 60.0, 10.0
_QUESTIONS = Path(__file__).resolve().parent.parent / "questions"
_SHARED = _QUESTIONS.parents[2] / "shared"
_SHARED_GOLD = _SHARED / "gold" / "questions-dev.jsonl"
_SHARED_PDFS = _SHARED / "realdocs"


def main() -> None:
    """Print the figures; exit 2 with one line when a part cannot be run."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks", description=__doc__)
    parser.add_argument(
        "questions",
        nargs="*",
        type=Path,
        help="判定付き質問のファイル（省くと同梱のものと、隣にあれば shared/gold のもの）",
    )
    parser.add_argument(
        "--pdfs",
        type=Path,
        default=_SHARED_PDFS,
        help="読み取りを比べるPDFのフォルダー（省くと、隣にあれば shared/realdocs）",
    )
    options = parser.parse_args()
    try:
        _run(options.questions or _default_questions())
        if options.pdfs.is_dir():
            print("\n".join(["", *reader_tables(options.pdfs)]))
        else:
            print("\nPDFの読み取りは、--pdfs でフォルダーを指定すると測ります。")
    except KbError as error:
        print(f"エラー: {error}", file=sys.stderr)
        sys.exit(2)


def _default_questions() -> list[Path]:
    shared = [_SHARED_GOLD] if _SHARED_GOLD.is_file() else []
    return [*sorted(_QUESTIONS.glob("*.jsonl")), *shared]


def _run(files: Sequence[Path]) -> None:
    sets = {file.name: read_questions(file) for file in files}
    queries = [question.question for questions in sets.values() for question in questions]
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        home, stock_folder = Path(folder, "home"), Path(folder, "stock")
        figures = [
            *ingest_figures(home, stock_folder),
            *cold_search_figures(home, stock_folder, queries),
            web_figure(home),
            *opening_figures(home),
            *alone_figures(home, queries, _ALONE_SECONDS),
            *load_figures(home, queries, _USERS, _CROWD_SECONDS),
        ]
        settings = load_settings(home=home)
        pipeline = StockPipeline.load(stock_folder, load_encoder(settings, JapaneseAnalyzer()))
        kb = KnowledgeBase.open(home)
        searcher = Searcher(kb, settings)
        figures += _latency_figures(queries, searcher, Assistant(kb, searcher), pipeline)
        print(_machine())
        print("\n".join(["", *_speed_table(figures)]))
        for name, questions in sets.items():
            if not (count := sum(map(is_comparable, questions))):
                continue  # Only questions without an answer: there is nothing to find.
            scores = compare_quality(questions, searcher, pipeline)
            print("\n".join(["", *_quality_table(f"{name}（{count}問）", scores)]))


def _machine() -> str:
    # Times mean little without it: other work on the machine lengthens them all.
    return f"CPU {os.cpu_count()}個、直近1分の負荷 {os.getloadavg()[0]:.1f}、{platform.platform()}"


def _latency_figures(
    queries: Sequence[str], searcher: Searcher, assistant: Assistant, pipeline: StockPipeline
) -> list[Figure]:
    ours = latency(queries, lambda query: searcher.search(query, DEPTH))
    stock = latency(queries, lambda query: pipeline.search(query, DEPTH))
    answers = latency(queries, assistant.ask)
    return [
        Figure("検索（起動後 p50）", "ミリ秒", ours.p50, stock.p50, 15.0),
        Figure("検索（起動後 p95）", "ミリ秒", ours.p95, stock.p95, 15.0),
        Figure("回答（起動後 p50）", "ミリ秒", answers.p50),
        Figure("回答（起動後 p95）", "ミリ秒", answers.p95),
    ]


def _speed_table(figures: Sequence[Figure]) -> list[str]:
    rows = [
        f"| {figure.name} | {figure.unit} | {figure.ours:.2f} "
        f"| {'-' if figure.stock is None else f'{figure.stock:.2f}'} | {_limit(figure)} |"
        for figure in figures
    ]
    return ["| 項目 | 単位 | 本システム | LlamaIndex標準 | 目標 |", "|---|---|---|---|---|", *rows]


def _limit(figure: Figure) -> str:
    if figure.limit is None:
        return "-"
    return f"{figure.limit:g} 以下 {'○' if figure.kept else '×'}"


def _quality_table(title: str, scores: Sequence[Score]) -> list[str]:
    rows = [
        f"| {score.name} | {score.ours} "
        + "".join(f"| {score.stock[part]} " for part in Stock)
        + f"| {score.comparison.difference.mean:+.3f} (p = {score.comparison.p:.4f}) |"
        for score in scores
    ]
    parts = " | ".join(f"LlamaIndex {part}" for part in Stock)
    return [
        f"| {title} | 本システム | {parts} | 差（fusion比） |",
        "|---|---|" + "---|" * (len(Stock) + 1),
        *rows,
    ]


if __name__ == "__main__":
    main()
