"""The words of a question that the evidence says neither so nor otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.evidence import Candidate
from kb.fiscal_year import years_named
from retrieval.analysis import normalise, words
from retrieval.query import Query, Source
from retrieval.relevance import Relevance
from retrieval.topics import flat

_ASKING = frozenset(
    [
        "教える",
        "知る",
        "言う",
        "書く",
        "何",
        "何処",
        "何時",
        "誰",
        "下さる",
        "良い",
        "例",
        "ケース",
        "数字",
        "纏める",
        "並べる",
        "比べる",
        "比較",
        "一覧",
        "リスト",
        "条文",
        "条項",
        "根拠",
        "規定",
        "項目",
        "箇所",
        "該当",
        "具体",
        "詳しい",
        "上限",
        "下限",
        "限度",
        "正式",
        "名称",
        "略称",
    ]
)
"""Words that ask without saying of what."""
_YEAR = re.compile(
    r"(?:(?:令和|平成|昭和)\s*(?:元|\d{1,2})|(?:19|20)\d{2})\s*年度|(?<![a-z])[rh]\d{1,2}(?![\d.])"
)
_TOPICS = 3


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Of the `count` content words of a question, how much is left unsaid: by all, by one alone.

    Each word has its share of the words' weight, less the nearer a text comes to it: by the word
    itself, an official word that it was taken for, or a word near in meaning. `unwritten` is the
    share of the question's weight of the heaviest term, pairs of characters among them, that stands
    nowhere, less where official words stand for it.
    """

    count: int
    whole: float
    heaviest: float
    unwritten: float


def unsaid(query: Query, relevance: Relevance, candidates: Sequence[Candidate]) -> Unsaid:
    """What `candidates` together leave unsaid of the question."""
    asked = [
        (written, term)
        for written, term in dict.fromkeys(words(_without_years(query, candidates)))
        if term not in _ASKING
    ]
    terms = [term for _, term in asked]
    texts = [text for candidate in candidates for text in (_names(candidate), candidate.context)]
    plain = flat("\n".join(texts))
    near = relevance.nearest(terms, texts)
    told = np.array(
        [_told(plain, written, _stand_ins(query, written, term)) for written, term in asked]
    )
    weights = np.array([relevance.weights.get(term, 0.0) for term in terms])
    left = weights / max(float(weights.sum()), 1e-9) * (1 - np.maximum(near, told))
    return Unsaid(
        len(asked),
        float(left.sum()),
        float(left.max(initial=0.0)),
        _unwritten(relevance, candidates, dict(zip(terms, told.tolist(), strict=True))),
    )


def _without_years(query: Query, candidates: Sequence[Candidate]) -> str:
    """The question without the years of which the candidates are: they say them by that."""
    years = {candidate.document.fiscal_year for candidate in candidates}
    return _YEAR.sub(
        lambda match: "" if years.issuperset(years_named(match[0])) else match[0],
        normalise(query.text),
    )


def _unwritten(
    relevance: Relevance, candidates: Sequence[Candidate], told: Mapping[str, float]
) -> float:
    present = {term for candidate in candidates for term in relevance.shares(candidate.context)}
    missing = (
        weight * (1 - told.get(term, 0.0))
        for term, weight in relevance.weights.items()
        if term not in present
    )
    return max(missing, default=0.0)


def said_by(candidate: Candidate) -> str:
    """What a place says with the names of its document and case."""
    return f"{_names(candidate)}\n{candidate.context}"


def _names(candidate: Candidate) -> str:
    document = candidate.document
    case = candidate.hit.case
    return "\n".join(
        (document.title, document.issuer, *((case.organisation, case.title) if case else ()))
    )


def _told(text: str, written: str, stand_ins: Iterable[tuple[str, float]]) -> float:
    """How surely flat `text` has a word or the official words that it was taken for, 0 to 1."""
    if written in text:
        return 1.0
    return max((weight for official, weight in stand_ins if official in text), default=0.0)


def _stand_ins(query: Query, written: str, term: str) -> Iterator[tuple[str, float]]:
    """The official words, flat, that a word of the question was taken for, with how surely."""
    for expansion in query.expansions:
        if expansion.source is not Source.TOPIC and written in normalise(expansion.written):
            yield flat(expansion.official), min(expansion.weight, 1.0)
    for topic in query.topics[:_TOPICS]:
        phrase = normalise(topic.phrase)
        if written in phrase or term in _terms_of(phrase):
            yield flat(topic.official), topic.weight


@lru_cache(maxsize=256)
def _terms_of(phrase: str) -> frozenset[str]:
    return frozenset(term for _, term in words(phrase))
