"""Fitting the signals' weights: logistic regression round by round, as the program scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.comparison.model import (
    HEADING_SIGNALS,
    ROUNDS,
    TEXT_SIGNALS,
    Model,
    RoundWeights,
    evidence,
    score_round,
)
from assistant.comparison.outline import Outline, outline_of
from assistant.comparison.overlap import Matrix
from assistant.comparison.signals import SignalMatrices, signals_of
from assistant.comparison.structure import StructureMatrices, structure_of
from eval.alignment.gold import GoldComparison
from kb.store import KnowledgeBase

_RIDGE = 0.5
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Sample:
    """Two documents with their signals; `labels` is 1 for a pair, 0 for none, -1 for either."""

    a: Outline
    b: Outline
    signals: SignalMatrices
    labels: Matrix


def sample_of(kb: KnowledgeBase, gold: GoldComparison) -> Sample:
    """The signals and labels of one comparison."""
    a, b = outline_of(kb.parsed(gold.a)), outline_of(kb.parsed(gold.b))
    at_a = {node.id: at for at, node in enumerate(a.nodes)}
    at_b = {node.id: at for at, node in enumerate(b.nodes)}
    labels = np.zeros((len(a), len(b)))
    for pair in gold.pairs:
        if pair.a and pair.b:
            labels[at_a[pair.a], at_b[pair.b]] = 1 if pair.required else -1
    return Sample(a, b, signals_of(a, b), labels)


def fit(samples: Sequence[Sample]) -> Model:
    """Weights learnt from the samples, each round on the scores of the one before."""
    model: list[RoundWeights] = []
    structures: list[StructureMatrices | None] = [None] * len(samples)
    for _ in range(ROUNDS + 1):
        weights = RoundWeights(
            _regress(samples, structures, TEXT_SIGNALS, announces=False),
            _regress(samples, structures, HEADING_SIGNALS, announces=True),
        )
        model.append(weights)
        structures = [
            structure_of(
                sample.a,
                sample.b,
                score_round(weights, sample.signals, structure),
                sample.signals.announces,
            )
            for sample, structure in zip(samples, structures, strict=True)
        ]
    return tuple(model)


def _regress(
    samples: Sequence[Sample],
    structures: Sequence[StructureMatrices | None],
    names: tuple[str, ...],
    announces: bool,
) -> tuple[float, ...]:
    rows, labels = [], []
    for sample, structure in zip(samples, structures, strict=True):
        chosen = (sample.labels >= 0) & ((sample.signals.announces > 0) == announces)
        rows.append(evidence(sample.signals, names, structure)[chosen])
        labels.append(sample.labels[chosen])
    return tuple(map(float, _logistic(np.concatenate(rows), np.concatenate(labels))))


def _logistic(rows: Matrix, labels: Matrix) -> Matrix:
    """Newton's method with a ridge on all weights but the constant."""
    with_constant = np.column_stack([rows, np.ones(len(rows))])
    ridge = np.full(with_constant.shape[1], _RIDGE)
    ridge[-1] = 1e-6
    weights: Matrix = np.zeros(with_constant.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(with_constant @ weights, -30, 30)))
        slope = with_constant.T @ (chances - labels) + ridge * weights
        spread = (with_constant * (chances * (1 - chances))[:, None]).T @ with_constant
        weights = weights - np.linalg.solve(spread + np.diag(ridge), slope)
    return weights
