"""The 新旧対照表 of two policies: what answers what side by side, changes underlined, the rest （略）."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.comparison.contrast_cells import Paragraph, side_by_side, underlined
from assistant.comparison.omission import omitted
from assistant.comparison.results import (
    Clause,
    ClausePair,
    ContrastRow,
    ContrastTable,
    Difference,
    Matter,
    PolicyComparison,
    Run,
)

_NOTED = ("narrowed", "widened", "weaker", "stronger")


@dataclass(frozen=True, slots=True)
class _Form:
    """The two columns: which document stands left, their heads, and what an empty cell says.

    `newer_left` says that the left is the newer of two years, so that changes read leftwards.
    """

    left_is_a: bool
    newer_left: bool
    left_head: str
    right_head: str
    no_left: str
    no_right: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Clauses that share a row."""

    left: tuple[Clause, ...]
    right: tuple[Clause, ...]
    pairs: tuple[ClausePair, ...]


def contrast_table(comparison: PolicyComparison, left: str | None = None) -> ContrastTable:
    """The comparison as a table of two columns in the order of the left document.

    Of two years of one policy the newer stands left (新) and the older right (旧); a 基本方針 stands
    left of an agency's policy; else A stands left. `left` names the document to stand left instead.
    """
    form = _form(comparison, left)
    rows = [_row(group, form) for group in _groups(comparison, form)]
    return ContrastTable(
        _title(comparison, form),
        form.left_head,
        form.right_head,
        tuple(omitted(rows, _labels(comparison))),
        (
            "下線は、左右で相違する部分を示す。",
            "「（略）」は、左右で相違のない部分を示す。",
        ),
    )


def _form(comparison: PolicyComparison, left: str | None) -> _Form:
    a, b = comparison.a, comparison.b
    left_is_a = (left or comparison.first) == a.id
    first, second = (a, b) if left_is_a else (b, a)
    if not comparison.versions:
        nothing = "（該当する規定なし）"
        return _Form(left_is_a, False, first.name, second.name, nothing, nothing)
    if first.id == comparison.first:
        heads, nothing_left, nothing_right = ("新", "旧"), "（削除）", "（新設）"
    else:
        heads, nothing_left, nothing_right = ("旧", "新"), "（新設）", "（削除）"
    return _Form(
        left_is_a,
        first.id == comparison.first,
        f"{heads[0]}（{first.name}）",
        f"{heads[1]}（{second.name}）",
        nothing_left,
        nothing_right,
    )


def _title(comparison: PolicyComparison, form: _Form) -> str:
    a, b = comparison.a, comparison.b
    if comparison.versions:
        return f"{a.title if comparison.first == a.id else b.title} 新旧対照表"
    first, second = (a, b) if form.left_is_a else (b, a)
    return f"{first.name}と{second.name}の対照表"


def _labels(comparison: PolicyComparison) -> dict[str, Clause]:
    return {
        clause.id: clause
        for pair in comparison.pairs
        for clause in (pair.a, pair.b)
        if clause is not None
    }


def _groups(comparison: PolicyComparison, form: _Form) -> Iterator[_Group]:
    """Rows in the left document's order; a right clause alone follows the one before it."""
    sides = [_sides(pair, form) for pair in comparison.pairs]
    lefts = _ordered(left for left, _ in sides)
    rights = _ordered(right for _, right in sides)
    partners: dict[str, set[str]] = defaultdict(set)
    best: dict[str, tuple[bool, float, str]] = {}
    for pair, (left, right) in zip(comparison.pairs, sides, strict=True):
        if left and right:
            partners[left.id].add(right.id)
            best[right.id] = max(
                best.get(right.id, (False, -1.0, "")), (pair.main, pair.score, left.id)
            )
    homes = {right: row[2] for right, row in best.items()}
    followers = _followers(rights, homes)
    yield from (_alone(clause) for clause in followers[""])
    for run in _runs(lefts, partners):
        ids = {clause.id for clause in run}
        shown = tuple(clause for clause in rights if homes.get(clause.id) in ids)
        pairs = tuple(
            pair
            for pair, (left, right) in zip(comparison.pairs, sides, strict=True)
            if left and right and left.id in ids
        )
        yield _Group(tuple(run), shown, pairs)
        yield from (_alone(clause) for left in run for clause in followers[left.id])


def _alone(clause: Clause) -> _Group:
    return _Group((), (clause,), ())


def _sides(pair: ClausePair, form: _Form) -> tuple[Clause | None, Clause | None]:
    return (pair.a, pair.b) if form.left_is_a else (pair.b, pair.a)


def _ordered(clauses: Iterable[Clause | None]) -> list[Clause]:
    unique = {clause.id: clause for clause in clauses if clause}
    return sorted(unique.values(), key=lambda clause: clause.position)


def _followers(rights: Sequence[Clause], homes: dict[str, str]) -> dict[str, list[Clause]]:
    """Right clauses without an answer, by the left clause whose row they follow ("" at the top)."""
    followers: dict[str, list[Clause]] = defaultdict(list)
    last = ""
    for clause in rights:
        last = homes.get(clause.id, last)
        if clause.id not in homes:
            followers[last].append(clause)
    return followers


def _runs(lefts: Sequence[Clause], partners: dict[str, set[str]]) -> Iterator[list[Clause]]:
    """Neighbouring left clauses that one right clause answers share a row."""
    run: list[Clause] = []
    for clause in lefts:
        if run and not partners[run[-1].id] & partners[clause.id]:
            yield run
            run = []
        run.append(clause)
    if run:
        yield run


def _row(group: _Group, form: _Form) -> ContrastRow:
    notes = tuple(dict.fromkeys(_notes(group, form)))
    left_ids = tuple(clause.id for clause in group.left)
    right_ids = tuple(clause.id for clause in group.right)
    if not group.left:
        nothing: Paragraph = (Run(form.no_left),)
        return ContrastRow((nothing,), underlined(group.right), notes, left_ids, right_ids)
    if not group.right:
        nothing = (Run(_elsewhere(group, form) or form.no_right),)
        return ContrastRow(underlined(group.left), (nothing,), notes, left_ids, right_ids)
    cells = side_by_side(group.left, group.right)
    unchanged = cells.unchanged and not notes
    return ContrastRow(cells.left, cells.right, notes, left_ids, right_ids, unchanged)


def _elsewhere(group: _Group, form: _Form) -> str:
    """Where the right column shows the answer, when it stands in another row."""
    answers = _ordered(_sides(pair, form)[1] for pair in group.pairs)
    numbers = "、".join(clause.number for clause in answers)
    return f"（{numbers}に対応）" if numbers else ""


def _notes(group: _Group, form: _Form) -> Iterator[str]:
    """Moved clauses, and what changed in duty, reach and figures, from right to left if left is new."""
    forward = form.left_is_a != form.newer_left
    for pair in group.pairs:
        assert pair.a and pair.b
        first, second = (pair.a, pair.b) if forward else (pair.b, pair.a)
        if pair.moved:
            yield f"移動：{first.number}→{second.number}"
        kind = pair.kind if forward else pair.kind.reversed
        if kind.value in _NOTED:
            yield kind.japanese
        for difference in pair.differences:
            shown = difference if forward else _reversed(difference)
            # The duty is named by the kind already; what it was is worth saying with it.
            yield f"（{shown.a}→{shown.b}）" if shown.matter is Matter.DUTY else shown.japanese


def _reversed(difference: Difference) -> Difference:
    return Difference(difference.matter, difference.b, difference.a)
