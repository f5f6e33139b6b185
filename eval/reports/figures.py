"""Plots of a report as numbers ready to be drawn: the page's template only places them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from eval.intervals import Interval, interval
from eval.questions import Answerable
from eval.reports.names import LOWER_IS_BETTER, NAMES, japanese
from eval.reports.saved import SavedReport, SavedRow, mean

_BINS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure with its 95 % interval, 0 to 1."""

    measure: str
    name: str
    value: Interval
    questions: int
    lower_is_better: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The means of one kind of question; None where a measure says nothing."""

    name: str
    questions: int
    means: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of equal bins from 0 to `top`."""

    counts: tuple[int, ...]
    top: float


GROUP_MEASURES = ("hit@1", "recall@10", "citation_precision", "citation_recall", "facts")


def bars(report: SavedReport) -> tuple[Bar, ...]:
    """Every measure that says something."""
    return tuple(
        Bar(name, japanese(name), interval(scores), len(scores), name in LOWER_IS_BETTER)
        for name in NAMES
        if (scores := list(report.scores(name).values()))
    )


def groups(report: SavedReport) -> tuple[Group, ...]:
    """Means by type of question, the largest group first."""
    by_type: dict[str, list[SavedRow]] = defaultdict(list)
    for row in report.per_question:
        if row.answerable is Answerable.YES:
            by_type[row.type or "-"].append(row)
    return tuple(
        Group(
            name,
            len(rows),
            tuple(
                mean(row.measures[measure] for row in rows if measure in row.measures)
                for measure in GROUP_MEASURES
            ),
        )
        for name, rows in sorted(by_type.items(), key=lambda item: -len(item[1]))
    )


def first_ranks(report: SavedReport) -> tuple[tuple[str, int], ...]:
    """How many answerable questions have their first right hit at each rank."""
    counts = {str(rank): 0 for rank in range(1, 11)} | {"なし": 0}
    for row in report.per_question:
        if row.answerable is Answerable.YES and row.ranks:
            found = min((rank for rank in row.ranks.values() if rank), default=None)
            counts[str(found) if found in range(1, 11) else "なし"] += 1
    return tuple(counts.items())


def seconds(report: SavedReport) -> Histogram | None:
    """Times to answer in milliseconds; None when they were not taken."""
    times = [row.answer_seconds * 1000 for row in report.per_question if row.answer_seconds]
    if not times:
        return None
    top = max(times)
    counts = [0] * _BINS
    for time in times:
        counts[min(int(time / top * _BINS), _BINS - 1)] += 1
    return Histogram(tuple(counts), top)
