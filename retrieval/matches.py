"""Where in a text a query's terms stand, for highlighting; quick, since it runs on every hit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from kb.spans import Span
from retrieval.analysis import normalise
from retrieval.numerals import numerals

_CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
# A word with its particle (社を) is a term too, but no match that a reader would see.
_SHOWN = re.compile(r"[\u4e00-\u9fff々〆ヶ]{2,}|[ァ-ヴー]{2,}|[a-z][a-z0-9]+|[ぁ-ゖ]{3,}|\w{3,}")
_INFLECTED = re.compile(r"[\u4e00-\u9fff々〆ヶ]+[ぁ-ゖ]+")


def matches(text: str, terms: Iterable[str]) -> tuple[Span, ...]:
    """Ranges of `text` that say one of the analyser's `terms`, merged and in order."""
    wanted = frozenset(terms)
    normal, offsets = _normalise_with_offsets(text)
    numbers, spelling = _looked_for(wanted)
    found = [(n.start, n.end) for n in numerals(normal) if n.term in wanted] if numbers else []
    if spelling:
        found += [m.span(1) for m in spelling.finditer(normal)]
    return _merged(sorted(found), offsets)


@lru_cache(maxsize=64)
def _looked_for(terms: frozenset[str]) -> tuple[bool, re.Pattern[str] | None]:
    """Whether there are numbers among the terms, and what finds the words of them."""
    spellings = sorted({_stem(term) for term in terms if _SHOWN.fullmatch(term)}, key=len)
    pattern = "|".join(map(re.escape, reversed(spellings)))
    return (
        any(term[:1].isdigit() for term in terms),
        # A look-ahead finds overlapping matches too: 受注機 and 機会 in 受注機会.
        re.compile(f"(?=({pattern}))") if spellings else None,
    )


def _stem(term: str) -> str:
    """What the forms of an inflected word have in common: 努める → 努め."""
    return term[:-1] if _INFLECTED.fullmatch(term) else term


@lru_cache(maxsize=4_096)
def _normalise_with_offsets(text: str) -> tuple[str, list[int] | range]:
    """`normalise(text)` and, for each of its characters and its end, the offset in `text`."""
    normal = normalise(text)
    if len(normal) == len(text) and all(map(_stays_one, set(text))):
        return normal, range(len(text) + 1)
    parts: list[str] = []
    offsets: list[int] = []
    for match in _CLUSTER.finditer(text):
        part = normalise(match[0])
        parts.append(part)
        offsets.extend([match.start()] * len(part))
    offsets.append(len(text))
    return "".join(parts), offsets


@cache
def _stays_one(character: str) -> bool:
    return len(normalise(character)) == 1


def _merged(ranges: list[tuple[int, int]], offsets: list[int] | range) -> tuple[Span, ...]:
    merged: list[tuple[int, int]] = []
    for first, last in ranges:
        start, end = offsets[first], _end(offsets, last)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(Span(start, end) for start, end in merged)


def _end(offsets: list[int] | range, end: int) -> int:
    """Where the text stands whose normalised form reaches to `end`; a cluster is never cut."""
    last = offsets[end - 1]
    while offsets[end] == last:
        end += 1
    return offsets[end]
