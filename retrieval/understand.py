"""Questions understood with the knowledge base at hand: what they name and what they are about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from kb.addresses import clause_mentions
from kb.documents import Document, Passage
from kb.errors import CorruptStoreError
from kb.fiscal_year import years_named
from retrieval.analysis import Analyzer, normalise
from retrieval.encoder import Encoder
from retrieval.expansion import Thesaurus, own_terms, with_expansions
from retrieval.lexical import LexicalIndex
from retrieval.lexicon import Lexicon, Term
from retrieval.mentions import (
    DocumentCard,
    NamedDocuments,
    NamedPlaces,
    make_cards,
    missing_owners,
    missing_years,
    named_documents,
    named_places,
)
from retrieval.owners import NOBODY, OwnerMention, Owners, build_owners
from retrieval.places import Places
from retrieval.query import Expansion, Query, Source, intent_of
from retrieval.topics import TopicIndex, TopicMatch

Scores = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

_HEAD = "head.json"
_OWNER_OF = "owner_of.npy"
_PLACES = "places.npz"
_SHOWN_TOPICS = 2
_SHOWN_WEIGHT = 0.6


TOPIC_LEAST = 0.3
TOPIC_MOST = 1.0
"""What a passage about the topic gains when the question's words decide much or nothing."""
DECIDED = 0.29
UNDECIDED = 0.06
"""Shares of a question's weight that its best passage matches: well put, and in everyday words."""
OWNER = 0.5
ROW_OWNER = 1.5
FEW = 2
DOCUMENT = 0.15
DATED = 0.1
PLACE = 10.0
NEAREST_PLACE = 3.0
"""What a passage gains for its owner, document, year or number being named.

ROW_OWNER for owners of at most FEW passages: a row of a table has few words of its own."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question understood, and what that means for the index.

    `terms` are the weighted terms to search for; `positions`, shape (n,), passages that deserve a
    look whatever their words; `named` and `about`, shape (passages,), how well each passage fits
    what the question names and the topics it is about.
    """

    query: Query
    terms: Mapping[str, float]
    positions: Positions
    named: Scores
    about: Scores

    def boosts(self, positions: Positions, decided: float) -> Scores:
        """What the fused scores (0 to 1) of the passages at `positions` gain.

        Topics count for more where the question's own words decide less (see `decided_by`).
        """
        weight = TOPIC_MOST + (TOPIC_LEAST - TOPIC_MOST) * decided
        boosts: Scores = self.named[positions] + np.float32(weight) * self.about[positions]
        return boosts


def decided_by(matched: float) -> float:
    """How much a question's own words decide, 0 (everyday words) to 1 (the documents' words).

    `matched` is the share of the question's weight that its best passage matches word for word.
    """
    return min(max((matched - UNDECIDED) / (DECIDED - UNDECIDED), 0.0), 1.0)


class Understander:
    """Reads questions for one generation of the knowledge base; safe to share among threads."""

    def __init__(
        self,
        owners: Owners,
        owner_of: npt.NDArray[np.int32],
        cards: Sequence[DocumentCard],
        places: Places,
        terms: Sequence[Term],
        topics: TopicIndex,
        analyzer: Analyzer,
    ) -> None:
        self._owners = owners
        self._owner_of = owner_of
        held = np.bincount(owner_of[owner_of != NOBODY], minlength=len(owners.names) + 1)
        self._owner_gain = np.where(held <= FEW, ROW_OWNER, OWNER)
        self._cards = tuple(cards)
        self._places = places
        self._terms = tuple(terms)
        self._thesaurus = Thesaurus(terms)
        self._topics = topics
        self._analyzer = analyzer

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        documents: Mapping[str, Document],
        lexicon: Lexicon,
        lexical: LexicalIndex,
        analyzer: Analyzer,
        encoder: Encoder,
    ) -> Understander:
        """Learn what `passages` hold; `lexical` indexes them in the same order."""
        owners, owner_of = build_owners(passages, documents, lexicon.owners)
        return cls(
            owners,
            owner_of,
            make_cards(passages, documents),
            Places.build(passages),
            lexicon.terms,
            TopicIndex.build(lexicon.topics, passages, lexical, analyzer, encoder),
            analyzer,
        )

    def understand(self, text: str, vector: Scores) -> Understood:
        """Read a question; `vector`, shape (dimension,), is the encoder's of it."""
        plain = normalise(text)
        clauses, years = clause_mentions(text), years_named(text)
        owners, unknown = self._owners.find(plain)
        documents = named_documents(plain, years, owners, self._cards)
        places = named_places(clauses, documents.documents, text, self._places)
        expansions = self._thesaurus.expand(plain)
        own = own_terms(text, self._analyzer)
        terms = with_expansions(own, expansions, self._analyzer)
        # By the user's own words: expansions would outvote them with the commonest topics.
        topics = self._topics.match(text, own, vector)
        about, tagged = self._topics.boosts(topics)
        query = Query(
            text,
            intent_of(text, clauses),
            clauses,
            years,
            documents.documents,
            owners,
            topics,
            tuple(self._shown(expansions, owners, topics)),
            (
                *documents.absent,
                *places.absent,
                *missing_owners(unknown),
                *missing_years(plain, self._cards),
            ),
        )
        named = self._named(query, documents, places)
        topical = np.zeros(len(named), dtype=np.float32)
        topical[about] = tagged
        looked_at = [*places.exact, *places.nearest, self._rows_of(owners), about]
        return Understood(query, terms, np.unique(np.concatenate(looked_at)), named, topical)

    def _rows_of(self, owners: Sequence[OwnerMention]) -> Positions:
        """Passages of owners that have few: their words may not say whose they are (京大)."""
        numbers = [self._owners.names.index(mention.name) for mention in owners]
        few = [number for number in numbers if self._owner_gain[number] == ROW_OWNER]
        return np.flatnonzero(np.isin(self._owner_of, few))

    def _named(self, query: Query, documents: NamedDocuments, places: NamedPlaces) -> Scores:
        """What each passage gains for standing where the question says, shape (passages,)."""
        gains = np.zeros(len(self._owner_of), dtype=np.float32)
        if query.owners:
            weight = {mention.name: mention.weight for mention in query.owners}
            # The last one is for passages that are nobody's.
            of = np.array([*(weight.get(name, 0.0) for name in self._owners.names), 0.0])
            gains += (of * self._owner_gain).astype(np.float32)[self._owner_of]
        for docs, gain in ((documents.documents, DOCUMENT), (documents.dated, DATED)):
            if docs:
                gains += np.float32(gain) * self._places.in_documents(docs)
        for found, gain in ((places.exact, PLACE), (places.nearest, NEAREST_PLACE)):
            for positions in found:
                gains[positions] += gain
        return gains

    def _shown(
        self,
        expansions: Sequence[Expansion],
        owners: Sequence[OwnerMention],
        topics: Sequence[TopicMatch],
    ) -> Iterator[Expansion]:
        """What the user's words were taken for, to be shown to him."""
        yield from expansions
        for owner in owners:
            if normalise(owner.name) != owner.written:
                yield Expansion(owner.written, owner.name, Source.OWNER, owner.weight)
        for topic in topics[:_SHOWN_TOPICS]:
            if topic.weight >= _SHOWN_WEIGHT and topic.phrase != topic.official:
                yield Expansion(topic.phrase, topic.official, Source.TOPIC, topic.weight)

    def save(self, folder: Path) -> None:
        """Write everything into `folder`, made when absent."""
        folder.mkdir(parents=True, exist_ok=True)
        head = {
            "docs": self._places.docs,
            "cards": _CARDS.dump_python(self._cards, mode="json"),
            "terms": _TERMS.dump_python(self._terms, mode="json"),
            "owners": self._owners.to_json(),
        }
        (folder / _HEAD).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _OWNER_OF, self._owner_of)
        self._places.save(folder / _PLACES)
        self._topics.save(folder)

    @classmethod
    def load(cls, folder: Path, analyzer: Analyzer) -> Understander:
        """Open what `save` wrote. Raises CorruptStoreError when it cannot be read."""
        try:
            head = json.loads((folder / _HEAD).read_text(encoding="utf-8"))
            return cls(
                Owners.from_json(head["owners"]),
                np.load(folder / _OWNER_OF),
                _CARDS.validate_python(head["cards"]),
                Places.load(folder / _PLACES, head["docs"]),
                _TERMS.validate_python(head["terms"]),
                TopicIndex.load(folder),
                analyzer,
            )
        except (OSError, ValueError, KeyError) as error:
            raise CorruptStoreError(
                f"質問理解用の索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error


_CARDS = TypeAdapter(tuple[DocumentCard, ...])
_TERMS = TypeAdapter(tuple[Term, ...])
