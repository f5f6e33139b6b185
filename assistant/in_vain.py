"""Policies that a question names and that have nothing like what it asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.considered import Considered
from assistant.evidence import POOL, Evidence, pool
from assistant.evidence.lacking import nothing_like, nothing_of
from assistant.evidence.owners import asks_existence, less_the_policies
from kb.addresses import document_name
from kb.documents import POLICIES, Document
from kb.results import Filters
from kb.store import KnowledgeBase
from retrieval.analysis import words
from retrieval.search import Searcher


@dataclass(frozen=True, slots=True)
class InVain:
    """`documents` have nothing like it; `elsewhere` is the question asked of the documents besides."""

    documents: tuple[Document, ...]
    elsewhere: Considered

    def warnings(self, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """What to tell the user of an answer that rests on `evidence`."""
        cited = {item.document.id for item in evidence}
        return tuple(
            f"「{document_name(item)}」にはお尋ねの内容に当たる記載が見つからないため、"
            "ほかの資料の記載を示しています。"
            for item in self.documents
            if item.id not in cited
        )


def named_in_vain(
    kb: KnowledgeBase,
    searcher: Searcher,
    considered: Considered,
    filters: Filters,
    ignored: Collection[str],
) -> InVain | None:
    """The policies named that lack what another policy says; None where each has something.

    Where the question may ask whether one has a rule at all, or the evidence is of others only, that
    one must say much of what the other does; else any of it will do.
    """
    query, documents = considered.query, considered.documents
    named = [documents[doc] for doc in query.documents if documents[doc].kind in POLICIES]
    matter = less_the_policies(query, named)
    if not named or not any(words(matter)):
        return None
    ids = {document.id for document in named}
    of_all = searcher.read(matter, {*ignored, *ids})
    found = searcher.search_for(of_all, POOL, filters)
    if not found or (len(named) == 1 and found[0].doc in ids):
        return None
    hits = (*considered.hits, *found)
    best = pool(kb, documents, of_all.query, found)
    cited = {item.document.id for item in considered.evidence}
    lacking = []
    for document in named:
        other = next((item for item in best if item.document is not document), None)
        own = pool(kb, documents, query, [hit for hit in hits if hit.doc == document.id])
        loose = document.id not in cited or (len(named) == 1 and asks_existence(query.text))
        test = nothing_like if loose else nothing_of
        if other and test(of_all.query, of_all.relevance, own, other):
            lacking.append(document)
    others = [hit for hit in found if hit.doc not in ids]
    return InVain(tuple(lacking), Considered(kb, documents, of_all, others)) if lacking else None
