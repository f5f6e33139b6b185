"""Topics of the field: which ones a question is about, and which passages are about them."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.documents import Passage
from kb.errors import CorruptStoreError
from retrieval.analysis import Analyzer, normalise
from retrieval.encoder import Encoder
from retrieval.lexical import LexicalIndex
from retrieval.lexicon import Topic
from retrieval.phrases import PhraseIndex, scaled

Scores = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

KEPT = 8
"""Topics a question may be about."""
SHARPNESS = 4
"""Exponent of a topic's score relative to the best: the greater, the more the best one decides."""
VERBATIM_SHARE = 0.5
"""Of a tag: the rest is the BM25 of the official terms, which forgives other inflections."""
SURE = 0.3
"""Share of the question's words from which topics count in full. A question whose words hardly any
phrasing has is nearest to some topic all the same."""
TAGS = 60
"""Passages kept for each topic; more of a great index, one in 700."""

_SPACE = re.compile(r"\s+")
_HEAD = "topics.json"
_ARRAYS = "tags.npz"


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic that a question is about.

    `phrase` is the known phrasing nearest to the question, `official` the documents' first term for
    it, `weight` 0 to 1 relative to the best topic, `share` how much of the weight of the question's
    words the topic's phrasings have.
    """

    topic: str
    official: str
    phrase: str
    weight: float
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class _Tags:
    """The passages of topic t: `positions[starts[t]:starts[t + 1]]` with `weights` 0 to 1."""

    starts: npt.NDArray[np.int64]
    positions: npt.NDArray[np.int32]
    weights: Scores


class TopicIndex:
    """Questions to topics, topics to passages; tagged when the documents are ingested."""

    def __init__(
        self,
        topics: Sequence[tuple[str, str]],
        phrases: PhraseIndex,
        tags: _Tags,
    ) -> None:
        self._topics = tuple(topics)
        self._phrases = phrases
        self._tags = tags
        self._numbers = {name: number for number, (name, _) in enumerate(self._topics)}

    @classmethod
    def build(
        cls,
        topics: Sequence[Topic],
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        analyzer: Analyzer,
        encoder: Encoder,
    ) -> TopicIndex:
        """Index the phrasings and tag `passages`, which `lexical` indexes in the same order."""
        return cls(
            [(topic.topic, topic.official[0]) for topic in topics],
            PhraseIndex.build(topics, analyzer, encoder),
            _tags(topics, passages, lexical, analyzer),
        )

    def match(
        self, text: str, terms: Mapping[str, float], vector: Scores, by_sound: str = ""
    ) -> tuple[TopicMatch, ...]:
        """The topics nearest to a question of `terms` and `vector`, best first; see PhraseIndex."""
        found = self._phrases.nearest(text, terms, vector, by_sound)[:KEPT]
        shares = self._phrases.shares(terms)
        return tuple(
            TopicMatch(
                *self._topics[number],
                phrase,
                (score / found[0][1]) ** SHARPNESS,
                float(shares[number]),
            )
            for number, score, phrase in found
        )

    def boosts(self, matches: Sequence[TopicMatch]) -> tuple[Positions, Scores]:
        """Passages about the topics matched and how much: weights summed over topics."""
        tags = self._tags
        sure = np.float32(min(max((match.share for match in matches), default=0) / SURE, 1))
        parts: list[tuple[npt.NDArray[np.int32], Scores]] = []
        for match in matches:
            number = self._numbers[match.topic]
            span = slice(int(tags.starts[number]), int(tags.starts[number + 1]))
            weight = sure * np.float32(match.weight)
            parts.append((tags.positions[span], weight * tags.weights[span]))
        if not parts:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        summed = np.bincount(
            np.concatenate([part for part, _ in parts]),
            np.concatenate([part for _, part in parts]),
        ).astype(np.float32)
        positions = np.flatnonzero(summed)
        return positions, summed[positions]

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, made when absent."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _HEAD).write_text(json.dumps(self._topics, ensure_ascii=False), encoding="utf-8")
        tags = self._tags
        np.savez(
            folder / _ARRAYS, starts=tags.starts, positions=tags.positions, weights=tags.weights
        )
        self._phrases.save(folder)

    @classmethod
    def load(cls, folder: Path) -> TopicIndex:
        """Open what `save` wrote. Raises CorruptStoreError when it cannot be read."""
        try:
            topics = json.loads((folder / _HEAD).read_text(encoding="utf-8"))
            with np.load(folder / _ARRAYS) as file:
                tags = _Tags(file["starts"], file["positions"], file["weights"])
        except (OSError, ValueError, KeyError) as error:
            raise CorruptStoreError(
                f"話題の索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error
        return cls([(name, official) for name, official in topics], PhraseIndex.load(folder), tags)


def flat(text: str) -> str:
    """Normalised text without white space: official terms are looked for in it."""
    return _SPACE.sub("", normalise(text))


def _tags(
    topics: Sequence[Topic],
    passages: Sequence[Passage],
    lexical: LexicalIndex,
    analyzer: Analyzer,
) -> _Tags:
    """How much each passage is about each topic; of every topic the passages that fit best."""
    texts = [flat("\n".join(_searched(passage))) for passage in passages]
    kept = max(TAGS, len(passages) // 700)
    positions: list[npt.NDArray[np.int64]] = []
    weights: list[Scores] = []
    for topic in topics:
        verbatim = np.zeros(len(texts), dtype=np.float32)
        for term in dict.fromkeys(map(flat, topic.official)):
            candidates = _possible(term, lexical)
            present = [position for position in candidates if term in texts[position]]
            if present:
                verbatim[present] += math.log1p(len(texts) / len(present))
        similar = lexical.scores(Counter(analyzer.terms(" ".join(topic.official))))
        tag = VERBATIM_SHARE * scaled(verbatim) + (1 - VERBATIM_SHARE) * scaled(similar)
        best = np.argsort(-tag, kind="stable")[:kept]
        best = np.sort(best[tag[best] > 0])
        positions.append(best)
        weights.append(tag[best])
    return _Tags(
        np.cumsum([0, *map(len, positions)], dtype=np.int64),
        np.concatenate([*positions, np.empty(0, dtype=np.int64)]).astype(np.int32),
        np.concatenate([*weights, np.empty(0, dtype=np.float32)]).astype(np.float32),
    )


def _possible(term: str, lexical: LexicalIndex) -> list[int]:
    """Passages that have the rarest character pair of `term`: few enough to look into."""
    pairs = [term[start : start + 2] for start in range(len(term) - 1)]
    indexed = [pair for pair in pairs if pair in lexical]
    if not indexed:
        return []
    rarest = max(indexed, key=lexical.rarity)
    found: list[int] = np.flatnonzero(lexical.scores({rarest: 1.0})).tolist()
    return found


def _searched(passage: Passage) -> tuple[str, ...]:
    title = (passage.case.title,) if passage.case else ()
    return (*passage.breadcrumbs, passage.heading, passage.text, *title)
