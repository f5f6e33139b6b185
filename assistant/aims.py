"""Results asked for and aims told: a target is no result."""

from __future__ import annotations

import re

from assistant.duty import Duty, duty_of
from assistant.sentences import sentences_of
from assistant.wanted import states
from kb.documents import Node, NodeKind

_AIMS = re.compile(r"目標|目指|めざ|めあて|つもり|予定|はず")
_RESULTS = re.compile(r"実績|実際|(?:だった|でした)(?:か|の)?[?？。]*$")
_AIMED_AT = re.compile(r"目指|目標とし|になるよう")


def asks_for_results(question: str) -> bool:
    """Whether a question is about what was reached (実績比率は), not about what is aimed at."""
    return bool(_RESULTS.search(question)) and not _AIMS.search(question)


def is_aim(sentence: str) -> bool:
    """Whether a sentence says what is to be reached."""
    return duty_of(sentence) is Duty.EFFORT or bool(_AIMED_AT.search(sentence))


def states_only_aims(node: Node, needed: re.Pattern[str]) -> bool:
    """Whether every sentence of `node` that states the quantity `needed` says what is aimed at.

    True where none states it.
    """
    return node.kind is not NodeKind.RECORD and all(
        is_aim(sentence.text) for sentence in sentences_of(node) if states(needed, sentence.text)
    )
