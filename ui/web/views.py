"""What the pages show, as typed objects; pure, so that rendering can be tested with literals."""

from __future__ import annotations

from dataclasses import dataclass

from kb.documents import Definition, Document, DocumentKind, Node, Reference
from kb.fiscal_year import FiscalYear
from kb.results import Hit
from kb.spans import Span
from retrieval.query import Query
from ui.web.facets import Facet


@dataclass(frozen=True, slots=True)
class Link:
    """A reference as the reader shows it: from the node that says it to named places.

    `targets` and `source_name` are addresses as officers write them, beside the node's id.
    """

    reference: Reference
    source_name: str
    targets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A node and what stands around it; `quote` is a range of the source to mark.

    `below` are its descendants in document order, `omitted` how many more there are; `raw` is the
    source's text for each of the node's segments. `links` are the references of the node and of
    `below`, `linked_from` those that point at the node; `terms` the defined terms that hold there.
    `has_page` says whether the page of the original file can be shown.
    """

    document: Document
    node: Node
    ancestors: tuple[Node, ...]
    before: tuple[Node, ...]
    below: tuple[Node, ...]
    after: tuple[Node, ...]
    omitted: int
    raw: tuple[str, ...]
    quote: Span | None = None
    links: tuple[Link, ...] = ()
    linked_from: tuple[Link, ...] = ()
    terms: tuple[Definition, ...] = ()
    has_page: bool = False

    @property
    def previous(self) -> Node | None:
        """The node before, in document order."""
        return self.before[-1] if self.before else None

    @property
    def following(self) -> Node | None:
        """The next node in document order, one step down if there is one."""
        return next(iter(self.below + self.after), None)


@dataclass(frozen=True, slots=True)
class Front:
    """A document and its top nodes."""

    document: Document
    tops: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """A document with the number of its nodes and passages; `present` if its file is still there."""

    document: Document
    nodes: int
    passages: int
    present: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer."""

    documents: tuple[Document, ...]
    kinds: tuple[DocumentKind, ...]
    years: tuple[FiscalYear, ...]
    prefectures: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search: hits, best first, with their addresses, and counts over them."""

    query: Query
    hits: tuple[Hit, ...]
    addresses: dict[str, str]
    facets: tuple[Facet, ...]
    seconds: float


def text_range(node: Node, source: Span) -> Span | None:
    """The range of the node's text that comes from a range of the source; None when none does."""
    covered = [
        (
            text + max(source.start - origin, 0),
            text + min(source.end - origin, length),
        )
        for text, origin, length in node.source_map.runs
        if origin < source.end and origin + length > source.start
    ]
    if not covered:
        return None
    return Span(min(start for start, _ in covered), max(end for _, end in covered))
