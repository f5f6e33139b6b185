"""The hand-made pairs of `pairs.jsonl`; README.md beside it tells how they were made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

PAIRS = Path(__file__).with_name("pairs.jsonl")


@dataclass(frozen=True, slots=True)
class GoldPair:
    """One row: `a` or `b` is None where the other clause has no answer.

    `required` is false for a pair that may be found and may be missed.
    """

    a: str | None
    b: str | None
    relation: str
    unit: str
    required: bool


@dataclass(frozen=True, slots=True)
class GoldComparison:
    """All rows of two documents."""

    a: str
    b: str
    pairs: tuple[GoldPair, ...]


def load_gold(file: Path = PAIRS) -> tuple[GoldComparison, ...]:
    """The comparisons in the order of the file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    return tuple(
        GoldComparison(a, b, tuple(_pairs(list(group))))
        for (a, b), group in groupby(rows, key=lambda row: (row["a_doc"], row["b_doc"]))
    )


def _pairs(rows: list[dict[str, str | None]]) -> Iterator[GoldPair]:
    for row in rows:
        relation, unit = row["relation"], row["unit"]
        assert relation and unit
        yield GoldPair(row["a"], row["b"], relation, unit, row["role"] == "must")
