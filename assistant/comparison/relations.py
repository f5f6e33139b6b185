"""How a clause of B stands to the clause of A that it answers: duty before reach before wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparison.figures import figure_differences, numbers
from assistant.comparison.obligations import first_difference, grade, obligations
from assistant.comparison.reach import lacking
from assistant.comparison.results import Difference, Kind, Matter
from assistant.comparison.wording import essence
from assistant.duty import Duty
from assistant.sentences import split_sentences
from assistant.similarity import containment, likeness

_LEAST = 4
"""Character pairs of matter that make a difference in reach."""
_GREATER = 3
"""How many times more one side must have than the other for the reach to lean its way."""


@dataclass(frozen=True, slots=True)
class Side:
    """A clause of a pair: its words and what it shares them with.

    `announces` says that it only heads others; `answers` holds the bodies of all clauses of the
    other document that it is paired with, `here` the position of this pair's among them.
    """

    heading: str
    body: str
    announces: bool
    answers: tuple[str, ...]
    here: int


def relation_of(a: Side, b: Side) -> tuple[Kind, tuple[Difference, ...]]:
    """The kind of the pair and the figures and duties that differ.

    Where a clause is answered by several, only the sentences that are nearest to this answer count.
    """
    if a.announces or b.announces:
        return _of_headings(a, b), ()
    mine, theirs = _part(a), _part(b)
    if essence(a.body) == essence(b.body) or essence(mine) == essence(theirs):
        return Kind.SAME, ()
    differences = figure_differences(mine, theirs)
    duties = first_difference(obligations(mine), obligations(theirs))
    if duties:
        before, after = duties[0].duty, duties[1].duty
        kind = Kind.STRONGER if grade(after) > grade(before) else Kind.WEAKER
        named = Difference(Matter.DUTY, _name(before), _name(after))
        return kind, (named, *differences)
    return _by_reach(mine, theirs, a.answers, b.answers), differences


def _name(duty: Duty) -> str:
    # 「図る。」 in a policy binds as 「図るものとする。」 does.
    return (duty or Duty.RULE).japanese


def _of_headings(a: Side, b: Side) -> Kind:
    """Headings count, and the words with which a heading announces its items."""
    same = essence(a.heading) == essence(b.heading) and essence(
        a.body if a.announces else ""
    ) == essence(b.body if b.announces else "")
    return Kind.SAME if same else Kind.CHANGED


def _by_reach(mine: str, theirs: str, of_b: Sequence[str], of_a: Sequence[str]) -> Kind:
    dropped, added = lacking(mine, of_b), lacking(theirs, of_a)
    if bool(numbers(mine)) != bool(numbers(theirs)):
        # A target in figures is matter of its own.
        dropped, added = (dropped + _LEAST, added) if numbers(mine) else (dropped, added + _LEAST)
    if dropped >= _LEAST and dropped >= _GREATER * added:
        return Kind.NARROWED
    if added >= _LEAST and added >= _GREATER * dropped:
        return Kind.WIDENED
    return Kind.CHANGED


def _part(side: Side) -> str:
    """The sentences that are nearer to this answer than to any other."""
    if len(side.answers) == 1:
        return side.body
    kept = [
        sentence.text
        for sentence in split_sentences(side.body)
        if _nearest(sentence.text, side.answers) == side.here
    ]
    return "\n".join(kept) or side.body


def _nearest(sentence: str, answers: Sequence[str]) -> int:
    nearness = [
        containment(sentence, answer)
        + max((likeness(sentence, other.text) for other in split_sentences(answer)), default=0.0)
        for answer in answers
    ]
    return nearness.index(max(nearness))
