"""Hybrid search: words and meaning, fused, one hit a node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from kb.errors import OptionError, StoreError
from kb.results import Filters, Hit
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.analysis import JapaneseAnalyzer
from retrieval.backend import Candidates, LocalBackend, Scores, SearchBackend
from retrieval.encoder import Encoder, load_encoder
from retrieval.fusion import convex
from retrieval.index import ENCODER, INDEX, LAYOUT, TOKENIZER, UNDERSTANDING
from retrieval.matches import matches
from retrieval.query import Query
from retrieval.relevance import Relevance
from retrieval.understand import Understander, decided_by

LEXICAL_LEAST = 0.6
LEXICAL_MOST = 0.85
"""Weight of words against meaning where the question's words decide nothing or much."""
SECTIONS_OF_A_CASE = 2
FURTHER_SECTION = 0.5
_POOL = 200
"""Candidates from either side; more are asked for when k is great."""


class Searcher:
    """Searches one generation of the knowledge base; safe to share among threads."""

    def __init__(
        self,
        kb: KnowledgeBase,
        settings: Settings,
        backend: SearchBackend | None = None,
    ) -> None:
        """Open the indexes of `kb`.

        Raises StoreError when they were made by another encoder or analyser than the one in use.
        """
        self._kb = kb
        self._analyzer = JapaneseAnalyzer()
        self._encoder: Encoder = load_encoder(settings, self._analyzer)
        self._check(TOKENIZER, "語分割", self._analyzer.version)
        self._check(INDEX, "索引の形式", LAYOUT)
        self._check(ENCODER, "埋め込みモデル", self._encoder.id)
        self._backend = backend or LocalBackend.load(kb.folder)
        self._understander = Understander.load(kb.folder / UNDERSTANDING, self._analyzer)
        self._titles = {document.id: document.title for document in kb.documents()}

    def search(self, query: str, k: int = 10, filters: Filters | None = None) -> tuple[Hit, ...]:
        """The `k` best nodes, best first.

        Raises OptionError for an empty query, k below 1 or a filter value that does not occur,
        UnknownDocumentError for a document that does not exist.
        """
        if not query.strip():
            raise OptionError("検索語が空です。探したい内容を入力してください。")
        if k < 1:
            raise OptionError(f"件数「{k}」は使えません。1以上の整数を指定してください。")
        vector = self._encoder.encode_queries([query])[0]
        wanted = self._understander.understand(query, vector)
        found = self._backend.candidates(
            wanted.terms, vector, max(_POOL, 10 * k), filters or Filters(), wanted.positions
        )
        decided = decided_by(self._matched(wanted.terms, found.lexical))
        weight = LEXICAL_LEAST + (LEXICAL_MOST - LEXICAL_LEAST) * decided
        scores = convex(found.lexical, found.dense, weight)
        scores = (scores + wanted.boosts(found.positions, decided)) * found.priors
        best = _best_of_each_node(found, scores)
        scores = _spread(best, found, scores)
        best = sorted(best, key=lambda place: -scores[place])[:k]
        return self._hits(found, scores, best, frozenset(wanted.terms))

    def understand(self, question: str) -> Query:
        """What a question asks for and what its words were taken for."""
        vector = self._encoder.encode_queries([question])[0]
        return self._understander.understand(question, vector).query

    def relevance(self, question: str) -> Relevance:
        """The question ready to be compared with sentences and other short texts."""
        vector = self._encoder.encode_queries([question])[0]
        wanted = self._understander.understand(question, vector)
        weights = {
            term: weight * self._backend.rarity(term) for term, weight in wanted.terms.items()
        }
        return Relevance(weights, vector, self._analyzer, self._encoder)

    def _matched(self, terms: Mapping[str, float], lexical: Scores) -> float:
        """Share of the question's weight that the best passage matches, 0 to about 0.5."""
        weight = sum(weight * self._backend.rarity(term) for term, weight in terms.items())
        return float(lexical.max(initial=0)) / weight if weight else 0.0

    def _hits(
        self,
        found: Candidates,
        scores: Scores,
        best: list[int],
        terms: frozenset[str],
    ) -> tuple[Hit, ...]:
        passages = self._kb.passages_at([int(found.positions[place]) for place in best])
        hits: list[Hit] = []
        for place, passage in zip(best, passages, strict=True):
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


def _best_of_each_node(found: Candidates, scores: Scores) -> list[int]:
    """Places of the best passage of every node that scores above 0, best first."""
    seen: set[int] = set()
    best: list[int] = []
    for place in np.argsort(-scores, kind="stable").tolist():
        node = int(found.nodes[place])
        if scores[place] > 0 and node not in seen:
            seen.add(node)
            best.append(place)
    return best


def _spread(best: list[int], found: Candidates, scores: Scores) -> Scores:
    """`scores` with those of a case's third and later sections (in the order `best`) lowered.

    Who looks for examples wants several cases rather than every section of one.
    """
    lowered = scores.copy()
    seen: Counter[int] = Counter()
    for place in best:
        case = int(found.cases[place])
        seen[case] += 1
        if case >= 0 and seen[case] > SECTIONS_OF_A_CASE:
            lowered[place] *= FURTHER_SECTION
    return lowered
