"""How long ingesting, searching and starting take, and how much memory a search needs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.benchmarks.processes import Cost, measure, median_cost, seconds_until_web_app

_COLD_RUNS = 5
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of ours and of the stock pipeline, with the limit that ours must keep."""

    name: str
    unit: str
    ours: float
    stock: float | None = None
    limit: float | None = None

    @property
    def kept(self) -> bool:
        """Whether ours stays within the limit."""
        return self.limit is None or self.ours <= self.limit


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds a query."""

    p50: float
    p95: float


def ingest_figures(home: Path, stock_folder: Path) -> list[Figure]:
    """Ingest the shipped corpus into `home`, then let the stock pipeline index the same texts."""
    ours = measure("ui", "ingest", home=home)
    stock = measure("eval.benchmarks.llamaindex_stock", "build", str(stock_folder), home=home)
    return _times("同梱資料の取り込み", ours, stock, 10.0)


def cold_search_figures(home: Path, stock_folder: Path, queries: Sequence[str]) -> list[Figure]:
    """Time (median of best of three) and peak memory of one search from a cold process."""
    ours = _cold(queries, lambda query: measure("ui", "search", query, "--json", home=home))
    stock = _cold(
        queries,
        lambda query: measure(
            "eval.benchmarks.llamaindex_stock", "search", str(stock_folder), query, home=home
        ),
    )
    return [
        *_times("検索1回（プロセス起動から）", ours, stock, 1.0),
        Figure("検索1回（最大メモリ）", "MiB", ours.peak_mb, stock.peak_mb, 250.0),
    ]


def web_figure(home: Path) -> Figure:
    """Seconds until the web app answers."""
    return Figure("Webアプリの起動", "秒", seconds_until_web_app(home), limit=10.0)


def latency(queries: Sequence[str], ask: Callable[[str], object]) -> Latency:
    """Time each query in this process, three rounds over all of them, and keep its best.

    A query that is slow is slow in every round; a pause of the machine (virtual ones stand still
    for up to 0.3 s at a time) hits another query each time.
    """
    rounds = [[_milliseconds(ask, query) for query in queries] for _ in range(_ROUNDS)]
    p50, p95 = np.percentile(np.min(rounds, axis=0), (50, 95))
    return Latency(float(p50), float(p95))


def _milliseconds(ask: Callable[[str], object], query: str) -> float:
    began = time.perf_counter()
    ask(query)
    return (time.perf_counter() - began) * 1000


def _times(name: str, ours: Cost, stock: Cost, limit: float) -> list[Figure]:
    return [
        Figure(name, "秒", ours.seconds, stock.seconds, limit),
        Figure(f"{name}のCPU時間", "秒", ours.cpu_seconds, stock.cpu_seconds),
    ]


def _cold(queries: Sequence[str], run: Callable[[str], Cost]) -> Cost:
    """Each query's best of three starts, as in `latency`, and of those the median."""
    return median_cost(
        [
            min((run(query) for _ in range(_ROUNDS)), key=lambda cost: cost.seconds)
            for query in queries[:_COLD_RUNS]
        ]
    )
