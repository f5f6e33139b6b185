"""Hybrid search: words and meaning, fused, one hit a node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kb.errors import OptionError, StoreError
from kb.results import Filters, Hit
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.analysis import JapaneseAnalyzer, normalise
from retrieval.backend import Candidates, LocalBackend, Scores, SearchBackend, distinct
from retrieval.encoder import Encoder, Reranker, StaticEncoder, load_encoder, load_reranker
from retrieval.figures import Figures, FigureTables
from retrieval.fusion import convex
from retrieval.index import ENCODER, INDEX, LAYOUT, TOKENIZER, UNDERSTANDING, meaning_of
from retrieval.matches import matches
from retrieval.parts import ALL, Parts
from retrieval.query import Query
from retrieval.related import Related, raised
from retrieval.relevance import Relevance
from retrieval.respelling import Respelt
from retrieval.understand import Understander, Understood, decided_by

LEXICAL_LEAST = 0.35
LEXICAL_MOST = 0.8
"""Weight of words against meaning where the question's words decide nothing or much."""
LEXICAL_BY_SOUND = 0.3
"""The same for a question in kana or romaji alone, whose words the dictionary mistakes."""
SECTIONS_OF_A_CASE = 2
FURTHER_SECTION = 0.5
RERANKED = 30
RERANKING = 1.0
"""Hits that a cross-encoder reads, if one is set, and what its score of 0 to 1 adds to theirs."""
_READ_AT_HAND = 8
"""Questions kept as they were read: who shows what was understood goes on to answer it."""
_POOL = 200
"""Candidates from either side; more are asked for when k is great."""


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question read once, to be searched for and compared with texts as often as needed.

    `vector`, shape (dimension,), is the encoder's of it. `figures` are the rows of a table that it
    asks for by their values (above 3 %, the highest).
    """

    text: str
    wanted: Understood
    vector: Scores
    relevance: Relevance
    figures: Figures | None = None

    @property
    def query(self) -> Query:
        """What the question asks for and what its words were taken for."""
        return self.wanted.query


class Searcher:
    """Searches one generation of the knowledge base; safe to share among threads."""

    def __init__(
        self,
        kb: KnowledgeBase,
        settings: Settings,
        backend: SearchBackend | None = None,
        parts: Parts = ALL,
    ) -> None:
        """Open the indexes of `kb`.

        Raises StoreError when they were made by another encoder or analyser than the one in use,
        OptionError when a model that the settings name is not on this machine.
        """
        self._kb = kb
        self._parts = parts
        self._analyzer = JapaneseAnalyzer()
        self._encoder: Encoder = load_encoder(settings, self._analyzer)
        self._terms = (
            self._encoder
            if isinstance(self._encoder, StaticEncoder)
            else StaticEncoder(self._analyzer)
        )
        self._reranker = load_reranker(settings)
        self._check(TOKENIZER, "語分割", self._analyzer.version)
        self._check(INDEX, "索引の形式", LAYOUT)
        self._check(ENCODER, "埋め込みモデル", self._encoder.id)
        self._backend = backend or LocalBackend.load(kb.folder)
        self._understander = Understander.load(kb.folder / UNDERSTANDING, self._analyzer)
        self._related = Related(kb, self._understander.parallels, self._understander.places)
        self._tables = FigureTables(kb, self._understander.tables, self._analyzer)
        self._read = lru_cache(_READ_AT_HAND)(self._read_anew)
        self._titles = {document.id: document.title for document in kb.documents()}

    def search(
        self,
        query: str,
        k: int = 10,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> tuple[Hit, ...]:
        """The `k` best nodes, best first; `ignored` see `Understander.understand`.

        Raises OptionError for an empty query, k below 1 or a filter value that does not occur,
        UnknownDocumentError for a document that does not exist.
        """
        if not query.strip():
            raise OptionError("検索語が空です。探したい内容を入力してください。")
        if k < 1:
            raise OptionError(f"件数「{k}」は使えません。1以上の整数を指定してください。")
        return self.search_for(self.read(query, ignored), k, filters)

    def bodies(self, text: str) -> tuple[str, ...]:
        """See `Understander.bodies`."""
        return self._understander.bodies(text)

    def read(self, question: str, ignored: Collection[str] = frozenset()) -> ReadQuestion:
        """Read a question; `ignored` see `Understander.understand`."""
        return self._read(question, frozenset(ignored))

    def _read_anew(self, question: str, ignored: frozenset[str]) -> ReadQuestion:
        respelt = self._understander.respeller.respell(question, self._is_unknown)
        if any(spelling in ignored for _, spelling in respelt.words):
            respelt = Respelt(question)
        vector = self._parts.of_vector(self._encoder.encode_queries([respelt.text])[0])
        wanted = self._understander.understand(question, vector, ignored, respelt, self._is_unknown)
        wanted = self._parts.of_understood(wanted, self._analyzer)
        figures = self._tables.find(
            normalise(wanted.query.text),
            wanted.terms,
            {mention.name for mention in wanted.query.owners},
        )
        if figures:
            rows = [self._understander.places.of_node(row.node) for row in figures.rows]
            wanted = wanted.with_rows(np.concatenate(rows))
        return ReadQuestion(question, wanted, vector, self._relevance(wanted, vector), figures)

    def search_for(
        self, question: ReadQuestion, k: int = 10, filters: Filters | None = None
    ) -> tuple[Hit, ...]:
        """The `k` best nodes for a question that `read` has read, best first.

        Raises OptionError for a filter value that does not occur, UnknownDocumentError for a
        document that does not exist.
        """
        wanted, vector = question.wanted, question.vector
        found = self._backend.candidates(
            wanted.terms, vector, max(_POOL, 10 * k), filters or Filters(), wanted.positions
        )
        decided = decided_by(self._matched(wanted.terms, found.lexical))
        scores = _fused(found, wanted, decided)
        links = self._related.links(found.positions, scores) if self._parts.related else []
        linked = np.array([link.other for link in links], dtype=np.int64)
        missing = distinct(linked[~np.isin(linked, found.positions)])
        if missing.size:
            found = found.joined(
                self._backend.candidates(wanted.terms, vector, 0, filters or Filters(), missing)
            )
            scores = _fused(found, wanted, decided)
        scores = raised(links, found.positions, scores, wanted.named[found.positions])
        best = _best_of_each_node(found, scores)
        if self._parts.spread:
            scores = _spread(best, found, scores, 1 if wanted.query.listing else SECTIONS_OF_A_CASE)
        best = sorted(best, key=lambda place: -scores[place])
        if self._reranker:
            scores = self._reranked(
                self._reranker, question.query.text, found, scores, best[:RERANKED]
            )
            best = sorted(best, key=lambda place: -scores[place])
        return self._hits(found, scores, best[:k], frozenset(wanted.terms))

    def understand(self, question: str, ignored: Collection[str] = frozenset()) -> Query:
        """What a question asks for and what its words were taken for."""
        return self.read(question, ignored).query

    def relevance(self, question: str, ignored: Collection[str] = frozenset()) -> Relevance:
        """The question ready to be compared with sentences and other short texts."""
        return self.read(question, ignored).relevance

    def _is_unknown(self, word: str) -> bool:
        """Whether a pair of the word's characters stands in no passage."""
        never = self._backend.rarity("")
        pairs = (word[start : start + 2] for start in range(len(word) - 1))
        return any(self._backend.rarity(pair) >= never for pair in pairs)

    def _relevance(self, wanted: Understood, vector: Scores) -> Relevance:
        weights = {
            term: weight * self._backend.rarity(term) for term, weight in wanted.terms.items()
        }
        return Relevance(weights, vector, self._analyzer, self._encoder, self._terms)

    def _matched(self, terms: Mapping[str, float], lexical: Scores) -> float:
        """Share of the question's weight that the best passage matches, 0 to about 0.5."""
        weight = sum(weight * self._backend.rarity(term) for term, weight in terms.items())
        return float(lexical.max(initial=0)) / weight if weight else 0.0

    def _reranked(
        self, reranker: Reranker, query: str, found: Candidates, scores: Scores, places: list[int]
    ) -> Scores:
        """`scores` with those at `places` raised by how well the cross-encoder says they answer."""
        passages = self._kb.passages_at([int(found.positions[place]) for place in places])
        reread = scores.copy()
        reread[places] += RERANKING * reranker.scores(query, [*map(meaning_of, passages)])
        return reread

    def _hits(
        self,
        found: Candidates,
        scores: Scores,
        best: list[int],
        terms: frozenset[str],
    ) -> tuple[Hit, ...]:
        positions = [int(found.positions[place]) for place in best]
        passages = self._kb.passages_at(positions)
        alike = [self._understander.parallels.near(position) for position in positions]
        ids = self._kb.nodes_at(sorted({other for others in alike for other in others}))
        hits: list[Hit] = []
        for place, passage, others in zip(best, passages, alike, strict=True):
            node = self._kb.node(passage.node)
            hits.append(
                Hit(
                    id=node.id,
                    doc=node.doc,
                    title=self._titles[node.doc],
                    path=node.path,
                    breadcrumbs=passage.breadcrumbs,
                    case=passage.case,
                    score=float(scores[place]),
                    lexical=float(found.lexical[place]),
                    dense=float(found.dense[place]),
                    text=node.text,
                    page=node.page,
                    start=node.start,
                    end=node.end,
                    highlights=matches(node.text, terms),
                    also=tuple(dict.fromkeys(ids[other] for other in others)),
                )
            )
        return tuple(hits)

    def _check(self, key: str, name: str, loaded: str) -> None:
        indexed = self._kb.manifest.versions.get(key)
        if indexed != loaded:
            raise StoreError(
                f"知識ベースは別の{name}（{indexed}）で作られています（現在は {loaded}）。"
                "`kb ingest` を実行して作り直してください。"
            )


def _fused(found: Candidates, wanted: Understood, decided: float) -> Scores:
    """Words, meaning and what the question names and is about, in one score of each candidate."""
    weight = LEXICAL_LEAST + (LEXICAL_MOST - LEXICAL_LEAST) * decided
    if wanted.by_sound:
        weight = LEXICAL_BY_SOUND
    scores = convex(found.lexical, found.dense, weight)
    return (scores + wanted.boosts(found.positions, decided)) * found.priors


def _best_of_each_node(found: Candidates, scores: Scores) -> list[int]:
    """Places of the best passage of every node that scores above 0, best first."""
    seen: set[int] = set()
    best: list[int] = []
    nodes = found.nodes.tolist()
    order = np.argsort(-scores, kind="stable")
    for place in order[scores[order] > 0].tolist():
        if nodes[place] not in seen:
            seen.add(nodes[place])
            best.append(place)
    return best


def _spread(best: list[int], found: Candidates, scores: Scores, kept: int) -> Scores:
    """`scores` with those of a case's sections after the first `kept` (in the order `best`) lowered.

    Who looks for examples wants several cases rather than every section of one.
    """
    lowered = scores.copy()
    cases = found.cases.tolist()
    seen: Counter[int] = Counter()
    for place in best:
        case = cases[place]
        seen[case] += 1
        if case >= 0 and seen[case] > kept:
            lowered[place] *= FURTHER_SECTION
    return lowered
