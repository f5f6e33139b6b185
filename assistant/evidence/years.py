"""Fiscal years that a question names: evidence of another year does not answer it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.evidence.candidates import Candidate
from kb.documents import Document, DocumentKind
from kb.fiscal_year import FiscalYear, years_named
from retrieval.owners import GOVERNMENT
from retrieval.query import Query

_FISCAL = re.compile(
    r"(?:(?:令和|平成|昭和)\s*(?:元|\d{1,2})|(?:19|20)\d{2})\s*年度|(?<![A-Za-zＡ-Ｚ])[RHＲＨ]\s*\d{1,2}(?!\d|[.．-])"
)
_BASIC_POLICY = "基本方針"
_ERA = re.compile(r"(明治|大正|昭和|平成|令和)(?!\s*(?:元|[\d０-９一二三四五六七八九十]))")


def eras(question: str) -> frozenset[str]:
    """The eras that a question names without a year: 令和の予算."""
    return frozenset(match[1] for match in _ERA.finditer(question))


def of_eras(candidates: Sequence[Candidate], named: frozenset[str]) -> tuple[Candidate, ...]:
    """The candidates whose document is of an era named or whose words name one; all for none."""
    if not named:
        return tuple(candidates)
    return tuple(
        candidate
        for candidate in candidates
        if (year := candidate.document.fiscal_year) is None
        or year.era in named
        or any(era in candidate.context for era in named)
    )


def fiscal_years(question: str) -> tuple[FiscalYear, ...]:
    """The fiscal years that a question asks about, dates (令和2年7月) left out."""
    named = (year for match in _FISCAL.finditer(question) for year in years_named(match[0]))
    return tuple(dict.fromkeys(named))


def asked_years(query: Query, documents: Sequence[Document]) -> tuple[FiscalYear, ...]:
    """The fiscal years that narrow: one that only tells which policy is named (R5の基本方針) does not."""
    return tuple(
        year
        for year in fiscal_years(query.text)
        if year not in {document.fiscal_year for document in _named(query, documents)}
    )


def missing_years(query: Query, documents: Sequence[Document]) -> frozenset[FiscalYear]:
    """The years of which the question names a document, or an owner's policy, in vain."""
    named = {year for absence in query.absent for year in fiscal_years(absence.written)}
    theirs = {document.fiscal_year for document in _named(query, documents)}
    return frozenset(named | (set(fiscal_years(query.text)) - theirs if theirs else set()))


def _named(query: Query, documents: Sequence[Document]) -> list[Document]:
    owners = {mention.name for mention in query.owners}
    return [
        document
        for document in documents
        if document.id in query.documents
        or document.issuer in owners
        or (document.kind is DocumentKind.KIHON and GOVERNMENT in owners)
    ]


def of_years(
    candidates: Sequence[Candidate],
    years: Sequence[FiscalYear],
    missing: Collection[FiscalYear] = (),
) -> tuple[Candidate, ...]:
    """The candidates of one of `years`; all for no year.

    A document's year counts, and a year that the words name. Where it is `missing` the words alone
    do, of another policy of that year only where it speaks of the basic policy.
    """
    if not years:
        return tuple(candidates)
    return tuple(
        candidate
        for candidate in candidates
        if candidate.document.fiscal_year in set(years) - set(missing)
        or (
            not set(years).isdisjoint(years_named(candidate.context))
            and (candidate.document.fiscal_year not in missing or _speaks_of_policy(candidate))
        )
    )


def _speaks_of_policy(candidate: Candidate) -> bool:
    return not candidate.in_policy or _BASIC_POLICY in candidate.context
