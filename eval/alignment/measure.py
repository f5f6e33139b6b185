"""Measures of a comparison against the gold: pairs, relations and clauses of one document only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.comparison.results import PolicyComparison
from eval.alignment.gold import GoldComparison, GoldPair

Found = dict[tuple[str | None, str | None], str]
"""Relation by (clause of A, clause of B); None on the side that has no answer."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted; counts of several comparisons add up.

    `found`, `spurious` and `missed` count pairs. `named` of `found` have the gold's relation;
    `rows_named` of `rows` are required rows of all kinds found with their relation. `alone_found`
    of `alone` are clauses that only one document has and that were found so.
    """

    found: int = 0
    spurious: int = 0
    missed: int = 0
    named: int = 0
    alone: int = 0
    alone_found: int = 0
    rows: int = 0
    rows_named: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found,
            self.spurious + other.spurious,
            self.missed + other.missed,
            self.named + other.named,
            self.alone + other.alone,
            self.alone_found + other.alone_found,
            self.rows + other.rows,
            self.rows_named + other.rows_named,
        )

    @property
    def precision(self) -> float:
        """Share of the pairs found that are pairs."""
        return self.found / max(self.found + self.spurious, 1)

    @property
    def recall(self) -> float:
        """Share of the required pairs that were found."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.found / max(2 * self.found + self.spurious + self.missed, 1)

    @property
    def relation_of_pairs(self) -> float:
        """Share of the required pairs found whose relation is the gold's, of six."""
        return self.named / max(self.found, 1)

    @property
    def relation_of_rows(self) -> float:
        """Share of all required rows that were found with their relation, of eight."""
        return self.rows_named / max(self.rows, 1)

    @property
    def alone_recall(self) -> float:
        """Share of the clauses of one document only that were found so."""
        return self.alone_found / max(self.alone, 1)


def found_in(comparison: PolicyComparison) -> Found:
    """What a comparison says, in the form that the gold has."""
    return {
        (pair.a.id if pair.a else None, pair.b.id if pair.b else None): pair.kind.value
        for pair in comparison.pairs
    }


def count(found: Found, gold: GoldComparison) -> Counts:
    """Count one comparison.

    A pair that gold only allows counts neither for nor against; a clause that gold calls alone but
    allows such a pair for is found when it is called alone or has no other pair.
    """
    required = {(pair.a, pair.b): pair for pair in gold.pairs if pair.required}
    allowed = {(pair.a, pair.b) for pair in gold.pairs if not pair.required}
    pairs = {key for key in found if None not in key}
    wanted = {key for key in required if None not in key}
    hits = pairs & wanted
    alone = [pair for key, pair in required.items() if None in key]
    alone_found = [pair for pair in alone if _found_alone(pair, pairs, allowed)]
    named = sum(found[key] == required[key].relation for key in hits)
    return Counts(
        len(hits),
        len(pairs - wanted - allowed),
        len(wanted - pairs),
        named,
        len(alone),
        len(alone_found),
        len(required),
        named + len(alone_found),
    )


def _found_alone(
    pair: GoldPair,
    pairs: Iterable[tuple[str | None, str | None]],
    allowed: set[tuple[str | None, str | None]],
) -> bool:
    return not any(
        key not in allowed and (key[0] == pair.a if pair.a else key[1] == pair.b) for key in pairs
    )
