"""The tree while it is being read, and how it becomes nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.labels import Label
from ingest.page import Extract
from ingest.repair import Paragraph, is_complete
from ingest.tables import with_tables
from ingest.traced import TracedText
from kb.documents import Case, Node, NodeKind, Repair, TableData
from kb.ids import IdAllocator, node_id
from kb.spans import Span


@dataclass(slots=True)
class Draft:
    """One unit being read.

    `lead` is the paragraph that its label stands before (None for a unit without a label in the
    source). `heading` overrides what `close` would take from the lead. With `at_root` the id is
    the document's and the label's only, wherever the unit stands in the outline.
    """

    label: str
    kind: NodeKind
    lead: Paragraph | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)
    mark: Label | None = None
    heading: TracedText | None = None
    at_root: bool = False
    case: Case | None = None
    field_name: str | None = None
    table: TableData | None = None
    repairs: list[Repair] = field(default_factory=list)

    @property
    def last(self) -> Paragraph | None:
        """The paragraph read last."""
        return self.paragraphs[-1] if self.paragraphs else self.lead

    @property
    def has_text(self) -> bool:
        """Whether anything beyond the label's own line was read."""
        return any(paragraph.text for paragraph in self.paragraphs) or bool(self.children)

    def heading_and_body(self) -> tuple[TracedText, list[TracedText]]:
        """The lead is the heading when no sentence ends it and something follows it."""
        bodies = [paragraph.text for paragraph in self.paragraphs if paragraph.text]
        if self.heading is not None:
            return self.heading, bodies
        lead = self.lead.text if self.lead else TracedText()
        if lead and (is_sentence(lead.text) or not self.has_text):
            return TracedText(), [lead, *bodies]
        return lead, bodies

    def spans(self) -> tuple[Span, ...]:
        """Source ranges of the unit's own paragraphs, the label's first, adjoining ones merged."""
        own = ([self.lead] if self.lead else []) + self.paragraphs
        merged: list[Span] = []
        for paragraph in own:
            if merged and merged[-1].end == paragraph.start:
                merged[-1] = Span(merged[-1].start, paragraph.end)
            else:
                merged.append(Span(paragraph.start, paragraph.end))
        return tuple(merged)

    def all_repairs(self) -> tuple[Repair, ...]:
        """Repairs of the unit's own paragraphs, in the order of the source."""
        own = ([self.lead] if self.lead else []) + self.paragraphs
        found = [*self.repairs, *(repair for paragraph in own for repair in paragraph.repairs)]
        return tuple(sorted(found, key=lambda repair: repair.span))


def is_sentence(text: str) -> bool:
    """Whether a unit's first paragraph is text rather than a heading."""
    return is_complete(text) or "は、" in text


def to_nodes(doc: str, drafts: Iterable[Draft], extract: Extract) -> tuple[Node, ...]:
    """Nodes in document order with their ids; a repeated id gets #2, #3.

    Units without any source range are left out, their children kept. A unit in which one table
    stands gets its cells.
    """
    ids = IdAllocator()
    nodes = [node for draft in drafts for node in _nodes(doc, draft, (), None, ids, extract)]
    return with_tables(sorted(nodes, key=lambda node: node.segments[0]), extract)


def _nodes(
    doc: str,
    draft: Draft,
    above: tuple[str, ...],
    parent: str | None,
    ids: IdAllocator,
    extract: Extract,
) -> Iterator[Node]:
    labels = (draft.label,)
    base = doc if draft.at_root or parent is None else parent
    own_id = ids.take(node_id(base, labels))
    label = own_id.rpartition("/")[2]
    path = (*above, label)
    segments = draft.spans()
    if segments:
        yield _node(doc, draft, own_id, path, parent, segments, extract)
    for child in draft.children:
        yield from _nodes(doc, child, path, own_id if segments else parent, ids, extract)


def _node(
    doc: str,
    draft: Draft,
    own_id: str,
    path: tuple[str, ...],
    parent: str | None,
    segments: tuple[Span, ...],
    extract: Extract,
) -> Node:
    heading, bodies = draft.heading_and_body()
    body = TracedText.join(bodies, "\n")
    text = TracedText.join([part for part in (heading, body) if part], "\n")
    return Node(
        id=own_id,
        doc=doc,
        path=path,
        parent=parent,
        kind=draft.kind,
        label=path[-1],
        heading=heading.text,
        body=body.text,
        segments=segments,
        source_map=text.source_map(),
        page=extract.page_at(segments[0].start),
        case=draft.case,
        field_name=draft.field_name,
        table=draft.table,
        repairs=draft.all_repairs(),
    )
