"""Owners that a question names: what another town did does not answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.candidates import Candidate
from kb.documents import Document, DocumentKind
from retrieval.analysis import normalise
from retrieval.owners import GOVERNMENT
from retrieval.query import Query

_EXISTENCE = re.compile(
    r"書いて|書かれ|載って|のって|定めて|はず|っけ|よね|残して|まだ|にも|でも"
    r"|(?:ある|あった|ない|無い|あります|ありません)(?:の|ん|です|でしょう|か|よね|っけ)*[?？。]?$"
)
_YEAR = r"(?:(?:令和|平成|[rh])\s*\d+(?:年度?)?の?)?"
_PARTICLE = r"(?:に?[はも]|に|で[はも]|だと)?、?"
_ITS_POLICY = rf"(?:の?{_YEAR}(?:契約の?)?方針)?{_PARTICLE}"
_GOVERNMENTS = r"(?:(?:国|政府|国等)の?)?"
_BASIC_POLICY = (
    rf"(?:{_GOVERNMENTS}{_YEAR}{_GOVERNMENTS}基本方針|(?:国|政府)の方針){_YEAR}{_PARTICLE}"
)


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


def asks_existence(question: str) -> bool:
    """Whether a question may ask if a rule is there at all."""
    return bool(_EXISTENCE.search(question))


def less_the_policies(query: Query, documents: Sequence[Document]) -> str:
    """The question without the words that name these policies by title or by whose they are."""
    text = normalise(query.text)
    for document in documents:
        if document.kind is DocumentKind.KIHON:
            text = re.sub(_BASIC_POLICY, "", text, count=1)
        for mention in query.owners:
            if mention.name == document.issuer:
                named = rf"{_YEAR}{re.escape(mention.written)}{_ITS_POLICY}"
                text = re.sub(named, "", text, count=1)
    return text


def alone_named(query: Query, document: Document) -> bool:
    """Whether a question names one policy, by its title or by whose it is, and it is this one."""
    by_owner = _names_government(query)
    if len(query.documents) + by_owner != 1:
        return False
    return document.id in query.documents or (by_owner and document.kind is DocumentKind.KIHON)


def _names_government(query: Query) -> bool:
    return any(mention.name == GOVERNMENT and mention.weight >= 1 for mention in query.owners)
