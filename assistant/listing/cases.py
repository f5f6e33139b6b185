"""The cases that a question asks for together, each with the section that fits it best."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.comparison.case_matches import CaseMatches, CaseText, find_cases
from assistant.comparison.case_states import state_asked
from assistant.evidence import Evidence
from assistant.evidence.choice import operative_sentence
from kb.documents import Document, Node
from kb.results import Filters, Hit
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query
from retrieval.relevance import Relevance
from retrieval.search import ReadQuestion, Searcher

MOST = 12
_BEST = 3
"""Hits among which a case must stand where a question asks which places do it."""
_WHERE = re.compile(r"どこ(?:です|なの|でしょう)?か?[?？。]*$|どこの(?:市|県|町|自治体|団体)")
_PLACES = re.compile(
    r"(?:自治体|団体|市町村|[府県市町村]|ところ|とこ|所|事例|実例)(?:は|を|が|って)"
)
_GROUP = re.compile(r"区分\d+$")


def cases_asked(
    kb: KnowledgeBase,
    searcher: Searcher,
    read: ReadQuestion,
    hits: Sequence[Hit],
    filters: Filters,
) -> CaseMatches | None:
    """The cases wanted, the best fitting first; None when the question is not about several."""
    if not _several(read) or not _about_cases(read.query, hits):
        return None
    found = find_cases(kb, searcher, read, filters)
    groups = [
        label for mention in read.query.clauses for label in mention.labels if _GROUP.match(label)
    ]
    if groups or read.query.owners:
        return found
    return replace(found, matches=found.matches[:MOST])


def best_sections(
    found: CaseMatches,
    relevance: Relevance,
    hits: Sequence[Hit],
    documents: Mapping[str, Document],
) -> tuple[Evidence, ...]:
    """One section of every case found, in their order."""
    return tuple(_best_section(match.text, relevance, hits, documents) for match in found.matches)


def _about_cases(query: Query, hits: Sequence[Hit]) -> bool:
    """Whether the best hit is of a case; one of the best where the places that do it are wanted.

    Any will do for places that say something of themselves: only cases can.
    """
    best = 1
    if query.listing and _PLACES.search(query.text):
        best = len(hits) if state_asked(query.text) else _BEST
    return any(hit.case for hit in hits[:best])


def _several(read: ReadQuestion) -> bool:
    query = read.query
    return (
        query.listing
        or query.intent in (Intent.LIST, Intent.COMPARE)
        or bool(_WHERE.search(query.text))
        or len({mention.written for mention in query.owners if mention.weight >= 1}) > 1
    )


def _best_section(
    text: CaseText, relevance: Relevance, hits: Sequence[Hit], documents: Mapping[str, Document]
) -> Evidence:
    """The section of the case that the search puts first, else the one that fits best."""
    own = {section.id: section for section in text.sections}
    ranked = [own[hit.id] for hit in hits if hit.id in own]
    node = ranked[0] if ranked else _fitting(text, relevance)
    return Evidence(node, documents[node.doc], text.case, operative_sentence(relevance, node))


def _fitting(text: CaseText, relevance: Relevance) -> Node:
    sections = [section for section in text.sections if section.body]
    return max(sections, key=lambda node: relevance.coverage(node.text), default=text.node)
