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
from retrieval.backend import NONE, best, distinct
from retrieval.dense import DenseIndex
from retrieval.encoder import Encoder
from retrieval.lexical import LexicalIndex
from retrieval.lexicon import Topic
from retrieval.readings import is_spelt_by_sound, sound_terms

Positions = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

WORDS_SHARE = 0.45
"""Of a phrasing's likeness: the rest is the encoder's."""
NEAREST = 300
"""Phrasings that vote for their topics."""
POOL = 400
"""Phrasings compared in both ways: the best by words and the nearest in meaning."""
VOTES = 5
VOTE_DECAY = 0.7
"""A topic gets its best phrasings' likeness, each further one counting this much less."""
TOGETHER_SHARE = 0.5
"""Of a topic's score: how well all its phrasings together match the question; the rest is votes."""
SOUND_SHARE = 0.2
"""Of a topic's score for a question that was respelt from its sound: the rest is its words."""

_HEAD = "phrases.json"
_TOPIC_OF = "topic_of.npy"
_MEANING = "meaning"
_WORDS = "words"
_SOUNDS = "sounds"
_TOPICS = "together"


class PhraseIndex:
    """All phrasings, searchable by words, by meaning and by sound.

    Phrasing i belongs to topic number `topic_of[i]`; `words`, `meaning` and `sounds` index all
    phrasings, `together` the words of all phrasings of each topic.
    """

    def __init__(
        self,
        phrases: Sequence[str],
        topic_of: npt.NDArray[np.int32],
        meaning: DenseIndex,
        words: LexicalIndex,
        sounds: LexicalIndex,
        together: LexicalIndex,
    ) -> None:
        self._phrases = tuple(phrases)
        self._topic_of = topic_of
        self._meaning = meaning
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
            DenseIndex.build(encoder.encode_queries(texts)),
            LexicalIndex.build(terms),
            LexicalIndex.build([sound_terms(text) for text in texts]),
            LexicalIndex.build([list(words) for words in together]),
        )

    def nearest(
        self, text: str, terms: Mapping[str, float], vector: Scores, by_sound: str = ""
    ) -> list[tuple[int, float, str]]:
        """Topic numbers, scores and nearest phrasings for a question, best first.

        `by_sound` is what of it was typed in kana or romaji: then its sound counts too, and nothing
        else where nothing could be respelt, since the dictionary mistakes such words.
        """
        if not self._phrases:
            return []
        if not by_sound:
            return _ranked(*self._by_words(terms, vector))
        sounds = self._sounds.scores(Counter(sound_terms(by_sound)))
        heard = best(sounds, NEAREST)
        sound, nearest = self._votes(heard, sounds[heard])
        if is_spelt_by_sound(text):
            return _ranked(sound, nearest)
        scores, by_words = self._by_words(terms, vector)
        loudest, most = max(sound.values(), default=1.0), max(scores.values(), default=1.0)
        mixed = {
            topic: (1 - SOUND_SHARE) * scores.get(topic, 0.0) / most
            + SOUND_SHARE * sound.get(topic, 0.0) / loudest
            for topic in {**scores, **sound}
        }
        return _ranked(mixed, {**nearest, **by_words})

    def _by_words(
        self, terms: Mapping[str, float], vector: Scores
    ) -> tuple[dict[int, float], dict[int, str]]:
        """Scores and nearest phrasings of topics, by words and meaning."""
        votes, nearest = self._votes(*self._likest(terms, vector))
        greatest = max(votes.values(), default=1.0)
        together = scaled(self._together.scores(terms)).tolist()
        scores = {
            topic: (1 - TOGETHER_SHARE) * vote / greatest + TOGETHER_SHARE * together[topic]
            for topic, vote in votes.items()
        }
        return scores, nearest

    def shares(self, terms: Mapping[str, float]) -> Scores:
        """How much of the weight of `terms` each topic's phrasings together match, 0 to 1."""
        return self._together.shares(terms)

    def _likest(self, terms: Mapping[str, float], vector: Scores) -> tuple[Positions, Scores]:
        """Phrasings like the question in words or meaning, and how much, 0 to 1."""
        words = self._words.scores(terms)
        near = self._meaning.nearest(vector, POOL) if vector.any() else NONE
        pool = distinct(best(words, POOL), near)
        likeness = WORDS_SHARE * scaled(words[pool])
        likeness += (1 - WORDS_SHARE) * scaled(self._meaning.similarities(vector, pool))
        likest = best(likeness, NEAREST)
        return pool[likest], likeness[likest]

    def _votes(
        self, phrases: Positions, likeness: Scores
    ) -> tuple[dict[int, float], dict[int, str]]:
        """What phrasings give their topics, and each such topic's nearest phrasing."""
        order = np.lexsort((phrases, -likeness))
        scores: dict[int, float] = {}
        nearest: dict[int, str] = {}
        votes: Counter[int] = Counter()
        ordered = phrases[order]
        topics = self._topic_of[ordered].tolist()
        likes = likeness[order].tolist()
        for phrase, topic, like in zip(ordered.tolist(), topics, likes, strict=True):
            if votes[topic] < VOTES:
                scores[topic] = scores.get(topic, 0.0) + like * VOTE_DECAY ** votes[topic]
                nearest.setdefault(topic, self._phrases[phrase])
                votes[topic] += 1
        return scores, nearest

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, made when absent."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _HEAD).write_text(json.dumps(self._phrases, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _TOPIC_OF, self._topic_of)
        self._meaning.save(folder / _MEANING)
        self._words.save(folder / _WORDS)
        self._sounds.save(folder / _SOUNDS)
        self._together.save(folder / _TOPICS)

    @classmethod
    def load(cls, folder: Path) -> PhraseIndex:
        """Open what `save` wrote. Raises CorruptStoreError when it cannot be read."""
        try:
            phrases = json.loads((folder / _HEAD).read_text(encoding="utf-8"))
            topic_of = np.load(folder / _TOPIC_OF)
        except (OSError, ValueError) as error:
            raise CorruptStoreError(
                f"言い回しの索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error
        words, sounds, together = (
            LexicalIndex.load(folder / name) for name in (_WORDS, _SOUNDS, _TOPICS)
        )
        meaning = DenseIndex.load(folder / _MEANING)
        return cls(phrases, topic_of, meaning, words, sounds, together)


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
