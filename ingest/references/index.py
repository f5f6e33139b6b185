"""Where the places of a document are: by label chain, seen from the node that names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from ingest.flat import Flat
from kb.documents import Node, NodeKind

_TOP = re.compile(r"第\d+")
_BULLET = r"(?:^|\n)[-・*]*"


class Index:
    """The nodes of one document, to be asked for places as its text names them."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = tuple(nodes)
        self.by_id = {node.id: node for node in nodes}
        self._place = {node.id: place for place, node in enumerate(nodes)}
        self._children: dict[str | None, list[Node]] = defaultdict(list)
        self._alike: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            self._alike[node.id.rpartition("/")[0]].append(node)
            self._children[node.parent if node.parent in self.by_id else None].append(node)

    @cached_property
    def flats(self) -> dict[str, Flat]:
        """Every node's folded words."""
        return {node.id: Flat.of(node) for node in self.nodes}

    def children(self, node: Node | None) -> list[Node]:
        """The nodes right below, in order; of None the outermost ones."""
        return self._children[node.id if node else None]

    def row(self, node: Node) -> list[Node]:
        """The nodes whose ids stand right below the same id: articles over all chapters."""
        return self._alike[node.id.rpartition("/")[0]]

    def upwards(self, node: Node) -> Iterator[Node]:
        """The node, then what it stands in, outwards."""
        current: Node | None = node
        while current:
            yield current
            current = self.by_id.get(current.parent) if current.parent else None

    def frame(self, node: Node) -> Node:
        """The case, else the outermost unit that the node stands in."""
        above = list(self.upwards(node))
        return next((unit for unit in above if unit.kind is NodeKind.CASE), above[-1])

    def resolve(self, source: Node, labels: Sequence[str]) -> Node | None:
        """The node that a chain of labels names: 第2 from the root, (4) from the nearest frame.

        Numbers inside a case are the case's own.
        """
        if not labels:
            return None
        if _TOP.fullmatch(labels[0]):
            return self._down(None, labels)
        for scope in self.upwards(source):
            if found := self._down(scope, labels):
                return found
            if scope.kind is NodeKind.CASE:
                return None
        return self._down(None, labels)

    def nearest(self, source: Node, labels: Sequence[str]) -> Node | None:
        """The place before the source, nearest first, whose id ends with the labels.

        Not beyond the case that the source stands in.
        """
        end = "/" + "/".join(labels)
        frame = self.frame(source)
        for node in self.before(source):
            if node.id.endswith(end):
                return node
            if node is frame and frame.kind is NodeKind.CASE:
                return None
        return None

    def mentioned(self, source: Node, label: str) -> Node | None:
        """The node of the same frame, nearest before, whose own lines are numbered with `label`."""
        pattern = re.compile(rf"{_BULLET}{re.escape(label)}")
        frame = self.frame(source)
        last = self._place[source.id]
        for node in reversed(self.nodes[: last + 1]):
            if pattern.search(self.flats[node.id].text):
                return node
            if node is frame:
                return None
        return None

    def before(self, node: Node) -> Iterator[Node]:
        """The nodes before, nearest first, within the same frame; then the rest of the document."""
        place = self._place[node.id]
        yield from reversed(self.nodes[:place])

    def _down(self, scope: Node | None, labels: Sequence[str]) -> Node | None:
        node = scope
        for label in labels:
            node = self._child(node, label)
            if node is None:
                return None
        return node

    def _child(self, node: Node | None, label: str) -> Node | None:
        named = [child for child in self.children(node) if bare_label(child) == label]
        if named:
            return named[0]
        passing = [child for child in self.children(node) if child.kind is NodeKind.SECTION]
        for child in passing:
            if found := next((c for c in self.children(child) if bare_label(c) == label), None):
                return found
        return None


def bare_label(node: Node) -> str:
    """The node's label as texts cite it: without #2."""
    return node.label.partition("#")[0]
