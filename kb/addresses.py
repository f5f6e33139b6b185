"""Addresses as officers write them: 「令和5年度基本方針 第2-2(3)③」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.documents import Document, DocumentKind, Node, NodeKind
from kb.spans import Span

_KIND_NAME = {
    DocumentKind.KIHON: "基本方針",
    DocumentKind.JIREI: "事例集",
}
_ITEM = re.compile(r"\d+")
# One character for one, so that offsets hold; NFKC would turn ① into 1.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９（）－‐–—−ー　", "0123456789()------ ")
_KANJI_NUMBERS = {number: value for value, number in enumerate("一二三四五六七八九十", start=1)}
_NUMBER = r"(\d{1,3}|[一二三四五六七八九十])"
_PART = re.compile(r"\( ?(?:\d{1,2}|[ア-ン]) ?\)|[①-⑳]|\d{1,2}|(?<![ァ-ヴー])[ア-ン](?![ァ-ヴー])")
_JOINT = r"(?: ?[の\-.・、/]? ?)"
_CLAUSE = re.compile(
    rf"第 ?{_NUMBER}(?![\d条項号章編節回次期四版種者])((?:{_JOINT}(?:{_PART.pattern})(?![条項号章編節割%円年月]))*)"
)
_CASE = re.compile(rf"事例 ?(?:第|No\.?|番号)? ?{_NUMBER}(?![\d件集])")


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


@dataclass(frozen=True, slots=True)
class ClauseMention:
    """A clause or case number in a text: its id labels and where it stands."""

    labels: tuple[str, ...]
    span: Span


def clause_mentions(text: str) -> tuple[ClauseMention, ...]:
    """Clause and case numbers as people write them: 第2の2(3)③, 第２－１４（２）, 事例15.

    Articles of laws (第5条) are not clause numbers.
    """
    plain = text.translate(_HALF_WIDTH)
    found = [
        ClauseMention((f"第{_number(match[1])}", *_labels(match[2])), Span(*match.span()))
        for match in _CLAUSE.finditer(plain)
    ]
    found += [
        ClauseMention((f"事例{_number(match[1])}",), Span(*match.span()))
        for match in _CASE.finditer(plain)
    ]
    return tuple(sorted(found, key=lambda mention: mention.span))


def _labels(rest: str) -> tuple[str, ...]:
    return tuple(match[0].replace(" ", "") for match in _PART.finditer(rest))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _KANJI_NUMBERS[text]
