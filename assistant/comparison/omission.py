"""Leaving out what is the same: runs of unchanged rows become one row of labels and （略）."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from assistant.comparison.results import Clause, ContrastRow, Run


def omitted(rows: Sequence[ContrastRow], clauses: Mapping[str, Clause]) -> Iterator[ContrastRow]:
    """The rows, every run of unchanged ones as one row: 「３～５　（略）」.

    `clauses` holds the clauses by id.
    """
    for unchanged, run in groupby(rows, key=lambda row: row.unchanged):
        if not unchanged:
            yield from run
            continue
        same = list(run)
        left = tuple(name for row in same for name in row.left_ids)
        right = tuple(name for row in same for name in row.right_ids)
        yield ContrastRow(
            _lines(left, clauses), _lines(right, clauses), (), left, right, unchanged=True
        )


def _lines(names: Sequence[str], clauses: Mapping[str, Clause]) -> tuple[tuple[Run, ...], ...]:
    """A line for clauses that follow each other under one parent and are unchanged to the bottom.

    A clause with something changed below it keeps its heading, so that what follows has its place.
    """
    here = set(names)
    whole = {name for name in names if _below(name, clauses) <= here}
    lines: list[tuple[Run, ...]] = []
    tops = [name for name in names if not any(above in whole for above in _above(name))]
    for (is_whole, _), group in groupby(tops, key=lambda name: (name in whole, _parent(name))):
        members = [clauses[name] for name in group]
        if is_whole:
            labels = [member.label for member in members]
            span = labels[0] if len(labels) == 1 else f"{labels[0]}～{labels[-1]}"
            lines.append((Run(f"{span}　（略）"),))
        else:
            lines += [(Run(_opening(member)),) for member in members]
    return tuple(lines)


def _opening(clause: Clause) -> str:
    rest = clause.text[len(clause.heading) :].strip()
    return f"{clause.label}　{clause.heading}{'（略）' if rest else ''}"


def _parent(name: str) -> str:
    return name.rpartition("/")[0]


def _above(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _below(name: str, clauses: Mapping[str, Clause]) -> set[str]:
    return {other for other in clauses if other.startswith(f"{name}/")}
