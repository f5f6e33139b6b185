"""Answers to questions that name clauses, articles or cases by number."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from assistant.evidence.references import named_by
from assistant.listing import aspect_of_numbered
from assistant.named import absent_others, filled_in, named_nodes, nearest_above, unborne
from assistant.writing import clauses, no_such_clause, not_held
from kb.addresses import clause_number, is_relative
from kb.documents import Document, Node
from kb.results import Answer, Hit
from kb.store import KnowledgeBase
from retrieval.query import Absence, Intent, Query


def addressed(
    kb: KnowledgeBase, query: Query, documents: Sequence[Document], hits: Sequence[Hit]
) -> Answer | None:
    """The places in `documents` that carry the numbers, or the nearest numbers that exist.

    A number that leaves out one between (第2(5)③) is read as the one place that it fits. None where
    nothing is asked for by its number; one inside a quotation is not.
    """
    if query.intent is not Intent.ADDRESS:
        return None
    if all(is_relative(query.text, mention) for mention in query.clauses):
        return None
    others = absent_others(query)
    if others:
        return _not_held(kb, query, others, documents, hits)
    missing = unborne(kb, query, documents, hits)
    aspect = None if missing else aspect_of_numbered(kb, query, documents, hits)
    if aspect:
        return aspect
    fitting = {
        mention.written(query.text): filled_in(kb, mention, documents) for mention in missing
    }
    read_as = {number: nodes[0] for number, nodes in fitting.items() if len(nodes) == 1}
    found = named_nodes(kb, query, documents, hits)
    known = {node.id for node in found}
    found += [node for node in read_as.values() if node.id not in known]
    if not found:
        several = [node for nodes in fitting.values() for node in nodes]
        nearest = several or nearest_above(kb, query, documents)
        return no_such_clause(kb, query, nearest, left_out=bool(several))
    absent = [number for number in fitting if number not in read_as]
    answer = clauses(kb, query, found, named_by(kb, found, query), absent)
    notes = [_read_as(number, node) for number, node in read_as.items()]
    return dataclasses.replace(answer, warnings=(*notes, *answer.warnings))


def _not_held(
    kb: KnowledgeBase,
    query: Query,
    absent: Sequence[Absence],
    documents: Sequence[Document],
    hits: Sequence[Hit],
) -> Answer:
    """What is missing, and the same numbers in the year or documents that are there."""
    alike = [item for item in documents if item.id in query.other_years] or documents
    nearest = named_nodes(kb, query, alike, hits) or nearest_above(kb, query, alike)
    return not_held(kb, query, absent, nearest)


def _read_as(number: str, node: Node) -> str:
    return (
        f"「{number}」という番号の箇所はありません。番号の一部が略されているか、書き方が違うものとして、"
        f"当てはまるただ1か所の「{clause_number(node)}」を示しています。"
    )
