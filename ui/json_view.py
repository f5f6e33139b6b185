"""Typed objects as the JSON documents of the interface; the only place that knows its keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kb.documents import Case, Definition, Document, Node, NodeKind, Reference, TableData
from kb.ids import is_at_or_below
from kb.results import Answer, Hit, IngestReport, IngestRow, Table
from kb.store import KnowledgeBase

Json = dict[str, Any]


def ingest_report(report: IngestReport) -> Json:
    """The document that `kb ingest --json` prints."""
    return {
        "generation": report.generation,
        "documents": [_ingest_row(row) for row in report.rows],
        "seconds": round(report.seconds, 3),
    }


def _ingest_row(row: IngestRow) -> Json:
    return {
        "doc": row.doc,
        "path": row.path,
        "status": row.status.value,
        "reason": row.reason,
        "pages": row.pages,
        "nodes": row.nodes,
        "passages": row.passages,
        "seconds": round(row.seconds, 3),
        "warnings": list(row.warnings),
    }


def document(item: Document, nodes: int, passages: int) -> Json:
    """One row of `kb docs --json`."""
    year = item.fiscal_year
    return {
        "doc": item.id,
        "title": item.title,
        "kind": item.kind.value,
        "issuer": item.issuer,
        "fiscal_year": (
            {"era": year.era, "year": year.year, "western": year.western} if year else None
        ),
        "decided_on": item.decided_on,
        "prefecture": item.prefecture,
        "source": item.source,
        "licence": item.licence,
        "sha256": item.sha256,
        "path": item.path,
        "pages": item.pages,
        "nodes": nodes,
        "passages": passages,
        "warnings": list(item.warnings),
    }


def outline(doc: str, nodes: Sequence[Node]) -> Json:
    """The document that `kb outline --json` prints; a case ends where its last section does."""
    rows = [outline_row(node) for node in nodes]
    for node, row in zip(nodes, rows, strict=True):
        if node.kind is NodeKind.CASE:
            row["end"] = max(item.end for item in nodes if is_at_or_below(item.id, node.id))
    return {"doc": doc, "nodes": rows}


def outline_row(node: Node) -> Json:
    """A node without its words."""
    return {
        "id": node.id,
        "path": list(node.path),
        "label": node.label,
        "heading": node.heading,
        "kind": node.kind.value,
        "parent": node.parent,
        "page": node.page,
        "start": node.start,
        "end": node.end,
    }


def node_page(kb: KnowledgeBase, node: Node) -> Json:
    """The document that `kb show --json` prints."""
    item = kb.document(node.doc)
    before, after = kb.neighbours(node)
    return outline_row(node) | {
        "doc": node.doc,
        "title": item.title,
        "text": node.text,
        "raw": "".join(kb.text(node.doc)[span.start : span.end] for span in node.segments),
        "segments": [[span.start, span.end] for span in node.segments],
        "breadcrumbs": [
            {"id": above.id, "label": above.label, "heading": above.heading}
            for above in kb.ancestors(node)
        ],
        "children": [outline_row(child) for child in kb.children(node.id)],
        "case": case(node.case),
        "field": node.field_name,
        "table": table_data(node.table),
        "repairs": [
            {
                "kind": repair.kind,
                "start": repair.span.start,
                "end": repair.span.end,
                "before": repair.before,
                "after": repair.after,
            }
            for repair in node.repairs
        ],
        "references": [reference(item) for item in kb.references_of(node.id)],
        "referenced_by": [reference(item) for item in kb.referenced_by(node.id)],
        "definitions": [
            definition(item)
            for item in kb.definitions(node.doc)
            if item.span.start < node.end and _uses(node.text, item.term)
        ],
        "previous": before.id if before else None,
        "next": after.id if after else None,
    }


def _uses(text: str, term: str) -> bool:
    """Whether a term stands in a text, and not only as the end of a longer word.

    中小企業者 does not use 小企業者, 当該小企業者 does.
    """
    return (
        re.search(
            rf"(?<![\u4e00-\u9fff々]){re.escape(term)}|(?<=[該各同本当]){re.escape(term)}", text
        )
        is not None
    )


def case(item: Case | None) -> Json | None:
    """What identifies a case."""
    if item is None:
        return None
    return {
        "number": item.number,
        "title": item.title,
        "organisation": item.organisation,
        "prefecture": item.prefecture,
        "category": item.category,
    }


def table_data(item: TableData | None) -> Json | None:
    """Cells of a table node."""
    if item is None:
        return None
    return {
        "header": list(item.header),
        "rows": [list(row) for row in item.rows],
        "faults": list(item.faults),
    }


def reference(item: Reference) -> Json:
    """One row of `kb refs --json`."""
    law = item.law
    return {
        "from": item.source,
        "text": item.text,
        "start": item.span.start,
        "end": item.span.end,
        "kind": item.kind,
        "targets": list(item.targets),
        "law": (
            {
                "name": law.name,
                "number": law.number,
                "article": law.article,
                "paragraph": law.paragraph,
                "item": law.item,
            }
            if law
            else None
        ),
        "status": item.status,
    }


def definition(item: Definition) -> Json:
    """A defined term."""
    return {
        "term": item.term,
        "meaning": item.meaning,
        "node": item.node,
        "scope": item.scope,
        "start": item.span.start,
        "end": item.span.end,
    }


def hit(item: Hit) -> Json:
    """One hit of `kb search --json`."""
    return {
        "id": item.id,
        "doc": item.doc,
        "title": item.title,
        "path": list(item.path),
        "breadcrumbs": list(item.breadcrumbs),
        "case": case(item.case),
        "score": round(item.score, 6),
        "lexical": round(item.lexical, 6),
        "dense": round(item.dense, 6),
        "text": item.text,
        "page": item.page,
        "start": item.start,
        "end": item.end,
        "highlights": [[span.start, span.end] for span in item.highlights],
        "also": list(item.also),
    }


def answer(item: Answer) -> Json:
    """The document that `kb ask --json` prints."""
    return {
        "question": item.question,
        "understood_as": item.understood_as,
        "intent": item.intent,
        "answer": item.text,
        "abstained": item.abstained,
        "citations": [
            {
                "n": citation.n,
                "id": citation.id,
                "quote": citation.quote,
                "start": citation.start,
                "end": citation.end,
                "verified": citation.verified,
                "duty": citation.duty,
            }
            for citation in item.citations
        ],
        "table": table(item.table),
        "warnings": list(item.warnings),
        "writer": item.writer,
        "seconds": round(item.seconds, 4),
    }


def table(item: Table | None) -> Json | None:
    """A table of an answer; each cell with the number of its citation."""
    if item is None:
        return None
    return {
        "columns": list(item.columns),
        "rows": [
            [{"text": cell.text, "citation": cell.citation} for cell in row] for row in item.rows
        ],
    }
