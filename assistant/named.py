"""Clauses and cases that a question names by number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assistant.evidence.references import is_chapter, within_chapter
from kb.addresses import ClauseMention, is_relative
from kb.documents import Document, DocumentKind, Node, NodeKind
from kb.errors import UnknownNodeError
from kb.ids import node_id
from kb.results import Filters, Hit
from kb.store import KnowledgeBase
from retrieval.query import Absence, Query

_CASE = re.compile(r"事例\d+$")
_GROUP = re.compile(r"区分\d+$")


def named_nodes(
    kb: KnowledgeBase, query: Query, documents: Sequence[Document], hits: Iterable[Hit]
) -> list[Node]:
    """The nodes of `documents` that carry the numbers named, in order of mention.

    A number without its chapter (14(1)) or the numbers between (第3⑥) is looked for among `hits`.
    「上記2」 is what a clause named beside it refers to.
    """
    found: dict[str, Node] = {}
    for mention in query.clauses:
        if not is_relative(query.text, mention):
            found |= {node.id: node for node in _bearing(kb, mention, documents, hits)}
    for mention in query.clauses:
        if is_relative(query.text, mention):
            for target in _referred_to(kb, list(found), mention):
                found.setdefault(target, kb.node(target))
    return list(found.values())


def unborne(
    kb: KnowledgeBase, query: Query, documents: Sequence[Document], hits: Sequence[Hit]
) -> list[ClauseMention]:
    """The numbers asked for that no node of `documents` carries; a group is carried by its cases."""
    groups = {label for case in cases_of_groups(kb, query, documents) for label in case.path}
    return [
        mention
        for mention in query.clauses
        if not is_relative(query.text, mention)
        and groups.isdisjoint(mention.labels)
        and not _bearing(kb, mention, documents, hits)
    ]


def nearest_above(kb: KnowledgeBase, query: Query, documents: Sequence[Document]) -> list[Node]:
    """Of each number that does not exist the clause above it that does."""
    found = [
        next(
            (
                node
                for length in range(len(mention.labels) - 1, 0, -1)
                if (node := _node(kb, node_id(document.id, mention.labels[:length])))
            ),
            None,
        )
        for mention in query.clauses
        for document in _of(mention, documents)
    ]
    return list({node.id: node for node in found if node}.values())


def filled_in(
    kb: KnowledgeBase, mention: ClauseMention, documents: Sequence[Document]
) -> list[Node]:
    """The nodes that a number means which leaves out one between or the brackets.

    That is 第2-3(5)③ for 第2(5)③, and without such a one 第2-14(2) for 第2-14-2.
    """
    labels = mention.labels
    longer = [
        node
        for document in _of(mention, documents)
        for at in range(1, len(labels))
        for child in kb.children(node_id(document.id, labels[:at]))
        if (node := _node(kb, "/".join((child.id, *labels[at:]))))
    ]
    return longer or [
        node for document in _of(mention, documents) if (node := _loosely(kb, document.id, labels))
    ]


def documents_meant(kb: KnowledgeBase, query: Query, filters: Filters) -> list[Document]:
    """The documents a bare clause number may mean: those named, else all that pass."""
    passing = [
        document
        for document in kb.documents()
        if filters.doc in (None, document.id)
        and filters.kind in (None, document.kind)
        and filters.year in (None, document.fiscal_year)
    ]
    return [item for item in passing if item.id in query.documents] or passing


def absent_of(query: Query) -> tuple[Absence, ...]:
    """What a question names in vain; 「上記4(2)」 is a quotation, not an address."""
    above = {
        mention.written(query.text) for mention in query.clauses if is_relative(query.text, mention)
    }
    return tuple(absence for absence in query.absent if absence.written not in above)


def absent_others(query: Query) -> list[Absence]:
    """Of what an address names in vain all but its numbers: a year, a body, a law."""
    numbers = {mention.written(query.text) for mention in query.clauses}
    return [
        absence
        for absence in absent_of(query)
        if not absence.mentioned and absence.written not in numbers
    ]


def groups_named(query: Query) -> list[str]:
    """The groups of cases that a question names: 区分6."""
    labels = (label for mention in query.clauses for label in mention.labels)
    return list(dict.fromkeys(filter(_GROUP.match, labels)))


def names_cases(query: Query) -> bool:
    """Whether a question names a case by its number."""
    return any(_CASE.match(mention.labels[0]) for mention in query.clauses)


def cases_of_groups(kb: KnowledgeBase, query: Query, documents: Sequence[Document]) -> list[Node]:
    """The cases of the groups (区分6) that a question names, in the document's order."""
    groups = set(groups_named(query))
    if not groups:
        return []
    return [
        node
        for document in documents
        if document.kind is DocumentKind.JIREI
        for node in kb.nodes(document.id)
        if node.kind is NodeKind.CASE and not groups.isdisjoint(node.path)
    ]


def _bearing(
    kb: KnowledgeBase, mention: ClauseMention, documents: Sequence[Document], hits: Iterable[Hit]
) -> list[Node]:
    documents = _of(mention, documents)
    exact = [_node(kb, node_id(document.id, mention.labels)) for document in documents]
    found = [node for node in exact if node]
    if found:
        return found
    allowed = {document.id for document in documents}
    return [
        kb.node(hit.id)
        for hit in hits
        if hit.doc in allowed and _may_mean(mention.labels, tuple(hit.id.split("/")[1:]))
    ]


def _of(mention: ClauseMention, documents: Sequence[Document]) -> Sequence[Document]:
    """The documents named for that number alone, where they are among `documents`."""
    return [item for item in documents if item.id in mention.documents] or documents


def _loosely(kb: KnowledgeBase, doc: str, labels: Sequence[str]) -> Node | None:
    """The node with these labels, whatever brackets they have."""
    node = _node(kb, node_id(doc, labels[:1]))
    for label in labels[1:]:
        below = kb.children(node.id) if node else ()
        node = next((item for item in below if _plain(item.label) == _plain(label)), None)
    return node


def _plain(label: str) -> str:
    return unicodedata.normalize("NFKC", label).strip("()")


def _may_mean(written: tuple[str, ...], labels: tuple[str, ...]) -> bool:
    """Whether an address leaves out the chapter (14(1)) or what lies between its ends (第3⑥)."""
    return written in (labels[1:], (labels[0], labels[-1]))


def _referred_to(kb: KnowledgeBase, nodes: Sequence[str], mention: ClauseMention) -> Iterator[str]:
    for node in nodes:
        for reference in kb.references_of(node):
            for target in reference.targets:
                if tuple(target.split("/"))[-len(mention.labels) :] != mention.labels:
                    continue
                if is_chapter(target):
                    yield from within_chapter(kb, kb.node(node), reference, target)
                else:
                    yield target


def _node(kb: KnowledgeBase, node: str) -> Node | None:
    try:
        return kb.node(node)
    except UnknownNodeError:
        return None
