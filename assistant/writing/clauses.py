"""Answers to a clause number: the clause itself."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.writing.excerpt import whole
from assistant.writing.notes import Notes, quoted
from kb.addresses import address, clause_number
from kb.documents import Node
from kb.results import Answer
from kb.store import KnowledgeBase
from retrieval.query import Query

_SEVERAL_DOCUMENTS = "同じ番号の条項が複数の資料にあります。資料名を確かめてください。"


def clauses(
    kb: KnowledgeBase, query: Query, nodes: Sequence[Node], references: Sequence[Node] = ()
) -> Answer:
    """The clauses, of one that is only a heading what stands below it, and what they refer to."""
    notes = Notes(kb)
    lines: list[str] = []
    for node in nodes:
        place = address(kb.document(node.doc), node)
        lines.append(f"{place}：{_quoted(notes, node)}")
        for child in kb.children(node.id):
            lines.append(f"　{clause_number(child)}：{_quoted(notes, child)}")
    if references:
        lines.append("参照している箇所：")
    for node in references:
        place = address(kb.document(node.doc), node)
        lines.append(f"・{place}：{_quoted(notes, node)}")
    several = len({node.id.partition("/")[2] for node in nodes}) < len(nodes)
    return Answer(
        question=query.asked,
        intent=query.intent.value,
        text="\n".join(lines),
        abstained=False,
        citations=tuple(notes.citations),
        warnings=(_SEVERAL_DOCUMENTS,) if several else (),
    )


def _quoted(notes: Notes, node: Node) -> str:
    """All of a node's words; "" for an article that has only paragraphs."""
    ranges = whole(node)
    return quoted(notes.take(node, ranges)) if ranges else ""
