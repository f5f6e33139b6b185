"""What speaks for two clauses answering each other: their words, headings and citations.

Every signal is a matrix of shape (clauses of A, clauses of B), 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.comparison.outline import Outline
from assistant.comparison.overlap import Matrix, Numbers, PairWeights
from assistant.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class SignalMatrices:
    """The signals by name.

    `body`: words in common; `sentence`: the best pair of sentences; `cover`: how much of the
    smaller text the other has; `heading`: headings, a clause without one taking that above it;
    `own_heading`: only their own; `mention`: a heading of one said in the other; `whole` and
    `whole_cover`: as `body` and `cover` with everything below; `citations`: works cited;
    `announces`: whether one of the two only heads others.
    """

    body: Matrix
    sentence: Matrix
    cover: Matrix
    heading: Matrix
    own_heading: Matrix
    mention: Matrix
    whole: Matrix
    whole_cover: Matrix
    citations: Matrix
    announces: Matrix


def signals_of(a: Outline, b: Outline) -> SignalMatrices:
    """All signals for two outlines, neither of them empty."""
    weights = PairWeights([node.text for node in (*a.nodes, *b.nodes)])
    body = weights.overlap(
        weights.rows(node.body for node in a.nodes), weights.rows(node.body for node in b.nodes)
    )
    headings = weights.overlap(weights.rows(a.headings), weights.rows(b.headings))
    own = weights.overlap(_own_headings(weights, a), _own_headings(weights, b))
    whole = weights.overlap(weights.rows(a.wholes), weights.rows(b.wholes))
    return SignalMatrices(
        body.dice,
        _best_sentences(weights, a, b),
        np.maximum(body.of_a, body.of_b),
        headings.dice,
        own.dice,
        np.maximum(_mentions(weights, a, b), _mentions(weights, b, a).T),
        whole.dice,
        np.maximum(whole.of_a, whole.of_b),
        _common_citations(a.citations, b.citations),
        np.maximum.outer(np.array(a.announces, float), np.array(b.announces, float)),
    )


def _own_headings(weights: PairWeights, outline: Outline) -> list[Numbers]:
    return weights.rows(node.heading for node in outline.nodes)


def _sentences(outline: Outline, with_headings: bool) -> tuple[list[str], list[int]]:
    texts: list[str] = []
    owners: list[int] = []
    for at, node in enumerate(outline.nodes):
        own = [sentence.text for sentence in split_sentences(node.body)]
        texts += [node.heading, *own] if with_headings else own
        owners += [at] * (len(own) + with_headings)
    return texts, owners


def _best_sentences(weights: PairWeights, a: Outline, b: Outline) -> Matrix:
    texts_a, owners_a = _sentences(a, with_headings=False)
    texts_b, owners_b = _sentences(b, with_headings=False)
    likeness = weights.overlap(weights.rows(texts_a), weights.rows(texts_b)).dice
    by_clause = _greatest(likeness, owners_a, len(a))
    return _greatest(by_clause.T, owners_b, len(b)).T


def _mentions(weights: PairWeights, a: Outline, b: Outline) -> Matrix:
    """Share of a heading of A that the best single sentence or heading of a clause of B has."""
    texts, owners = _sentences(b, with_headings=True)
    said = weights.overlap(_own_headings(weights, a), weights.rows(texts)).of_a
    return _greatest(said.T, owners, len(b)).T


def _greatest(rows: Matrix, owners: Sequence[int], count: int) -> Matrix:
    """The greatest of each owner's rows, zeros for an owner without any."""
    best = np.zeros((count, rows.shape[1]))
    np.maximum.at(best, np.array(owners, np.int64), rows)
    return best


def _common_citations(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> Matrix:
    counts = Counter(work for cited in (*a, *b) for work in cited)
    total = len(a) + len(b)
    weight = {work: float(np.log(total / count)) for work, count in counts.items()}

    def weigh(works: frozenset[str]) -> float:
        return sum(weight[work] for work in works)

    common = np.zeros((len(a), len(b)))
    for i, mine in enumerate(a):
        for j, theirs in enumerate(b):
            if mine & theirs:
                common[i, j] = 2 * weigh(mine & theirs) / max(weigh(mine) + weigh(theirs), 1e-6)
    return common
