"""Nodes to passages: what retrieval indexes, with the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kb.documents import Case, Node, Passage

LONGEST = 1200
"""Characters of a node's body that one passage holds at most, where a break can be found."""

_BREAKS = (re.compile(r"\n"), re.compile(r"[。！？][」』）)]*"), re.compile(r"[、，]|\s"))


def make_passages(title: str, nodes: Sequence[Node]) -> tuple[Passage, ...]:
    """One passage a node that has a body, several for a long one; in document order."""
    by_id = {node.id: node for node in nodes}
    return tuple(
        Passage(
            node=node.id,
            part=part,
            doc=node.doc,
            breadcrumbs=breadcrumbs(title, node, by_id),
            heading=node.heading,
            text=node.text[start:end],
            start=start,
            end=end,
            case=_case_of(node, by_id),
        )
        for node in nodes
        for part, (start, end) in enumerate(_parts(node))
    )


def breadcrumbs(title: str, node: Node, by_id: Mapping[str, Node]) -> tuple[str, ...]:
    """The document's title, then label and heading of each unit above the node."""
    above = [
        ancestor.label
        if ancestor.heading in ("", ancestor.label)
        else f"{ancestor.label} {ancestor.heading}"
        for ancestor in _ancestors(node, by_id)
    ]
    return (title, *reversed(above))


def _ancestors(node: Node, by_id: Mapping[str, Node]) -> Iterator[Node]:
    parent = by_id.get(node.parent) if node.parent else None
    while parent:
        yield parent
        parent = by_id.get(parent.parent) if parent.parent else None


def _case_of(node: Node, by_id: Mapping[str, Node]) -> Case | None:
    return next((unit.case for unit in (node, *_ancestors(node, by_id)) if unit.case), None)


def _parts(node: Node) -> Iterator[tuple[int, int]]:
    """Ranges of the node's text that together hold its body, each at most LONGEST long."""
    text = node.text
    start = len(text) - len(node.body)
    while start < len(text):
        end = _end_of_part(text, start)
        if text[start:end].strip():
            yield start, end
        start = end


def _end_of_part(text: str, start: int) -> int:
    """After the last paragraph, sentence or clause that still fits; else after LONGEST."""
    limit = start + LONGEST
    if limit >= len(text):
        return len(text)
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, start + LONGEST // 3, limit)]
        if ends:
            return ends[-1]
    return limit
