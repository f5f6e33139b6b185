"""Read the replies and hold the citation checker to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.checking import Checked, Source, check
from kb.store import KnowledgeBase

FOLDER = Path(__file__).resolve().parent
LYING = FOLDER / "lying.jsonl"
HONEST = FOLDER / "honest.jsonl"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote over numbered evidence; see README.md for the fields."""

    id: str
    sort: str
    fold: str
    evidence: tuple[str, ...]
    reply: str
    lie: str = ""
    planted: str = ""

    @property
    def tuned_on(self) -> bool:
        """Whether the checker was tuned on it."""
        return self.fold == "tune"


@dataclass(frozen=True, slots=True)
class Judged:
    """A reply and what the checker said of its statements."""

    reply: Reply
    checked: Checked

    @property
    def caught(self) -> bool:
        """Whether every statement that carries the lie, or the link it hides in, is faulty."""
        carriers = [
            item for item in self.checked.statements if self.reply.lie in item.statement.raw
        ]
        return bool(carriers) and not any(item.holds for item in carriers)

    @property
    def flagged(self) -> bool:
        """Whether any statement is faulty."""
        return any(not item.holds for item in self.checked.statements)


def read_replies(path: Path) -> tuple[Reply, ...]:
    """The rows of a file in order."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Reply(**row | {"evidence": tuple(row["evidence"])}) for row in rows)


def judge(replies: Sequence[Reply], kb: KnowledgeBase) -> tuple[Judged, ...]:
    """Check every reply. Raises UnknownNodeError for evidence that does not exist."""
    return tuple(Judged(reply, check(reply.reply, sources_of(reply, kb))) for reply in replies)


def sources_of(reply: Reply, kb: KnowledgeBase) -> tuple[Source, ...]:
    """The numbered evidence of a reply, with what is planted in the first one."""
    sources = [Source.of(kb, kb.node(place), n) for n, place in enumerate(reply.evidence, start=1)]
    if reply.planted:
        first = sources[0]
        sources[0] = replace(
            first,
            text=f"{first.text}\n{reply.planted}",
            original=f"{first.original}\n{reply.planted}",
        )
    return tuple(sources)
