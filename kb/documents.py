"""What a document is made of: its metadata, its nodes (clauses, cases, tables …) and passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kb.fiscal_year import FiscalYear
from kb.spans import SourceMap, Span


class DocumentKind(StrEnum):
    """What sort of text a document is."""

    KIHON = "kihon"  # 中小企業者に関する国等の契約の基本方針
    KIKAN = "kikan"  # an agency's 契約の方針
    JIREI = "jirei"  # 発注事例集
    LAW = "law"
    OTHER = "other"


POLICIES = (DocumentKind.KIHON, DocumentKind.KIKAN)
"""The kinds whose clauses bind: the basic policy and the agencies' own."""


class NodeKind(StrEnum):
    """What sort of unit a node is."""

    CLAUSE = "clause"
    CASE = "case"
    SECTION = "section"
    TABLE = "table"
    RECORD = "record"
    NOTE = "note"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as the knowledge base knows it.

    `decided_on` is an ISO date, `path` where the file was read from, `sha256` the digest of its
    bytes. `kind_confidence` is 1.0 when a manifest states the kind.
    """

    id: str
    title: str
    kind: DocumentKind
    issuer: str
    fiscal_year: FiscalYear | None
    decided_on: str | None
    source: str
    licence: str
    sha256: str
    path: str
    pages: int
    prefecture: str | None = None
    kind_confidence: float = 1.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What identifies one case of a 発注事例集."""

    number: int
    title: str
    organisation: str
    prefecture: str | None
    category: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made to the source: what stood at `span` and what stands now."""

    kind: str
    span: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TableData:
    """Cells of a table, or of one record of it.

    `faults` says in Japanese what does not add up or what the file has lost; a lost cell is None.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One unit of a document, in document order.

    `id` is the document id and the labels an officer would say (`kihon-r05/第2/2/(3)/③`); `path`
    is the place in the outline; `label` the node's own repaired label; `heading` its heading
    without the label, `body` its own words (not its children's). `field_name` is the normalised name
    of a case's section (目的, 対象者 …). `segments` are the source spans
    that belong to it, the first one at its label. `source_map` maps `text` to the source.
    """

    id: str
    doc: str
    path: tuple[str, ...]
    parent: str | None
    kind: NodeKind
    label: str
    heading: str
    body: str
    segments: tuple[Span, ...]
    source_map: SourceMap = field(repr=False)
    page: int | None = None
    case: Case | None = None
    field_name: str | None = None
    table: TableData | None = None
    repairs: tuple[Repair, ...] = ()

    @property
    def text(self) -> str:
        """Heading and body, one paragraph a line."""
        return "\n".join(part for part in (self.heading, self.body) if part)

    @property
    def start(self) -> int:
        """Where the label stands in the source."""
        return self.segments[0].start

    @property
    def end(self) -> int:
        """Where the first segment ends."""
        return self.segments[0].end


@dataclass(frozen=True, slots=True)
class Passage:
    """What retrieval indexes: a node's words with the headings above it.

    `node` is the node's id; a very long node gives several passages, `part` 0, 1, …;
    `start`..`end` is the range of the node's `text` that the passage holds.
    """

    node: str
    part: int
    doc: str
    breadcrumbs: tuple[str, ...]
    heading: str
    text: str
    start: int
    end: int
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class LawCitation:
    """A place in a law; numbers as written, half-width (`167条の2`)."""

    name: str
    number: str | None = None
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another place: `source` is the node that says it, `span` where it says so."""

    source: str
    text: str
    span: Span
    kind: str
    targets: tuple[str, ...]
    law: LawCitation | None
    status: str  # resolved, external or dangling


@dataclass(frozen=True, slots=True)
class Definition:
    """「X（以下「Y」という。）」: `term` is Y, `meaning` X, `scope` the id below which it holds."""

    node: str
    term: str
    meaning: str
    span: Span
    scope: str


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """All that reading one file gave: every span counts in `text`."""

    document: Document
    text: str = field(repr=False)
    nodes: tuple[Node, ...]
    passages: tuple[Passage, ...]
    references: tuple[Reference, ...] = ()
    definitions: tuple[Definition, ...] = ()
