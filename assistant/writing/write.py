"""The writer for the sort of question asked."""

from __future__ import annotations

from dataclasses import replace

from assistant.writing.definition import definition
from assistant.writing.lines import Matter
from assistant.writing.locate import locate
from assistant.writing.number import number
from assistant.writing.sections import sections_shown
from assistant.writing.tables import tabulate
from assistant.writing.yes_no import yes_no
from kb.results import Answer
from retrieval.query import Intent


def write(matter: Matter) -> Answer:
    """The answer that the evidence gives; the evidence is not empty."""
    matter = replace(matter, evidence=sections_shown(matter))
    match matter.query.intent:
        case Intent.COMPARE | Intent.LIST:
            return tabulate(matter)
        case Intent.NUMBER:
            return number(matter)
        case Intent.YES_NO:
            return yes_no(matter)
        case Intent.DEFINITION:
            return definition(matter)
        case _:
            return locate(matter)
