"""A document's clauses as a tree of numbered places, the form in which two documents are matched."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.comparison.wording import letters
from kb.documents import Node, NodeKind, ParsedDocument

_LEFT_OUT = (NodeKind.TABLE, NodeKind.RECORD, NodeKind.CASE)
_LEAD_IN = 75
"""Characters up to which the body of a clause with items only announces them (次の措置を講ずる)."""
_QUOTED = re.compile(r"[「『]([^「」『』]{6,})[」』]")


@dataclass(frozen=True, slots=True)
class Outline:
    """Clauses in document order; `parents` are positions, -1 at the top.

    `headings` holds each clause's heading or the nearest one above it, `wholes` its words with
    those of everything below it. `announces` tells the clauses that only head others. `citations`
    names the laws, articles and quoted titles that a clause cites.
    """

    nodes: tuple[Node, ...]
    parents: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    headings: tuple[str, ...]
    wholes: tuple[str, ...]
    announces: tuple[bool, ...]
    citations: tuple[frozenset[str], ...]

    def __len__(self) -> int:
        return len(self.nodes)


def outline_of(document: ParsedDocument) -> Outline:
    """The clauses of a document; tables, cases and what stands below them are left out."""
    left_out: set[str | None] = set()
    kept: list[Node] = []
    for node in document.nodes:
        if node.kind in _LEFT_OUT or node.parent in left_out:
            left_out.add(node.id)
        else:
            kept.append(node)
    nodes = tuple(kept)
    position = {node.id: at for at, node in enumerate(nodes)}
    parents = tuple(position.get(node.parent or "", -1) for node in nodes)
    children: list[list[int]] = [[] for _ in nodes]
    for at, parent in enumerate(parents):
        if parent >= 0:
            children[parent].append(at)
    headings: list[str] = []
    for node, parent in zip(nodes, parents, strict=True):
        headings.append(node.heading or (headings[parent] if parent >= 0 else ""))
    wholes = [node.text for node in nodes]
    for at in reversed(range(len(nodes))):
        wholes[at] = "\n".join((wholes[at], *(wholes[child] for child in children[at])))
    return Outline(
        nodes,
        parents,
        tuple(map(tuple, children)),
        tuple(headings),
        tuple(wholes),
        tuple(_announces(node, bool(below)) for node, below in zip(nodes, children, strict=True)),
        _citations(document, nodes),
    )


def _announces(node: Node, has_children: bool) -> bool:
    return not node.body.strip() or (has_children and len(node.body) < _LEAD_IN)


def _citations(document: ParsedDocument, nodes: tuple[Node, ...]) -> tuple[frozenset[str], ...]:
    cited: dict[str, set[str]] = {
        node.id: {letters(title) for title in _QUOTED.findall(node.text)} for node in nodes
    }
    for reference in document.references:
        if reference.law and reference.source in cited:
            law = reference.law
            cited[reference.source] |= {law.name, f"{law.name}第{law.article}"}
    return tuple(frozenset(cited[node.id]) for node in nodes)
