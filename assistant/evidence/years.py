"""Fiscal years that a question names: evidence of another year does not answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence.candidates import Candidate
from kb.fiscal_year import FiscalYear, years_named
from retrieval.query import Absence

_FISCAL = re.compile(
    r"(?:(?:令和|平成|昭和)\s*(?:元|\d{1,2})|(?:19|20)\d{2})\s*年度|(?<![A-Za-zＡ-Ｚ])[RHＲＨ]\s*\d{1,2}(?!\d|[.．-])"
)


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


def of_years(
    candidates: Sequence[Candidate],
    years: Sequence[FiscalYear],
    absent: Sequence[Absence] = (),
) -> tuple[Candidate, ...]:
    """The candidates of one of `years`; all for no year.

    A document's year counts, and a year that the words name; the latter alone where a document of
    that year is named in vain (`absent`).
    """
    if not years:
        return tuple(candidates)
    missing = {year for absence in absent for year in fiscal_years(absence.written)}
    return tuple(
        candidate
        for candidate in candidates
        if candidate.document.fiscal_year in set(years) - missing
        or not set(years).isdisjoint(years_named(candidate.context))
    )
