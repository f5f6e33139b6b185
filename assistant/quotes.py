"""Citations: a verbatim quote of the source and the deterministic check that it stands there."""

from __future__ import annotations

import unicodedata

from kb.documents import Node
from kb.results import Citation
from kb.store import KnowledgeBase


def cite(kb: KnowledgeBase, node: Node, start: int, end: int, n: int) -> Citation:
    """Cite node.text[start:end].

    The quote is the node's wording where that equals the source (white space aside); where a
    repair changed a character, the source's own characters are quoted.
    Raises ValueError when the range holds no character of the source.
    """
    span = node.source_map.to_source(start, end)
    source = kb.text(node.doc)[span.start : span.end]
    quote = " ".join(node.text[start:end].split())
    if _bare(quote) != _bare(source):
        quote = "".join(source.split())
    citation = Citation(n, node.id, quote, span.start, span.end, verified=False)
    return Citation(n, node.id, quote, span.start, span.end, verify(kb, citation))


def verify(kb: KnowledgeBase, citation: Citation) -> bool:
    """Whether the quote stands at its span and the span lies in the cited node.

    White space and character width are set aside. Raises UnknownNodeError for an id that does not
    exist.
    """
    node = kb.node(citation.id)
    source = kb.text(node.doc)[citation.start : citation.end]
    inside = any(
        segment.start <= citation.start and citation.end <= segment.end for segment in node.segments
    )
    return inside and bool(source) and _bare(source) == _bare(citation.quote)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
