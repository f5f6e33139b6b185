"""How many of the hits are of which kind, year, issuer, prefecture and category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.documents import Document
from kb.results import Hit
from ui.web.render.markup import KIND_NAMES

_MOST = 12


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to filter by: `value` as filters take it, `label` as users read it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter by name and the values that occur among the hits, the commonest first."""

    name: str
    values: tuple[FacetValue, ...]


def count(hits: Sequence[Hit], documents: Mapping[str, Document]) -> tuple[Facet, ...]:
    """The facets that have values; a hit counts once a value."""
    counters: dict[str, Counter[tuple[str, str]]] = {}
    for hit in hits:
        for name, value, label in set(_of(hit, documents[hit.doc])):
            counters.setdefault(name, Counter())[value, label] += 1
    return tuple(
        Facet(
            name,
            tuple(
                FacetValue(value, label, number)
                for (value, label), number in sorted(
                    counters[name].items(), key=lambda item: (-item[1], item[0])
                )[:_MOST]
            ),
        )
        for name in ("kind", "year", "issuer", "prefecture", "category")
        if name in counters
    )


def _of(hit: Hit, document: Document) -> Iterator[tuple[str, str, str]]:
    yield "kind", document.kind.value, KIND_NAMES[document.kind]
    if document.fiscal_year:
        yield "year", document.fiscal_year.short, str(document.fiscal_year)
    issuer = hit.case.organisation if hit.case else document.issuer
    if issuer:
        yield "issuer", issuer, issuer
    for prefecture in {document.prefecture, hit.case.prefecture if hit.case else None}:
        if prefecture:
            yield "prefecture", prefecture, prefecture
    if hit.case and hit.case.category:
        yield "category", hit.case.category, hit.case.category
