"""The product's search with each part left out in turn, by query or by index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from eval.benchmarks.retrieval_systems import OurSearch
from kb.documents import Document, Passage
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.analysis import JapaneseAnalyzer, normalise, words
from retrieval.backend import DENSE, LEXICAL, LocalBackend
from retrieval.dense import DenseIndex
from retrieval.facets import Facets
from retrieval.index import fields
from retrieval.lexical import LexicalIndex
from retrieval.numerals import numerals
from retrieval.parts import ALL, Parts
from retrieval.search import Searcher

_QUERY_PARTS = (
    ("話題（シソーラス）なし", Parts(topics=False)),
    ("言い換えなし", Parts(expansion=False)),
    ("意味（埋め込み）なし", Parts(dense=False)),
    ("語なし", Parts(lexical=False)),
    ("主体・年度・番号なし", Parts(names=False)),
    ("関連する条項なし", Parts(related=False)),
    ("事例の節の分散なし", Parts(spread=False)),
    ("質問理解なし（語と意味だけ）", Parts(True, True, False, False, False, False, False)),
    ("語だけ（質問理解なし）", Parts(True, False, False, False, False, False, False)),
    ("意味だけ（質問理解なし）", Parts(False, True, False, False, False, False, False)),
)

Terms = Callable[[Passage, Document], list[str]]


@dataclass(frozen=True, slots=True)
class Ablation:
    """A name for the table, and how to make the search."""

    name: str
    make: Callable[[], OurSearch]


def ablations(kb: KnowledgeBase, settings: Settings) -> Iterator[Ablation]:
    """The whole search first."""
    yield Ablation("本システム", partial(_with_parts, kb, settings, ALL))
    for name, parts in _QUERY_PARTS:
        yield Ablation(name, partial(_with_parts, kb, settings, parts))
    for name, terms in _INDEX_PARTS:
        yield Ablation(name, partial(_indexed, kb, settings, terms))


def _with_parts(kb: KnowledgeBase, settings: Settings, parts: Parts) -> OurSearch:
    return OurSearch(Searcher(kb, settings, parts=parts))


def _indexed(kb: KnowledgeBase, settings: Settings, terms: Terms) -> OurSearch:
    """The search over another word index; terms of a question that it lacks match nothing."""
    documents = {document.id: document for document in kb.documents()}
    passages = tuple(kb.passages())
    backend = LocalBackend(
        LexicalIndex.build([terms(passage, documents[passage.doc]) for passage in passages]),
        DenseIndex.load(kb.folder / DENSE),
        Facets.load(kb.folder / LEXICAL),
    )
    return OurSearch(Searcher(kb, settings, backend))


def _fields_alike(passage: Passage, document: Document) -> list[str]:
    return _ANALYZER.terms("\n".join(text for text, _ in fields(passage, document)))


def _body_only(passage: Passage, document: Document) -> list[str]:
    return _ANALYZER.terms(passage.text)


def _without_bigrams(passage: Passage, document: Document) -> list[str]:
    return _weighted(passage, document, _words)


def _without_words(passage: Passage, document: Document) -> list[str]:
    return _weighted(passage, document, _bigrams)


def _weighted(
    passage: Passage, document: Document, terms: Callable[[str], Sequence[str]]
) -> list[str]:
    return [term for text, weight in fields(passage, document) for term in [*terms(text)] * weight]


def _words(text: str) -> list[str]:
    normal = normalise(text)
    return [*(number.term for number in numerals(normal)), *(term for _, term in words(normal))]


def _bigrams(text: str) -> list[str]:
    found = Counter(term for _, term in words(normalise(text)))
    return [*(Counter(_ANALYZER.terms(text)) - found).elements()]


_ANALYZER = JapaneseAnalyzer()
_INDEX_PARTS: tuple[tuple[str, Terms], ...] = (
    ("欄の重みなし", _fields_alike),
    ("本文の語だけ", _body_only),
    ("文字二連なし", _without_bigrams),
    ("単語なし（文字二連だけ）", _without_words),
)
