"""What a clause obliges to, one obligation after another, and how two clauses' obligations differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparison.wording import narrow
from assistant.duty import Duty, duty_of
from assistant.sentences import split_sentences
from assistant.similarity import likeness

_CUT = re.compile(
    r"(?<=とともに)、|(?<=ものとし)、|(?<=ものとするが)、|(?<=こととし)、|(?<=努め)、|(?<=図り)、|(?<=行うほか)、"
)
# A sentence's middle ends as its end would: 「努め、」 says what 「努める。」 says.
_FINAL_FORMS = (
    (re.compile(r"(ものと|ことと)(?:し|するが)$"), r"\1する"),
    (re.compile(r"(?:とともに|ほか)$"), ""),
    (re.compile(r"努め$"), "努める"),
    (re.compile(r"図り$"), "図る"),
)
_GOVERNED = re.compile(r"(?:とともに|図り|ほか)$")
_ENGAGE = re.compile(r"取り?組む(?:ものとする|こととする)?$")
_DUTY_WORDS = re.compile(
    r"(?:する|行う)?(?:よう|ように)?(?:特段の|積極的に|適切に)?[にをの]?"
    r"(?:努め|努力|配慮|留意|検討|目指|取り?組|考慮|勘案|図|行|推進)[ぁ-ん]{0,3}$"
)
_FORMAL_END = re.compile(r"(?:(?:もの|こと)(?:と(?:する|し|するが))?|とともに|ほか)$")
_TAIL = 16
"""Characters before the duty words that name the act."""
_TAIL_SHARE = 0.4
_ALIKE = 0.25
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Obligation:
    """A stretch of a sentence that obliges, and how strongly."""

    text: str
    duty: Duty

    @property
    def act(self) -> str:
        """The words that name the act, without those that say how strongly it binds."""
        plain = narrow(self.text).rstrip("。、. ")
        while (shorter := _FORMAL_END.sub("", plain)) != plain:
            plain = shorter
        return _DUTY_WORDS.sub("", plain)[-_TAIL:]


def grade(duty: Duty) -> int:
    """1 permission, effort or consideration, 2 plain duty (…するものとする, …を図る), 3 strict duty or ban."""
    match duty:
        case Duty.PERMISSION | Duty.STUDY | Duty.CONSIDERATION | Duty.EFFORT:
            return 1
        case Duty.OBLIGATION | Duty.PROHIBITION:
            return 3
        case _:
            return 2


def obligations(text: str) -> tuple[Obligation, ...]:
    """The obligations of a clause in their order."""
    found: list[Obligation] = []
    for sentence in split_sentences(text):
        if len(sentence.text) < _SHORTEST:
            continue
        parts = [part for part in _CUT.split(sentence.text) if part]
        duties = [_duty(part) for part in parts]
        for at in reversed(range(len(parts) - 1)):
            # 「明示するとともに、説明に努める」: the effort governs the verb before it too.
            if grade(duties[at]) == 2 and _GOVERNED.search(parts[at]):
                duties[at] = duties[at + 1]
        found += map(Obligation, parts, duties)
    return tuple(found)


def _duty(part: str) -> Duty:
    plain = narrow(part).rstrip("。、. ")
    for pattern, form in _FINAL_FORMS:
        plain = pattern.sub(form, plain)
    return Duty.EFFORT if _ENGAGE.search(plain) else duty_of(plain)


def first_difference(
    a: Sequence[Obligation], b: Sequence[Obligation]
) -> tuple[Obligation, Obligation] | None:
    """The first obligation of A that B has with another grade, and B's; None where there is none."""
    if not a or not b:
        return None
    rows = [[_alike(mine, theirs) for theirs in b] for mine in a]
    # The only obligations of two clauses that answer each other answer each other.
    enough = 0.0 if len(a) == len(b) == 1 else _ALIKE
    for i, row in enumerate(rows):
        j = row.index(max(row))
        rivals = [other[j] for other in rows]
        mutual = rivals.index(max(rivals)) == i
        if mutual and row[j] >= enough and grade(a[i].duty) != grade(b[j].duty):
            return a[i], b[j]
    return None


def _alike(a: Obligation, b: Obligation) -> float:
    return (1 - _TAIL_SHARE) * likeness(a.text, b.text) + _TAIL_SHARE * likeness(a.act, b.act)
