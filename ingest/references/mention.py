"""What a finder hands over: a place in a flat text that names another place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.documents import LawCitation


@dataclass(frozen=True, slots=True)
class Mention:
    """`start`..`end` count in the flat text; `targets` are ids inside the document."""

    start: int
    end: int
    kind: str
    targets: tuple[str, ...] = ()
    law: LawCitation | None = None
    outside: bool = False


def without_overlaps(found: Iterable[Mention]) -> list[Mention]:
    """In order of the text; where two overlap, the one found first stays."""
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)
