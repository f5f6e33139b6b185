"""Pairs of the field itself: how people say it, and how documents do, from the lexicon."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.analysis import normalise
from retrieval.lexicon import Lexicon
from retrieval.training.pairs import Pair

_BEFORE = (
    "",
    "",
    "",
    "",
    "教えて。",
    "質問です。",
    "担当者です。",
    "うちの会社は小さいのですが、",
    "役所の",
)
_AFTER = (
    "", "", "", "", "って何ですか", "について", "のときどうする？", "はどこに書いてある？",
    "のルールは？", "を知りたい", "についてどう定めていますか", "できる？", "の根拠は",
)  # fmt: skip
"""What questions put around a phrasing; most often nothing."""

_TEMPLATE_MOST = 16
"""Longer phrasings are questions already."""
_COMMON = 3_000
"""A term in more places than this says too little about its topic."""
_SHORTEST_TERM = 3
_OF_A_TERM = 12
_OF_A_PHRASE = 2
_REACH = 160
_OFFICIAL_TERMS = 3


def field_pairs(lexicon: Lexicon, texts: Iterable[str], rng: random.Random) -> Iterator[Pair]:
    """Phrasing → a sentence of `texts` with an official term of its topic, the topic, or another.

    The texts are other documents than those that the product ships. Terms and their synonyms are
    paired likewise.
    """
    searched = normalise("\n".join(re.sub(r"\s+", "", text) for text in texts))
    for topic in lexicon.topics:
        found = _sentences_with(topic.official, searched, rng)
        yield from _of_topic(topic.topic, topic.official, topic.everyday, found, rng)
    for term in lexicon.terms:
        found = _sentences_with((term.term,), searched, rng)
        yield from _of_topic(term.term, (term.term,), term.synonyms, found, rng)


def _of_topic(
    name: str,
    official: Sequence[str],
    everyday: Sequence[str],
    found: Sequence[str],
    rng: random.Random,
) -> Iterator[Pair]:
    def some() -> list[str]:
        return rng.sample(found, min(_OF_A_PHRASE, len(found)))

    for phrase in everyday:
        chosen = rng.sample(official, min(_OFFICIAL_TERMS, len(official)))
        yield Pair(phrase, " ".join(dict.fromkeys((name, *chosen))), name)
        asked = _asked(phrase, rng)
        yield from (Pair(asked, sentence, name) for sentence in some())
        other = rng.choice(everyday)
        if other != phrase:
            yield Pair(asked, other, name)
    for term in official:
        yield from (Pair(term, sentence, name) for sentence in some())


def _asked(phrase: str, rng: random.Random) -> str:
    """The phrasing as a question might put it."""
    after = rng.choice(_AFTER) if len(phrase) < _TEMPLATE_MOST else ""
    return rng.choice(_BEFORE) + phrase + after


def _sentences_with(terms: Sequence[str], text: str, rng: random.Random) -> list[str]:
    """Some sentences of normalised `text` for each of the terms that says enough."""
    found: dict[str, None] = {}
    for term in map(normalise, terms):
        places = _places(term, text) if len(term) >= _SHORTEST_TERM else []
        if len(places) < _COMMON:
            for place in rng.sample(places, min(_OF_A_TERM, len(places))):
                found[_sentence(place, len(term), text)] = None
    return [*found]


def _places(term: str, text: str) -> list[int]:
    places: list[int] = []
    at = text.find(term)
    while at >= 0 and len(places) < _COMMON:
        places.append(at)
        at = text.find(term, at + 1)
    return places


def _sentence(at: int, length: int, text: str) -> str:
    """The sentence around a term, cut some way from it."""
    first = max(text.rfind(mark, max(0, at - _REACH), at) for mark in "。\n") + 1
    ends = (text.find(mark, at + length, at + length + _REACH) for mark in "。\n")
    last = min((end for end in ends if end >= 0), default=at + length + _REACH)
    return text[first or max(0, at - _REACH) : last]
