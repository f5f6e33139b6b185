"""Answers to a clause number: the clause itself."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.writing.absent import absent_numbers_told
from assistant.writing.excerpt import whole
from assistant.writing.notes import Notes, quoted
from kb.addresses import address, clause_number
from kb.documents import Node
from kb.results import Answer
from kb.store import KnowledgeBase
from retrieval.query import Query

_SEVERAL_DOCUMENTS = "同じ番号の条項が複数の資料にあります。資料名を確かめてください。"
_MOST = 12
"""Places that an answer shows with all their words."""


def clauses(
    kb: KnowledgeBase,
    query: Query,
    nodes: Sequence[Node],
    references: Sequence[Node] = (),
    absent: Sequence[str] = (),
) -> Answer:
    """The clauses, of one that is only a heading what stands below it, and what they refer to.

    Of very many the first are shown. `absent` are numbers named beside them that do not exist.
    """
    notes = Notes(kb)
    lines: list[str] = []
    for node in nodes[:_MOST]:
        place = address(kb.document(node.doc), node)
        lines.append(f"{place}：{_quoted(notes, node)}")
        for child in kb.children(node.id):
            lines.append(f"　{clause_number(child)}：{_quoted(notes, child)}")
    if references:
        lines.append("参照している箇所：")
    for node in references:
        place = address(kb.document(node.doc), node)
        lines.append(f"・{place}：{_quoted(notes, node)}")
    warnings = [absent_numbers_told(absent)] if absent else []
    if left := nodes[_MOST:]:
        first = address(kb.document(left[0].doc), left[0])
        warnings.append(
            f"お尋ねの{len(nodes)}か所のうち、はじめの{_MOST}か所を示しています。"
            f"「{first}」からあとは、番号を絞って尋ねてください。"
        )
    if len({node.id.partition("/")[2] for node in nodes}) < len(nodes):
        warnings.append(_SEVERAL_DOCUMENTS)
    return Answer(
        question=query.asked,
        intent=query.intent.value,
        text="\n".join(lines),
        abstained=False,
        citations=tuple(notes.citations),
        warnings=tuple(warnings),
    )


def _quoted(notes: Notes, node: Node) -> str:
    """All of a node's words; "" for an article that has only paragraphs."""
    ranges = whole(node)
    return quoted(notes.take(node, ranges)) if ranges else ""
