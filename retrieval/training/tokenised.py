"""Analyses the training pairs once and keeps the result, since analysis takes minutes."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.analysis import TOKENIZER_VERSION, JapaneseAnalyzer
from retrieval.training.corpora import Source
from retrieval.vocabulary import Vocabulary

_CHUNK = 500

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AnalysedSource:
    """A source's terms in a file: one text a line, all queries and then all passages."""

    source: Source
    path: Path

    def texts(self) -> Iterator[list[str]]:
        """Terms of each text."""
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                yield line.rstrip("\n").split("\t")


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as bags of term numbers: text i is `numbers[starts[i]:starts[i + 1]]`."""

    numbers: npt.NDArray[np.int32]
    starts: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(
        self, rows: Numbers, most: int, rng: np.random.Generator
    ) -> tuple[npt.NDArray[np.int32], Numbers]:
        """Term numbers of the texts `rows`, end to end, and where each begins.

        Of a text with more than `most` terms a random sample of about `most` is taken.
        """
        lengths = self.starts[rows + 1] - self.starts[rows]
        row_of = np.repeat(np.arange(len(rows)), lengths)
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        keep = rng.random(len(row_of)) * lengths[row_of] < most
        keep[within == 0] = True
        chosen = self.starts[rows][row_of[keep]] + within[keep]
        begins = np.searchsorted(row_of[keep], np.arange(len(rows)))
        return self.numbers[chosen], begins


@dataclass(frozen=True, slots=True)
class TokenisedSource:
    """A source whose pairs are bags of terms; row i of both sides belong together.

    `groups`, shape (pairs,), numbers the groups of pairs, -1 where a pair has none.
    """

    name: str
    queries: Bags
    passages: Bags
    groups: Numbers
    passes: int


class Rows(dict[str, tuple[int, ...]]):
    """Rows of each term, looked up in a vocabulary once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, term: str) -> tuple[int, ...]:
        rows = tuple(self._vocabulary.numbers([term]).tolist()) if term else ()
        return self.setdefault(term, rows)


def analyse(source: Source, cache: Path, workers: int) -> AnalysedSource:
    """Terms of every query and passage, from the `cache` folder if they are there."""
    texts = [pair.query for pair in source.pairs] + [pair.passage for pair in source.pairs]
    digest = hashlib.sha256("\0".join((TOKENIZER_VERSION, *texts)).encode()).hexdigest()[:16]
    path = cache / f"{source.name}-{digest}.txt"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        chunks = [texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK)]
        partial = path.with_suffix(".partial")
        with ProcessPoolExecutor(workers) as pool, partial.open("w", encoding="utf-8") as out:
            for lines in pool.map(_analyse_chunk, chunks):
                out.write(lines)
        partial.rename(path)
    return AnalysedSource(source, path)


def count(analysed: Iterable[AnalysedSource]) -> Counter[str]:
    """In how many texts each term stands."""
    frequencies: Counter[str] = Counter()
    for source in analysed:
        for terms in source.texts():
            frequencies.update(set(terms) - {""})
    return frequencies


def number(analysed: AnalysedSource, rows: Rows) -> TokenisedSource:
    """Replace terms by numbers; pairs of which a side has no known term are left out."""
    texts = ([row for term in terms for row in rows[term]] for terms in analysed.texts())
    pairs = analysed.source.pairs
    queries, passages = _bags(islice(texts, len(pairs))), _bags(texts)
    whole = np.flatnonzero((np.diff(queries.starts) > 0) & (np.diff(passages.starts) > 0))
    names: dict[str, int] = {"": -1}
    groups = np.array([names.setdefault(pair.group, len(names)) for pair in pairs], dtype=np.int64)
    return TokenisedSource(
        analysed.source.name,
        _only(queries, whole),
        _only(passages, whole),
        groups[whole],
        analysed.source.passes,
    )


def _analyse_chunk(texts: Sequence[str]) -> str:
    analyzer = JapaneseAnalyzer()
    return "".join("\t".join(analyzer.terms(text)) + "\n" for text in texts)


def _bags(texts: Iterable[Sequence[int]]) -> Bags:
    numbers, lengths = array("i"), array("q")
    for text in texts:
        numbers.extend(text)
        lengths.append(len(text))
    starts = np.concatenate(([0], np.cumsum(np.asarray(lengths, dtype=np.int64))))
    return Bags(np.asarray(numbers, dtype=np.int32), starts)


def _only(bags: Bags, rows: Numbers) -> Bags:
    texts = [bags.numbers[bags.starts[row] : bags.starts[row + 1]] for row in rows]
    starts = np.concatenate(([0], np.cumsum([len(text) for text in texts], dtype=np.int64)))
    return Bags(np.concatenate([*texts, np.empty(0, dtype=np.int32)]), starts)
