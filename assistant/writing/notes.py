"""Citations in the order in which an answer makes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.duty import Duty, duty_of
from assistant.quotes import cite
from assistant.sentences import split_sentences
from assistant.writing.excerpt import Range
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
        """Cite ranges of the node's text; none of many whose source has marks of a web page."""
        cited = [cite(self._kb, node, start, end, 0) for start, end in ranges]
        plain = [item for item in cited if not _MARKUP.search(item.quote)] or cited[:1]
        first = len(self.citations) + 1
        made = [_with_duty(replace(item, n=n)) for n, item in enumerate(plain, start=first)]
        self.citations += made
        return made


def duty_in(quote: str) -> Duty:
    """The duty that the last sentence of a quote that expresses one does."""
    duties = [duty_of(sentence.text) for sentence in split_sentences(quote)]
    return next((duty for duty in reversed(duties) if duty is not Duty.NONE), Duty.NONE)


def quoted(citations: Sequence[Citation]) -> str:
    """「words」[1]「words」[2]."""
    return "".join(f"「{citation.quote}」[{citation.n}]" for citation in citations)


def said(node: Node, citations: Sequence[Citation]) -> str:
    """The quotes; of a statistics record its figures with their names, which the quote lacks."""
    if node.kind is NodeKind.RECORD:
        marks = "".join(f"[{citation.n}]" for citation in citations)
        return "".join(f"{sentence.text}{marks}" for sentence in split_sentences(node.body))
    return quoted(citations)


def _with_duty(citation: Citation) -> Citation:
    duty = duty_in(citation.quote)
    return citation if duty is Duty.NONE else replace(citation, duty=duty.japanese)
