"""Known phrasings of the field's topics: which topics a question is about."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.errors import CorruptStoreError
from retrieval.analysis import Analyzer
from retrieval.encoder import Encoder
from retrieval.lexical import LexicalIndex
from retrieval.lexicon import Topic
from retrieval.readings import is_spelt_by_sound, sound_terms

Scores = npt.NDArray[np.float32]

WORDS_SHARE = 0.6
"""Of a phrasing's likeness: the rest is the encoder's."""
NEAREST = 300
"""Phrasings that vote for their topics."""
VOTES = 5
VOTE_DECAY = 0.7
"""A topic gets its best phrasings' likeness, each further one counting this much less."""
TOGETHER_SHARE = 0.5
"""Of a topic's score: how well all its phrasings together match the question; the rest is votes."""

_HEAD = "phrases.json"
_ARRAYS = "phrases.npz"
_WORDS = "words"
_SOUNDS = "sounds"
_TOPICS = "together"


class PhraseIndex:
    """All phrasings, searchable by words, by meaning and by sound.

    Phrasing i belongs to topic number `topic_of[i]` and has the vector `vectors[i]`; `together`
    indexes the words of all phrasings of each topic.
    """

    def __init__(
        self,
        phrases: Sequence[str],
        topic_of: npt.NDArray[np.int32],
        vectors: npt.NDArray[np.float16],
        words: LexicalIndex,
        sounds: LexicalIndex,
        together: LexicalIndex,
    ) -> None:
        self._phrases = tuple(phrases)
        self._topic_of = topic_of
        self._stored = vectors
        self._vectors = vectors.astype(np.float32)
        self._words = words
        self._sounds = sounds
        self._together = together

    @classmethod
    def build(cls, topics: Sequence[Topic], analyzer: Analyzer, encoder: Encoder) -> PhraseIndex:
        """Index the everyday and official phrasings of `topics`.

        It takes many seconds and depends on no document, so the index of the shipped thesaurus is
        shipped too and the last one made is kept.
        """
        key = _key(topics, analyzer, encoder)
        if key not in _LAST:
            shipped = _KEY_FILE.is_file() and _KEY_FILE.read_text(encoding="utf-8") == key
            made = cls.load(_SHIPPED) if shipped else cls.build_anew(topics, analyzer, encoder)
            _LAST.clear()
            _LAST[key] = made
        return _LAST[key]

    @classmethod
    def build_anew(
        cls, topics: Sequence[Topic], analyzer: Analyzer, encoder: Encoder
    ) -> PhraseIndex:
        """The same without a look at what is shipped or kept."""
        phrases = [
            (number, phrase)
            for number, topic in enumerate(topics)
            for phrase in dict.fromkeys((*topic.everyday, *topic.official, topic.topic))
        ]
        texts = [phrase for _, phrase in phrases]
        terms = [analyzer.terms(text) for text in texts]
        together: list[dict[str, None]] = [{} for _ in topics]
        for (number, _), found in zip(phrases, terms, strict=True):
            together[number].update(dict.fromkeys(found))
        return cls(
            texts,
            np.array([number for number, _ in phrases], dtype=np.int32),
            encoder.encode_queries(texts).astype(np.float16),
            LexicalIndex.build(terms),
            LexicalIndex.build([sound_terms(text) for text in texts]),
            LexicalIndex.build([list(words) for words in together]),
        )

    def nearest(
        self, text: str, terms: Mapping[str, float], vector: Scores
    ) -> list[tuple[int, float, str]]:
        """Topic numbers, scores and nearest phrasings for a question, best first.

        Of a question in kana or romaji, whose words the dictionary mistakes, only the sound counts.
        """
        if not self._phrases:
            return []
        if is_spelt_by_sound(text):
            return _ranked(*self._votes(self._sounds.scores(Counter(sound_terms(text)))))
        likeness = WORDS_SHARE * scaled(self._words.scores(terms))
        likeness += (1 - WORDS_SHARE) * scaled(self._vectors @ vector)
        votes, nearest = self._votes(likeness)
        greatest = max(votes.values(), default=1.0)
        together = scaled(self._together.scores(terms)).tolist()
        scores = {
            topic: (1 - TOGETHER_SHARE) * vote / greatest + TOGETHER_SHARE * together[topic]
            for topic, vote in votes.items()
        }
        return _ranked(scores, nearest)

    def _votes(self, likeness: Scores) -> tuple[dict[int, float], dict[int, str]]:
        """What the nearest phrasings give their topics, and each such topic's nearest phrasing."""
        count = min(NEAREST, len(likeness))
        top = np.argpartition(-likeness, count - 1)[:count]
        top = top[np.lexsort((top, -likeness[top]))]
        scores: dict[int, float] = {}
        nearest: dict[int, str] = {}
        votes: Counter[int] = Counter()
        topics = self._topic_of[top].tolist()
        for phrase, topic, like in zip(top.tolist(), topics, likeness[top].tolist(), strict=True):
            if like > 0 and votes[topic] < VOTES:
                scores[topic] = scores.get(topic, 0.0) + like * VOTE_DECAY ** votes[topic]
                nearest.setdefault(topic, self._phrases[phrase])
                votes[topic] += 1
        return scores, nearest

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, made when absent."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _HEAD).write_text(json.dumps(self._phrases, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / _ARRAYS, topic_of=self._topic_of, vectors=self._stored)
        self._words.save(folder / _WORDS)
        self._sounds.save(folder / _SOUNDS)
        self._together.save(folder / _TOPICS)

    @classmethod
    def load(cls, folder: Path) -> PhraseIndex:
        """Open what `save` wrote. Raises CorruptStoreError when it cannot be read."""
        try:
            phrases = json.loads((folder / _HEAD).read_text(encoding="utf-8"))
            with np.load(folder / _ARRAYS) as file:
                topic_of, vectors = file["topic_of"], file["vectors"]
        except (OSError, ValueError, KeyError) as error:
            raise CorruptStoreError(
                f"言い回しの索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error
        words, sounds, together = (
            LexicalIndex.load(folder / name) for name in (_WORDS, _SOUNDS, _TOPICS)
        )
        return cls(phrases, topic_of, vectors, words, sounds, together)


def _ranked(scores: dict[int, float], nearest: dict[int, str]) -> list[tuple[int, float, str]]:
    ranked = sorted(scores, key=lambda topic: (-scores[topic], topic))
    return [(topic, scores[topic], nearest[topic]) for topic in ranked]


def scaled(scores: Scores) -> Scores:
    """Scores divided by their greatest, none below 0."""
    greatest = float(scores.max(initial=0))
    if greatest <= 0:
        return np.zeros_like(scores)
    return (np.maximum(scores, 0) / np.float32(greatest)).astype(np.float32)


def _key(topics: Sequence[Topic], analyzer: Analyzer, encoder: Encoder) -> str:
    made_of = (tuple(topics), analyzer.version, encoder.id)
    return hashlib.sha256(repr(made_of).encode()).hexdigest()


def ship(topics: Sequence[Topic], analyzer: Analyzer, encoder: Encoder) -> None:
    """Write the index that the product ships; see `python -m retrieval.prepare`."""
    PhraseIndex.build_anew(topics, analyzer, encoder).save(_SHIPPED)
    _KEY_FILE.write_text(_key(topics, analyzer, encoder), encoding="utf-8")


_SHIPPED = Path(__file__).resolve().parent / "weights" / "phrases"
_KEY_FILE = _SHIPPED / "key.txt"
_LAST: dict[str, PhraseIndex] = {}
