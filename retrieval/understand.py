"""Questions understood with the knowledge base at hand: what they name and what they are about."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from kb.addresses import ClauseMention, clause_mentions, is_relative
from kb.documents import Document, Passage
from kb.errors import CorruptStoreError
from kb.fiscal_year import years_named
from kb.spans import Span
from retrieval.absences import (
    Laws,
    bodies_written,
    fiscal_years,
    missing_owners,
    missing_policies,
    missing_years,
    unheard_bodies,
)
from retrieval.analysis import Analyzer, normalise
from retrieval.articles import Articles
from retrieval.backend import distinct
from retrieval.definitions import Definitions
from retrieval.encoder import Encoder
from retrieval.expansion import Thesaurus, own_terms, with_expansions
from retrieval.gains import DEFINES, ROWS, Gains
from retrieval.lexical import LexicalIndex
from retrieval.lexicon import Lexicon, Term
from retrieval.mentions import (
    Cards,
    DocumentCard,
    make_cards,
    named_documents,
    named_places,
    set_against,
)
from retrieval.owners import OwnerMention, Owners, build_owners, tables_of_figures
from retrieval.parallels import Parallels
from retrieval.places import NONE, Places
from retrieval.query import (
    Expansion,
    Intent,
    Query,
    Source,
    asks_meaning,
    intent_of,
    listing,
    wants_examples,
    wants_rules,
)
from retrieval.readings import is_spelt_by_sound
from retrieval.respelling import Respeller, Respelt
from retrieval.topics import TopicIndex, TopicMatch

Scores = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

_HEAD = "head.json"
_OWNER_OF = "owner_of.npy"
_PLACES = "places.npz"
_PARALLELS = "parallels.npz"
_READINGS = "readings.json"
_SEVERAL = 2
_SHOWN_TOPICS = 2
_SHOWN_WEIGHT = 0.6
_YEAR = re.compile(
    r"(?:令和|平成|昭和)(?:元|\d{1,2})年度?(?!\d{1,2}月)|(?<![a-z])[rh]\d{1,2}(?![\d.])"
)
"""A year tells which policy is meant, not what it is about; a date (令和2年7月豪雨) may."""

TOPIC_LEAST = 0.3
TOPIC_MOST = 1.0
"""What a passage about the topic gains when the question's words decide much or nothing."""
DECIDED = 0.29
UNDECIDED = 0.06
"""Shares of a question's weight that its best passage matches: well put, and in everyday words."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question understood, and what that means for the index.

    `terms` are the weighted terms to search for; `positions`, shape (n,), passages that deserve a
    look whatever their words; `named` and `about`, shape (passages,), how well each passage fits
    what the question names and the topics it is about. `by_sound` when it is in kana or romaji.
    """

    query: Query
    terms: Mapping[str, float]
    positions: Positions
    named: Scores
    about: Scores
    by_sound: bool = False

    def with_rows(self, rows: Positions) -> Understood:
        """The same where `rows` of a table are asked for, the first before the others."""
        named = self.named.copy()
        named[rows] += ROWS + np.linspace(1, 0, len(rows), dtype=np.float32)
        return replace(self, positions=distinct(self.positions, rows), named=named)

    def boosts(self, positions: Positions, decided: float) -> Scores:
        """What the fused scores (0 to 1) of the passages at `positions` gain.

        Topics count for more where the question's own words decide less (see `decided_by`).
        """
        decided = 0 if self.by_sound else decided
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
        parallels: Parallels,
        respeller: Respeller,
        tables: Sequence[str],
        definitions: Definitions,
        laws: Laws,
        articles: Articles,
        terms: Sequence[Term],
        topics: TopicIndex,
        analyzer: Analyzer,
    ) -> None:
        self._owners = owners
        self._owner_of = owner_of
        self._gains = Gains(owners.names, owner_of, cards, places, parallels)
        self._cards = Cards(cards)
        self.places = places
        self.parallels = parallels
        self.respeller = respeller
        self.tables = tuple(tables)
        self._definitions = definitions
        self._laws = laws
        self._articles = articles
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
            Parallels.build(passages, documents),
            Respeller.build(passages, documents, lexicon),
            tables_of_figures(passages),
            Definitions.build(passages, documents),
            Laws.build(passages, documents, lexicon.terms),
            Articles.build(passages, documents, lexicon.terms),
            lexicon.terms,
            TopicIndex.build(lexicon.topics, passages, lexical, analyzer, encoder),
            analyzer,
        )

    def bodies(self, text: str) -> tuple[str, ...]:
        """The writings in normalised `text` that name an agency, held or not."""
        known, unknown = self._owners.find(text)
        told = (*(owner.written for owner in known), *(body.written for body in unknown))
        return tuple(dict.fromkeys((*told, *bodies_written(text))))

    def understand(
        self,
        text: str,
        vector: Scores,
        ignored: Collection[str] = frozenset(),
        respelt: Respelt | None = None,
        is_unknown: Callable[[str], bool] = lambda _: False,
    ) -> Understood:
        """Read a question; `vector`, shape (dimension,), is the encoder's of it as it is `respelt`.

        `ignored` holds what the user says he did not mean: official terms of expansions and topics,
        names of owners, ids of documents, years as 令和5年度. `is_unknown` says whether a word's
        characters stand side by side in no passage.
        """
        respelt = respelt or Respelt(text, by_sound=text if is_spelt_by_sound(text) else "")
        typed, text = text, respelt.text
        plain = normalise(text)
        years = tuple(year for year in years_named(text) if str(year) not in ignored)
        owners, unknown = self._owners.find(plain)
        told = [*(owner.written for owner in owners), *(body.written for body in unknown)]
        owners = tuple(owner for owner in owners if owner.name not in ignored)
        of_policies = [year for year in fiscal_years(plain) if year in years]
        documents = named_documents(plain, of_policies, owners, self._cards)
        documents = replace(
            documents, documents=tuple(doc for doc in documents.documents if doc not in ignored)
        )
        laws = self._articles.named(text)
        articles = self._articles.find(text, self.places, documents.documents)
        documents = replace(
            documents,
            documents=tuple(
                dict.fromkeys(
                    (
                        *articles.documents,
                        *(doc for doc in laws.documents if doc not in ignored),
                        *documents.documents,
                    )
                )
            ),
        )
        clauses = tuple(
            sorted((*clause_mentions(text), *articles.mentions), key=lambda item: item.span)
        )
        clauses = self._bound(text, clauses, documents.documents)
        asked = tuple(item for item in clauses if not is_relative(text, item))
        intent, items = intent_of(text, asked), listing(plain)
        places = named_places(
            [item for item in asked if items or intent is Intent.ADDRESS or not _is_chapter(item)],
            documents.documents or documents.of_owners or documents.dated,
            text,
            self.places,
            items,
        )
        expansions = tuple(
            item for item in self._thesaurus.expand(plain) if item.official not in ignored
        )
        own = own_terms(text, self._analyzer)
        topical_words = own_terms(_YEAR.sub("", plain), self._analyzer) or own
        terms = with_expansions(own, expansions, self._analyzer)
        # By the user's own words: expansions would outvote them with the commonest topics.
        topics = tuple(
            topic
            for topic in self._topics.match(text, topical_words, vector, respelt.by_sound)
            if topic.official not in ignored
        )
        about, tagged = self._topics.boosts(topics)
        query = Query(
            text,
            intent,
            clauses,
            years,
            documents.documents,
            owners,
            topics,
            (
                *(Expansion(*pair, Source.SPELLING, 1.0) for pair in respelt.words),
                *self._shown(expansions, owners, topics),
            ),
            (
                *documents.absent,
                *places.absent,
                *missing_owners(unknown, plain, self._cards.every),
                *unheard_bodies(normalise(typed), told, is_unknown),
                *missing_years(plain, self._cards.every),
                *(missing_policies(plain, owners, self._cards.every) if asked else ()),
                *(
                    absence
                    for absence in self._laws.missing(plain)
                    if not articles.name(text, absence.written)
                ),
            ),
            wants_rules(plain),
            wants_examples(plain),
            items,
            set_against(plain, owners, documents, self._cards.every),
            typed if text != typed else "",
            documents.of_other_years,
        )
        named = self._gains.of(query, documents, places)
        defining = self._definitions.of(normalise(laws.beside)) if asks_meaning(plain) else NONE
        named[defining] += DEFINES
        topical = np.zeros(len(named), dtype=np.float32)
        topical[about] = tagged
        looked_at = [
            *places.exact,
            *places.listed,
            *places.nearest,
            self._gains.rows_of(owners),
            self._gains.only_there(query),
            defining,
            about,
        ]
        return Understood(
            query,
            terms,
            distinct(*looked_at),
            named,
            topical,
            is_spelt_by_sound(plain),
        )

    def _bound(
        self, text: str, mentions: tuple[ClauseMention, ...], documents: Sequence[str]
    ) -> tuple[ClauseMention, ...]:
        """The numbers with the documents named before each, where several stand before some.

        「基本方針第2-2(3)③及び私学第2-7(3)」 asks for one place of each document; one behind no name is
        of the document named last.
        """
        spans = list(dict.fromkeys(mention.span for mention in mentions))
        if len(documents) < _SEVERAL or len(spans) < _SEVERAL:
            return mentions
        ends = [0, *(span.end for span in spans)]
        named = [self._named_in(text[end : at.start]) for end, at in zip(ends, spans, strict=False)]
        if len({docs for docs in named if docs}) < _SEVERAL:
            return mentions
        of: dict[Span, tuple[str, ...]] = {}
        last: tuple[str, ...] = ()
        for span, docs in zip(spans, named, strict=True):
            last = of[span] = tuple(doc for doc in docs if doc in documents) or last
        return tuple(
            replace(mention, documents=mention.documents or of[mention.span])
            for mention in mentions
        )

    def _named_in(self, text: str) -> tuple[str, ...]:
        plain = normalise(text)
        owners, _ = self._owners.find(plain)
        return named_documents(plain, fiscal_years(plain), owners, self._cards).documents

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
            "docs": self.places.docs,
            "cards": _CARDS.dump_python(self._cards.every, mode="json"),
            "terms": _TERMS.dump_python(self._terms, mode="json"),
            "owners": self._owners.to_json(),
            "tables": self.tables,
            "definitions": self._definitions.to_json(),
            "laws": self._laws.to_json(),
            "articles": self._articles.to_json(),
        }
        (folder / _HEAD).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _OWNER_OF, self._owner_of)
        self.places.save(folder / _PLACES)
        self.parallels.save(folder / _PARALLELS)
        self.respeller.save(folder / _READINGS)
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
                Parallels.load(folder / _PARALLELS),
                Respeller.load(folder / _READINGS),
                head["tables"],
                Definitions(head["definitions"]),
                Laws(**head["laws"]),
                Articles(**head["articles"]),
                _TERMS.validate_python(head["terms"]),
                TopicIndex.load(folder),
                analyzer,
            )
        except (OSError, ValueError, KeyError) as error:
            raise CorruptStoreError(
                f"質問理解用の索引（{folder}）が読めません。`kb ingest` を実行して作り直してください。"
            ) from error


def _is_chapter(mention: ClauseMention) -> bool:
    return len(mention.labels) == 1 and mention.labels[0].startswith("第")


_CARDS = TypeAdapter(tuple[DocumentCard, ...])
_TERMS = TypeAdapter(tuple[Term, ...])
