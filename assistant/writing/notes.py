"""Citations in the order in which an answer makes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.quotes import cite
from assistant.sentences import CELL, split_sentences
from assistant.writing.excerpt import Range
from assistant.writing.force import force_of
from kb.documents import Node, NodeKind
from kb.results import Citation
from kb.store import KnowledgeBase

_MARKUP = re.compile(r"</?\w+[^<>]*>")


class Notes:
    """Makes citations and numbers them from 1."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.citations: list[Citation] = []
        self._kb = kb

    def take(self, node: Node, ranges: Sequence[Range]) -> list[Citation]:
        """Cite ranges of the node's text; none of many whose source has marks of a web page.

        Of a row those cells are cited that have none. The first range, which answers, has a citation
        of its own; further ones that follow one another in the source share one.
        """
        plain = [cells for found in ranges for cells in self._plain(node, found)]
        first, *rest = plain or ranges[:1]
        made: list[Citation] = []
        for found in (first, *self._joined(node, rest)):
            citation = self._cited(node, found, len(self.citations) + len(made) + 1)
            force = force_of(self._kb.document(node.doc), node, citation.quote)
            made.append(replace(citation, duty=force))
        self.citations += made
        return made

    def _cited(self, node: Node, found: Range, n: int = 0) -> Citation:
        return cite(self._kb, node, *found, n)

    def _plain(self, node: Node, found: Range) -> list[Range]:
        """The range when its source is plain text, else what is of its cells, the last first."""
        start, end = found
        if not _MARKUP.search(self._cited(node, found).quote):
            return [found]
        cells: list[Range] = []
        for cell in node.text[start:end].split(CELL):
            here = (start, start + len(cell))
            if cell.strip() and not _MARKUP.search(self._cited(node, here).quote):
                cells.append(here)
            start = here[1] + len(CELL)
        first, *rest = self._joined(node, cells) or [found]
        return [*rest[::-1], first] if cells else []

    def _joined(self, node: Node, ranges: Sequence[Range]) -> list[Range]:
        """Ranges with nothing but white space between them, in the node and its source, as one."""
        source = self._kb.text(node.doc)
        joined: list[Range] = []
        for start, end in ranges:
            if joined:
                before = node.source_map.to_source(*joined[-1])
                here = node.source_map.to_source(start, end)
                between = node.text[joined[-1][1] : start] + source[before.end : here.start]
                if start >= joined[-1][1] and not between.strip():
                    joined[-1] = (joined[-1][0], end)
                    continue
            joined.append((start, end))
        return joined


def quoted(citations: Sequence[Citation]) -> str:
    """「words」[1]「words」[2]."""
    return "".join(f"「{citation.quote}」[{citation.n}]" for citation in citations)


def said(node: Node, citations: Sequence[Citation]) -> str:
    """The quotes; of a statistics record its figures with their names, which the quote lacks."""
    if node.kind is NodeKind.RECORD:
        marks = "".join(f"[{citation.n}]" for citation in citations)
        return "".join(f"{sentence.text}{marks}" for sentence in split_sentences(node.body))
    return quoted(citations)
