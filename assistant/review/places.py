"""Places and sentences of a draft, for findings."""

from __future__ import annotations

from assistant.review.findings import FindingPlace
from assistant.sentences import split_sentences
from kb.addresses import clause_number
from kb.documents import Node

# One character for one, so that offsets hold.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９（）．，－：　ＲＨｒｈ", "0123456789().,-: RHrh")


def narrow_digits(text: str) -> str:
    """`text` with half-width digits and brackets, character for character."""
    return text.translate(_HALF_WIDTH)


def place_of(node: Node, start: int | None = None, end: int | None = None) -> FindingPlace:
    """The place of node.text[start:end], or of the whole node."""
    if start is None or end is None:
        return FindingPlace(node.id, clause_number(node), node.start, node.end)
    try:
        span = node.source_map.to_source(start, end)
    except ValueError:  # A character that a repair put in has no place of its own.
        return place_of(node)
    return FindingPlace(node.id, clause_number(node), span.start, span.end)


def sentence_at(node: Node, position: int) -> str:
    """The sentence of the node's text that holds a position; its first when none does."""
    sentences = split_sentences(node.text)
    around = [item for item in sentences if item.start <= position < item.end]
    return (around or list(sentences))[0].text if sentences else ""


def offset_in(node: Node, source: int) -> int | None:
    """Where in the node's text the source character `source` stands; None when it does not."""
    for text_start, source_start, length in node.source_map.runs:
        if source_start <= source < source_start + length:
            return text_start + source - source_start
    return None
