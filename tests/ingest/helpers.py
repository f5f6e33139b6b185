"""Short ways to a parsed text."""

from __future__ import annotations

from pathlib import Path

from ingest.manifest import ManifestEntry
from ingest.page import Extract
from ingest.parse import parse_extract
from kb.documents import DocumentKind, Node, NodeKind, ParsedDocument

CLAUSES = (NodeKind.CLAUSE, NodeKind.NOTE, NodeKind.ANNEX)


def parse(text: str, kind: DocumentKind | None = None, doc: str = "d") -> ParsedDocument:
    """Parse a text as if it stood in the file d.txt."""
    entry = ManifestEntry(file="d.txt", kind=kind)
    return parse_extract(Extract.of_text(text), Path("d.txt"), doc, entry, "0" * 64)


def policy(text: str) -> ParsedDocument:
    """Parse a text as an agency's policy."""
    return parse(text, DocumentKind.KIKAN)


def clause_ids(parsed: ParsedDocument) -> list[str]:
    """Ids of clauses, notes and annexes without the document."""
    return [node.id.removeprefix(f"{node.doc}/") for node in parsed.nodes if node.kind in CLAUSES]


def node(parsed: ParsedDocument, path: str) -> Node:
    """The node of that id, the document left out."""
    return next(node for node in parsed.nodes if node.id == f"{node.doc}/{path}")
