"""The items of a clause or the cases of a group, as an outline: 第2の項目一覧, 区分6の事例."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.named import cases_of_groups
from assistant.sentences import split_sentences
from assistant.writing.excerpt import Range
from assistant.writing.notes import Notes
from kb.addresses import address
from kb.documents import Document, Node
from kb.errors import UnknownNodeError
from kb.ids import node_id
from kb.results import Answer, Table, TableCell
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query

_ITEMS = re.compile(r"項目|見出し|目次|構成|一覧|全部|列挙|リスト|いくつ")
_COLUMNS = ("箇所", "見出し")


def items_asked(kb: KnowledgeBase, query: Query, documents: Sequence[Document]) -> Answer | None:
    """What stands right below the clauses named; None when the question does not list items."""
    if not query.clauses or not (query.listing or query.intent is Intent.LIST):
        return None
    cases = cases_of_groups(kb, query, documents)
    if cases:
        return _outline(kb, query, cases)
    if not _ITEMS.search(query.text):
        return None
    below = [
        child
        for mention in query.clauses
        for document in documents
        for child in _children(kb, node_id(document.id, mention.labels))
    ]
    return _outline(kb, query, below) if below else None


def _children(kb: KnowledgeBase, node: str) -> tuple[Node, ...]:
    try:
        kb.node(node)
    except UnknownNodeError:
        return ()
    return kb.children(node)


def _outline(kb: KnowledgeBase, query: Query, nodes: Sequence[Node]) -> Answer:
    notes = Notes(kb)
    rows: list[tuple[TableCell, ...]] = []
    lines: list[str] = []
    for node in nodes:
        (citation,) = notes.take(node, [_title(node)])
        place = address(kb.document(node.doc), node)
        whose = f"（{node.case.organisation}）" if node.case else ""
        lines.append(f"・{place}{whose}：「{citation.quote}」[{citation.n}]")
        rows.append((TableCell(place), TableCell(citation.quote, citation.n)))
    return Answer(
        question=query.asked,
        intent=query.intent.value,
        text="\n".join(lines),
        abstained=False,
        citations=tuple(notes.citations),
        table=Table(_COLUMNS, tuple(rows)),
    )


def _title(node: Node) -> Range:
    """The heading, of a clause without one its first sentence."""
    if node.heading:
        return 0, len(node.heading)
    first = split_sentences(node.text)[0]
    return first.start, first.end
