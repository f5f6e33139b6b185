"""The conversation as typed objects: what was asked, understood, answered and thought of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kb.results import Answer, Filters


class ChipKind(StrEnum):
    """What taking a chip away means."""

    FILTER = "filter"
    """One of the filters is lifted; `key` is its name."""
    MEANING = "meaning"
    """Words are not taken for `key` any more."""
    BEFORE = "before"
    """The question is read without those before it; the label has it as it was read with them."""
    NOTE = "note"
    """Nothing: the chip only informs."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood of a question, as shown to the user."""

    kind: ChipKind
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Rating:
    """What a user thought of an answer: good or not, and why."""

    good: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it.

    `before` are the questions of the conversation before it, oldest first, `ignored` is what the user
    said he did not mean; `addresses` names the cited nodes as officers
    do and `sources` as footnotes do; `generation` is the state of the knowledge base that answered.
    `draft` is what a language model has written so far. Either `answer` or `problem` is set once the
    turn is finished; `conversation` is where it is kept.
    """

    id: str
    question: str
    filters: Filters = field(default_factory=Filters)
    ignored: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    answer: Answer | None = None
    addresses: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    followups: tuple[str, ...] = ()
    draft: str = ""
    problem: str = ""
    generation: str = ""
    conversation: str = ""
    rating: Rating | None = None
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the history; `updated` is an ISO time in UTC."""

    id: str
    title: str
    updated: str
    turns: int
