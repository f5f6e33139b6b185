"""The items of a clause or the cases of a group, as an outline: 第2の項目一覧, 区分6の事例."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.named import cases_of_groups, groups_named, names_cases
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
_HOW_MANY = re.compile(r"何(?:件|事例|団体|個|つ)|いくつ|件数|(?:事例|団体)(?:の)?数")
_COLUMNS = ("箇所", "見出し")


def items_asked(kb: KnowledgeBase, query: Query, documents: Sequence[Document]) -> Answer | None:
    """What stands right below the clauses named; None when the question does not list items.

    A group (区分6) that is named without one of its cases always means all of them.
    """
    if not query.clauses:
        return None
    wanted = query.listing or query.intent is Intent.LIST
    if wanted or (query.intent is Intent.ADDRESS and not names_cases(query)):
        cases = cases_of_groups(kb, query, documents)
        if cases:
            counted = bool(_HOW_MANY.search(query.text))
            return _outline(kb, query, cases, groups_named(query) if counted else ())
    if not wanted or not _ITEMS.search(query.text):
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


def _outline(
    kb: KnowledgeBase, query: Query, nodes: Sequence[Node], counted: Sequence[str] = ()
) -> Answer:
    """A line and a row for every node; of groups that are to be `counted` each with its count."""
    notes = Notes(kb)
    rows: list[tuple[TableCell, ...]] = []
    lines: list[str] = []
    left = {group: sum(group in node.path for node in nodes) for group in counted}
    for node in nodes:
        for group in left.keys() & node.path:
            lines.append(f"{group}の事例は次の{left.pop(group)}件です：")
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
