"""References of a place in both directions, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kb.ids import document_of, is_at_or_below
from ui import console

if TYPE_CHECKING:
    from kb.documents import Reference
    from kb.store import KnowledgeBase


def pointing_at(kb: KnowledgeBase, place: str) -> Iterator[Reference]:
    """The references from outside that lead to a place or below it, by target in document order."""
    seen: set[Reference] = set()
    for node in kb.nodes(document_of(place)):
        if not is_at_or_below(node.id, place):
            continue
        for item in kb.referenced_by(node.id):
            if not is_at_or_below(item.source, place) and item not in seen:
                seen.add(item)
                yield item


def references(value: Mapping[str, Any]) -> str:
    """What the place refers to, then what refers to it, each under the place that says it."""
    shown = console.references(dict(value))
    if not value["referenced_by"]:
        return shown
    blocks = [
        "\n".join(
            [
                f"  {source}",
                *(f"    「{row['text']}」→ {'、'.join(row['targets'])}" for row in rows),
            ]
        )
        for source, rows in groupby(value["referenced_by"], key=lambda row: row["from"])
    ]
    return "\n".join([shown, "参照元:", *blocks])
