"""Where something is laid down: the clause, then the same matter in other documents."""

from __future__ import annotations

from assistant.writing.lines import Matter, cite_all, written
from assistant.writing.notes import Notes
from kb.results import Answer


def locate(matter: Matter) -> Answer:
    """The clause with its address, its operative sentence first."""
    notes = Notes(matter.kb)
    lines = cite_all(matter, notes)
    return Answer(
        question=matter.query.asked,
        intent=matter.query.intent.value,
        text=written(lines),
        abstained=False,
        citations=tuple(notes.citations),
    )
