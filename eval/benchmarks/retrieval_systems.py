"""What the search is compared with: other engines over the same passages, each used as documented."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from retrieval.analysis import Analyzer
from retrieval.dense import DenseIndex
from retrieval.encoder import Encoder
from retrieval.lexical import LexicalIndex
from retrieval.search import Searcher

_SPARE = 4
"""Passages asked for, as a multiple of the nodes wanted: a long node has several passages."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What an engine indexes: the words of a passage, and the id of its node."""

    node: str
    text: str


class System(Protocol):
    """Anything that ranks nodes for a question."""

    def search(self, question: str, k: int) -> Sequence[str]:
        """Ids of the `k` best nodes, best first, each once."""


class OurSearch:
    """The product's search."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def search(self, question: str, k: int) -> Sequence[str]:
        """See System."""
        return [hit.id for hit in self._searcher.search(question, k)]


class Bm25:
    """BM25 over our analyser's terms, nothing else."""

    def __init__(self, units: Sequence[Unit], analyzer: Analyzer) -> None:
        self._units = units
        self._analyzer = analyzer
        self._index = LexicalIndex.build([analyzer.terms(unit.text) for unit in units])

    def search(self, question: str, k: int) -> Sequence[str]:
        """See System."""
        scores = self._index.scores(Counter(self._analyzer.terms(question)))
        order = np.argsort(-scores, kind="stable")[: _SPARE * k]
        return _nodes((self._units[place] for place in order.tolist() if scores[place] > 0), k)


class Dense:
    """Nearest vectors of our encoder, nothing else."""

    def __init__(self, units: Sequence[Unit], encoder: Encoder) -> None:
        self._units = units
        self._encoder = encoder
        self._index = DenseIndex.build(encoder.encode_passages([unit.text for unit in units]))

    def search(self, question: str, k: int) -> Sequence[str]:
        """See System."""
        vector = self._encoder.encode_queries([question])[0]
        found = self._index.nearest(vector, _SPARE * k)
        return _nodes((self._units[place] for place in found.tolist()), k)


class SqliteTrigrams:
    """SQLite FTS5 with its trigram tokenizer: any trigram of the question may match; its bm25()."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._table.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='trigram')")
        self._table.executemany(
            "INSERT INTO passages(rowid, text) VALUES (?, ?)",
            enumerate(_plain(unit.text) for unit in units),
        )

    def search(self, question: str, k: int) -> Sequence[str]:
        """See System."""
        wanted = " OR ".join(f'"{gram}"' for gram in dict.fromkeys(_grams(question, 3)))
        if not wanted:
            return []
        rows = self._table.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?",
            (wanted, _SPARE * k),
        )
        return _nodes((self._units[row] for (row,) in rows), k)


class Tantivy:
    """Tantivy with one of its own tokenizers.

    `default` splits at blanks and punctuation, and its query parser reads the question. With
    `ngram` (2 characters) that parser would look for the question word for word, so any of the
    bigrams may match instead.
    """

    def __init__(self, units: Sequence[Unit], tokenizer: str) -> None:
        import tantivy

        self._units = units
        self._ngram = tokenizer == "ngram"
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", tokenizer_name=tokenizer)
        schema.add_unsigned_field("row", stored=True)
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema)
        if self._ngram:
            bigrams = tantivy.Tokenizer.ngram(2, 2, False)
            self._index.register_tokenizer(tokenizer, tantivy.TextAnalyzerBuilder(bigrams).build())
        writer = self._index.writer(num_threads=1)
        for row, unit in enumerate(units):
            writer.add_document(tantivy.Document(text=_plain(unit.text), row=row))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, question: str, k: int) -> Sequence[str]:
        """See System."""
        searcher = self._index.searcher()
        found = searcher.search(self._query(question), _SPARE * k).hits
        rows = (searcher.doc(address)["row"][0] for _, address in found)
        return _nodes((self._units[row] for row in rows), k)

    def _query(self, question: str):  # type: ignore[no-untyped-def]
        from tantivy import Occur, Query

        if not self._ngram:
            return self._index.parse_query_lenient(_plain(question), ["text"])[0]
        grams = dict.fromkeys(_grams(question, 2))
        return Query.boolean_query(
            [(Occur.Should, Query.term_query(self._schema, "text", gram)) for gram in grams]
        )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _grams(text: str, length: int) -> Iterable[str]:
    for run in re.findall(r"\w+", _plain(text)):
        yield from (run[start : start + length] for start in range(len(run) - length + 1))


def _nodes(units: Iterable[Unit], k: int) -> list[str]:
    return list(dict.fromkeys(unit.node for unit in units))[:k]
