"""Owners that a question names: what another town did does not answer it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.candidates import Candidate
from kb.documents import Document, DocumentKind
from retrieval.owners import GOVERNMENT
from retrieval.query import Query


def of_owners(
    query: Query, candidates: Sequence[Candidate], documents: Sequence[Document]
) -> tuple[Candidate, ...]:
    """The candidates that are of an owner named or name it; all where the question names none.

    The government or an agency with a policy of its own narrows nothing: the question may ask
    whether it has a rule that others have. Where only a prefecture is named, any place in it will
    do, and where there is none nothing is left.
    """
    issuers = {GOVERNMENT, *(document.issuer for document in documents)}
    named = {mention.name for mention in query.owners}
    if not named or named & issuers:
        return tuple(candidates)
    written = {mention.written for mention in query.owners}
    theirs = tuple(candidate for candidate in candidates if _is_of(candidate, named, written))
    meant = any(mention.weight >= 1 for mention in query.owners)
    return theirs if meant or not theirs else tuple(candidates)


def _is_of(candidate: Candidate, names: set[str], written: set[str]) -> bool:
    case = candidate.hit.case
    own = {case.organisation, case.prefecture} if case else {candidate.node.label}
    return bool(own & names) or any(name in candidate.node.text for name in names | written)


def names_one(query: Query) -> bool:
    """Whether a question names one policy, by its title or by whose it is."""
    return len(query.documents) + _names_government(query) == 1


def is_named(query: Query, candidate: Candidate) -> bool:
    """Whether a candidate stands in a document that the question names."""
    if candidate.node.doc in query.documents:
        return True
    return candidate.document.kind is DocumentKind.KIHON and _names_government(query)


def _names_government(query: Query) -> bool:
    return any(mention.name == GOVERNMENT and mention.weight >= 1 for mention in query.owners)
