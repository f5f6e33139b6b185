"""Check a written answer statement by statement; the same text always gives the same verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from assistant.checking.absence import wrongly_absent
from assistant.checking.aspect import told_as_done
from assistant.checking.attribution import attributed, told_of_each, without_owners
from assistant.checking.binding import changed_bound, misplaced_number, swapped_opposite
from assistant.checking.conditions import (
    condition_dropped,
    exception_dropped,
    exception_included,
    others_meant,
)
from assistant.checking.evidence import Cited
from assistant.checking.faults import Fault, FaultKind
from assistant.checking.instructions import is_instruction, leads_outside
from assistant.checking.names import unknown_name
from assistant.checking.novelty import new_words
from assistant.checking.polarity import negation_changed
from assistant.checking.quantities import quantities
from assistant.checking.quotations import verbatim
from assistant.checking.roles import roles_swapped
from assistant.checking.scope import scope_changed
from assistant.checking.source import Source
from assistant.checking.statements import Kind, Segment, Statement, statements
from assistant.checking.strength import DUTY_NAMES, duty_changed
from kb.addresses import place_mentions

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?:/[^\s/、。()（）「」\[\]]+)+", re.IGNORECASE)
_ABOVE = ("上記", "前記")
_SEVERAL = 2
_LAST_CLAUSE = re.compile(r"^(.*[^は])、([^、]*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A statement and what is wrong with it; nothing when its evidence bears it out."""

    statement: Statement
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether it may be shown as verified."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Checked:
    """Every statement of an answer, in order."""

    statements: tuple[CheckedStatement, ...]

    @property
    def verified(self) -> bool:
        """Whether something is claimed and all of it holds."""
        claims = [item for item in self.statements if item.statement.claims]
        return bool(claims) and all(item.holds for item in self.statements)


def check(answer: str, sources: Sequence[Source]) -> Checked:
    """Check `answer`, whose marks [n] cite `sources` by number.

    A statement must cite, and say nothing that its evidence does not: every content word, number,
    date, clause number, name and quote must stand there, numbers must be said of what they are
    said of there, those who act must act there, its duty words must be as strong, and no negation,
    exception or condition may be dropped or added. White space and character width are set aside.
    """
    known = {source.n: source.trusted for source in sources}
    found = statements(answer)
    return Checked(
        tuple(
            CheckedStatement(
                statement,
                _faults(statement, _elsewhere(statement, found), known, _items(found[at + 1 :])),
            )
            for at, statement in enumerate(found)
        )
    )


def _elsewhere(statement: Statement, others: Sequence[Statement]) -> str:
    """What the answer says elsewhere of the same evidence: an exception may stand there."""
    same = set(statement.numbers)
    return "\n".join(
        other.text for other in others if other is not statement and same & set(other.numbers)
    )


def _items(following: Sequence[Statement]) -> int:
    """How many items of a list come next."""
    return len({item.line for item in takewhile(lambda item: item.listed, following)})


def _faults(
    statement: Statement, elsewhere: str, known: dict[int, Source], items: int
) -> tuple[Fault, ...]:
    if leads_outside(statement.raw) or is_instruction(statement.text):
        return (Fault(FaultKind.INSTRUCTION),)
    unknown = [number for number in statement.numbers if number not in known]
    if unknown:
        return (Fault(FaultKind.UNKNOWN_CITATION, f"[{unknown[0]}]"),)
    match statement.kind:
        case Kind.EMPTY | Kind.OPENER:
            return ()
        case Kind.FRAME | Kind.CLOSING:
            return tuple(_of_frame(statement, list(known.values()), items))
        case Kind.ABSENCE:
            return tuple(_of_absence(statement, elsewhere, known))
        case _ if not statement.numbers:
            return (Fault(FaultKind.UNCITED),)
    return tuple(
        fault
        for segment in statement.segments
        for fault in _against(segment, _beside(segment, statement, elsewhere), known)
    )


def _beside(segment: Segment, statement: Statement, elsewhere: str) -> str:
    return elsewhere if segment.text == statement.text else f"{elsewhere}\n{statement.text}"


def _of_frame(statement: Statement, sources: Sequence[Source], items: int) -> Iterator[Fault]:
    """A heading or lead-in claims nothing, but may name nothing that no evidence has either.

    It may count the `items` that it leads to.
    """
    text = re.sub(rf"(?<!\d){items}件", "", statement.text)
    cited = Cited.of(text, sources)
    if statement.kind is Kind.CLOSING:
        if quantities(text) or unknown_name(cited.plain, cited.everything):
            yield Fault(FaultKind.UNCITED)
        return
    numbers = quantities(cited.plain)
    if (
        not all(quantity.is_borne_out(cited.stated) for quantity in numbers)
        or negation_changed(text, cited.nearest)
        or new_words(cited.plain, cited.everything)
    ):
        yield Fault(FaultKind.UNCITED)


def _of_absence(statement: Statement, elsewhere: str, known: dict[int, Source]) -> Iterator[Fault]:
    """What is said before the last comma is a claim like any other, unless it is the topic."""
    parts = _LAST_CLAUSE.match(statement.text)
    if parts and "ついて" not in parts[1][-6:]:
        if not statement.numbers:
            yield Fault(FaultKind.UNCITED)
            return
        yield from _against(Segment(parts[1], statement.numbers), elsewhere, known)
    absent = parts[2] if parts else statement.text
    sources = [known[n] for n in statement.numbers] or list(known.values())
    if wrongly_absent(absent, [source.text for source in sources]):
        yield Fault(FaultKind.UNSUPPORTED)


def _against(segment: Segment, elsewhere: str, known: dict[int, Source]) -> list[Fault]:
    """Hold a part of a statement to what it cites.

    Where it cites several owners, each must bear out what is told of each, and every clause what
    is told of the owner it names.
    """
    sources = [known[number] for number in segment.numbers]
    whole = _held(segment, elsewhere, sources)
    if whole or len({source.owners for source in sources}) < _SEVERAL:
        return whole
    if told_of_each(segment.text, sources):
        shared = replace(segment, text=without_owners(segment.text, sources))
        return [fault for source in sources for fault in _held(shared, elsewhere, [source])]
    parts = attributed(segment.text, sources)
    if len(parts) < _SEVERAL:
        return []
    beside = f"{elsewhere}\n{segment.text}"
    return [
        fault
        for text, numbers in parts
        for fault in _held(Segment(text, numbers), beside, [known[number] for number in numbers])
    ]


def _held(segment: Segment, elsewhere: str, sources: Sequence[Source]) -> list[Fault]:
    """Hold a text to all of these sources together."""
    for source in sources:
        segment = replace(segment, text=source.unaddressed(segment.text))
    cited = Cited.of(segment.text, sources)
    quotes = verbatim(segment.text, (cited.everything, cited.originals))
    faults = [Fault(FaultKind.MISQUOTED, words) for words in quotes.wrong]
    faults += [Fault(FaultKind.ADDRESS, words) for words in _foreign(segment.text, sources)]
    own = cited.reduced(DUTY_NAMES.sub("", quotes.own))
    faults += [
        Fault(FaultKind.NUMBER, quantity.words)
        for quantity in quantities(own)
        if not (quantity.is_borne_out(cited.named) or quantity.is_borne_out(cited.stated))
    ]
    if name := unknown_name(own, cited.everything):
        faults.append(Fault(FaultKind.NAME, name))
    if unknown := new_words(own, cited.everything):
        faults.append(Fault(FaultKind.UNSUPPORTED, "・".join(unknown)))
    return faults + (list(_of_rule(quotes.rest, segment, cited, elsewhere)) if quotes.rest else [])


def _of_rule(text: str, segment: Segment, cited: Cited, elsewhere: str) -> Iterator[Fault]:
    """What the statement makes of the sentences it rests on."""
    plain, nearest, around = cited.reduced(text), cited.nearest, cited.around
    labelled = segment.labelled or plain
    if words := misplaced_number(labelled, [source.text for source in cited.sources]):
        yield Fault(FaultKind.BINDING, words)
    if words := changed_bound(plain, around):
        yield Fault(FaultKind.NUMBER, words)
    if words := swapped_opposite(plain, around):
        yield Fault(FaultKind.BINDING, words)
    if words := roles_swapped(plain, nearest, cited.owners):
        yield Fault(FaultKind.ROLE, words)
    if words := scope_changed(plain, around, cited.everything):
        yield Fault(FaultKind.SCOPE, words)
    if words := duty_changed(plain, cited.retold or nearest, cited.retold or around, elsewhere):
        yield Fault(FaultKind.DUTY, words)
    if words := told_as_done(plain, around) or negation_changed(plain, around, cited.copied):
        yield Fault(FaultKind.NEGATION, words)
    if words := condition_dropped(plain, nearest, elsewhere) or others_meant(plain, around):
        yield Fault(FaultKind.EXCEPTION, words)
    if words := exception_included(plain, [source.text for source in cited.sources]):
        yield Fault(FaultKind.EXCEPTION, words)
    if words := exception_dropped(plain, cited.excepting, elsewhere):
        yield Fault(FaultKind.EXCEPTION, words)


def _foreign(text: str, sources: Sequence[Source]) -> Iterator[str]:
    """Clause numbers and ids that no cited place bears."""
    for mention in place_mentions(text):
        written = text[mention.span.start : mention.span.end]
        if written.startswith(_ABOVE):
            held = any(source.names(mention.labels) for source in sources)
        else:
            held = any(source.is_about(mention.labels) for source in sources)
        if not held:
            yield written
    for match in _ID.finditer(text):
        if not any(source.id.startswith(match[0]) for source in sources):
            yield match[0]
