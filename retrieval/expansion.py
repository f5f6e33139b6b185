"""Synonyms as extra query terms: 随契 also finds 随意契約, but never 競争契約."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.analysis import Analyzer, normalise
from retrieval.lexicon import Direction, Term, TermKind
from retrieval.query import Expansion, Source
from retrieval.surfaces import Surfaces

FULL = 0.8
"""Weight of another writing of the same thing: an abbreviation, a law's short name."""
LOOSE = 0.35
"""Weight of a synonym or everyday word."""

FRAME = 0.4
"""Weight of words that say what sort of answer is wanted, not what about."""
OTHER = 0.5
"""Share of that for a writing other than the official one."""
_FRAME_WORDS = frozenset(
    {
        "根拠",
        "規定",
        "条文",
        "条項",
        "条",
        "項目",
        "書く",
        "記載",
        "教える",
        "知る",
        "見せる",
        "聞く",
        "言う",
        "意味",
        "定義",
        "内容",
        "理由",
        "場合",
        "必要",
        "要旨",
        "概要",
        "説明",
        "一覧",
        "全部",
        "列挙",
        "違い",
        "比べる",
        "話",
        "願う",
        "宜しく",
        "済む",
        "急ぎ",
        "下さる",
        "注意",
        "方針",
        "具体",
        "困る",
        "調べる",
        "探す",
        "確認",
        "分かる",
        "決まり",
        "ルール",
        "扱い",
        "箇所",
    }
)

_SAME_THING = frozenset(
    {TermKind.ABBREVIATION, TermKind.LAW, TermKind.SPELLING, TermKind.ORGANISATION, TermKind.ERA}
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Row:
    """What a writing may be replaced by and what it must not be taken for."""

    official: str
    others: tuple[str, ...]
    weight: float
    barred: tuple[str, ...]


class Thesaurus:
    """Writings of terms and what each expands to."""

    def __init__(self, rows: Iterable[Term]) -> None:
        found: dict[str, tuple[_Row, ...]] = {}
        for row in rows:
            weight = FULL if row.kind in _SAME_THING else LOOSE
            every = (row.term, *row.synonyms)
            for written in every:
                others = tuple(other for other in every if other != written)
                if row.direction is Direction.TO_TERM:
                    others = () if written == row.term else (row.term,)
                entry = _Row(row.term, others, weight, row.do_not_merge)
                surface = normalise(written)
                found[surface] = (*found.get(surface, ()), entry)
        self._surfaces = Surfaces(found)

    def expand(self, text: str) -> tuple[Expansion, ...]:
        """Official words for the writings in normalised `text` and other writings of them."""
        hits = [(found.surface, row) for found in self._surfaces.find(text) for row in found.value]
        barred = {normalise(word) for _, row in hits for word in row.barred}
        expansions: dict[str, Expansion] = {}
        for written, row in hits:
            for other in row.others:
                if normalise(other) in barred or normalise(other) in text:
                    continue
                weight = row.weight if other == row.official else row.weight * OTHER
                before = expansions.get(other)
                if before is None or before.weight < weight:
                    expansions[other] = Expansion(written, other, Source.TERM, weight)
        return tuple(expansions.values())


def own_terms(text: str, analyzer: Analyzer) -> dict[str, float]:
    """Terms of the question, each as often as it stands; words that frame it weigh less."""
    return {
        term: count * (FRAME if term in _FRAME_WORDS else 1.0)
        for term, count in Counter(analyzer.terms(text)).items()
    }


def with_expansions(
    own: Mapping[str, float], expansions: Sequence[Expansion], analyzer: Analyzer
) -> dict[str, float]:
    """`own` terms and those of the expansions, each of these once, at its greatest weight."""
    added: dict[str, float] = {}
    for expansion in expansions:
        if expansion.source is Source.TERM:
            for term in analyzer.terms(expansion.official):
                if term not in own:
                    added[term] = max(added.get(term, 0.0), expansion.weight)
    return {**own, **added}
