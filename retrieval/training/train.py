"""The contrastive training loop: one vector a term, a text is their mean."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from retrieval.training.tokenised import Bags, Numbers, TokenisedSource

_COMMON = 1e-4
"""Terms in more than this share of all texts start with shorter vectors (smooth inverse frequency)."""

_REPORTED = 100
"""Steps between two reports of the mean losses."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hyper-parameters.

    `scale` multiplies cosines before the softmax; of a text with more than `most_terms` terms a new
    sample is taken each time, which is quicker and keeps the vectors from learning texts by heart.
    """

    dimension: int = 512
    epochs: int = 1
    batch: int = 1024
    rate: float = 0.03
    scale: float = 20.0
    most_terms: int = 64
    seed: int = 20260401


def train(
    sources: Sequence[TokenisedSource],
    shares: npt.NDArray[np.float64],
    recipe: Recipe,
    report: Callable[[str], None],
) -> npt.NDArray[np.float32]:
    """Vectors of all rows of the vocabulary, shape (rows, dimension).

    `shares` is the share of texts in which the terms of each row stand, shape (rows,). Batches hold pairs of
    one source, so that the other passages of a batch are of the same sort and hard to tell apart.
    """
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    weights = torch.randn(len(shares), recipe.dimension) / math.sqrt(recipe.dimension)
    weights *= torch.from_numpy(_COMMON / (_COMMON + shares)).float().sqrt().unsqueeze(1)
    weights.requires_grad_()
    optimizer = torch.optim.Adam([weights], lr=recipe.rate, fused=True)
    steps = recipe.epochs * sum(1 for _ in _epoch(sources, recipe, rng))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.rate, total_steps=steps, pct_start=0.05
    )
    began = time.perf_counter()
    losses: dict[str, list[float]] = {}
    batches = (batch for _ in range(recipe.epochs) for batch in _epoch(sources, recipe, rng))
    for step, (source, rows) in enumerate(batches, start=1):
        loss = _loss(weights, source, rows, recipe, rng)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        losses.setdefault(source.name, []).append(loss.item())
        if step % _REPORTED == 0 or step == steps:
            means = " ".join(f"{name} {np.mean(values):.3f}" for name, values in losses.items())
            report(f"step {step}/{steps} {time.perf_counter() - began:.0f} s {means}")
            losses.clear()
    return weights.detach().numpy()


def _epoch(
    sources: Sequence[TokenisedSource], recipe: Recipe, rng: np.random.Generator
) -> Iterator[tuple[TokenisedSource, Numbers]]:
    """Batches of all sources in random order."""
    batches = [
        (source, rows)
        for source in sources
        for _ in range(source.passes)
        for rows in _shuffled_batches(len(source.queries), recipe.batch, rng)
    ]
    for place in rng.permutation(len(batches)):
        yield batches[place]


def _shuffled_batches(size: int, batch: int, rng: np.random.Generator) -> list[Numbers]:
    order = rng.permutation(size)
    return [order[start : start + batch] for start in range(0, size, batch)]


def _loss(
    weights: torch.Tensor,
    source: TokenisedSource,
    rows: Numbers,
    recipe: Recipe,
    rng: np.random.Generator,
) -> torch.Tensor:
    """Both directions of the in-batch softmax; pairs of one text or group are no negatives."""
    queries, passages = (
        _embed(weights, *bags.take(rows, recipe.most_terms, rng))
        for bags in (source.queries, source.passages)
    )
    similarity = recipe.scale * queries @ passages.T
    same = _same_text(source.queries, rows) | _same_text(source.passages, rows)
    same |= _same_group(source.groups[rows])
    same.fill_diagonal_(False)
    similarity = similarity.masked_fill(same, -math.inf)
    target = torch.arange(len(rows))
    return (cross_entropy(similarity, target) + cross_entropy(similarity.T, target)) / 2


def _embed(weights: torch.Tensor, numbers: npt.NDArray[np.int32], begins: Numbers) -> torch.Tensor:
    offsets = torch.from_numpy(begins.astype(np.int32))
    return normalize(embedding_bag(torch.from_numpy(numbers), weights, offsets, mode="mean"), dim=1)


def _same_text(bags: Bags, rows: Numbers) -> torch.Tensor:
    keys = np.array(
        [hash(bags.numbers[bags.starts[row] : bags.starts[row + 1]].tobytes()) for row in rows]
    )
    return torch.from_numpy(keys[:, None] == keys[None, :])


def _same_group(groups: Numbers) -> torch.Tensor:
    return torch.from_numpy((groups[:, None] == groups[None, :]) & (groups >= 0))
