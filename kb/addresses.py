"""Addresses as officers write them: 「令和5年度基本方針 第2-2(3)③」."""

from __future__ import annotations

import re

from kb.documents import Document, DocumentKind, Node, NodeKind

_KIND_NAME = {
    DocumentKind.KIHON: "基本方針",
    DocumentKind.JIREI: "事例集",
}
_ITEM = re.compile(r"\d+")


def document_name(document: Document) -> str:
    """A short name with the year: 令和5年度基本方針, 令和8年度 日本私立学校…事業団 契約の方針."""
    year = str(document.fiscal_year) if document.fiscal_year else ""
    if document.kind in _KIND_NAME:
        return f"{year}{_KIND_NAME[document.kind]}"
    if document.kind is DocumentKind.KIKAN:
        return f"{year} {document.issuer} 契約の方針".strip()
    return document.title


def clause_number(node: Node) -> str:
    """第2-2(3)③ for a clause; the labels joined for anything else."""
    _, *labels = node.id.split("/")
    if node.kind is NodeKind.CLAUSE and len(labels) > 1 and _ITEM.fullmatch(labels[1]):
        return f"{labels[0]}-{''.join(labels[1:])}"
    if node.kind in (NodeKind.CLAUSE, NodeKind.NOTE):
        return "".join(labels)
    return " ".join(labels)


def address(document: Document, node: Node) -> str:
    """The full address of a node."""
    return f"{document_name(document)} {clause_number(node)}".strip()
