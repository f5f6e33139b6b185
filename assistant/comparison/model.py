"""The weights of the signals. They are fitted by `python -m eval.alignment fit`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.comparison.outline import Outline
from assistant.comparison.overlap import Matrix
from assistant.comparison.signals import SignalMatrices
from assistant.comparison.structure import StructureMatrices, structure_of

TEXT_SIGNALS = ("body", "sentence", "cover", "heading", "mention", "citations")
"""What decides on two clauses with words of their own."""
HEADING_SIGNALS = ("own_heading", "whole", "whole_cover")
"""What decides where one of the two only heads others."""
STRUCTURE = ("score", "lead_in_row", "lead_in_column", "under_parent", "in_order", "together")
"""What the rounds after the first add."""
ROUNDS = 3
"""Rounds with structure; answers of neighbours settle within them."""

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class RoundWeights:
    """Weights of one round, the last one of each the constant."""

    text: tuple[float, ...]
    heading: tuple[float, ...]


Model = tuple[RoundWeights, ...]
"""One `RoundWeights` a round: the first without structure, then `ROUNDS` with it."""


@cache
def shipped_model() -> Model:
    """The weights that come with the program."""
    return read_model(WEIGHTS.read_text(encoding="utf-8"))


def read_model(text: str) -> Model:
    """A model from what `write_model` gave."""
    return tuple(
        RoundWeights(tuple(row["text"]), tuple(row["heading"]))
        for row in json.loads(text)["rounds"]
    )


def write_model(model: Model) -> str:
    """A model as JSON: four decimals, one line a round and unit."""
    rounds = ",\n".join(
        f' {{"text": {_rounded(weights.text)},\n  "heading": {_rounded(weights.heading)}}}'
        for weights in model
    )
    return f'{{"rounds": [\n{rounds}\n]}}\n'


def _rounded(weights: tuple[float, ...]) -> str:
    return json.dumps([round(value, 4) for value in weights])


def evidence(
    signals: SignalMatrices, names: tuple[str, ...], structure: StructureMatrices | None
) -> Matrix:
    """The named signals, shape (A, B, signals), after those of structure where there are any."""
    layers = [getattr(structure, name) for name in STRUCTURE] if structure else []
    stacked: Matrix = np.stack([*layers, *(getattr(signals, name) for name in names)], axis=-1)
    return stacked


def score_round(
    weights: RoundWeights, signals: SignalMatrices, structure: StructureMatrices | None
) -> Matrix:
    """Log-odds that each pair is one, shape (A, B)."""
    text, heading = (
        evidence(signals, names, structure) @ np.array(row[:-1]) + row[-1]
        for names, row in ((TEXT_SIGNALS, weights.text), (HEADING_SIGNALS, weights.heading))
    )
    scores: Matrix = np.where(signals.announces > 0, heading, text)
    return scores


def scores_of(
    a: Outline, b: Outline, signals: SignalMatrices, model: Model
) -> tuple[Matrix, StructureMatrices]:
    """Log-odds after the last round, shape (A, B), and the structure signals it saw."""
    scores = score_round(model[0], signals, None)
    structure = structure_of(a, b, scores, signals.announces)
    for weights in model[1:]:
        structure = structure_of(a, b, scores, signals.announces)
        scores = score_round(weights, signals, structure)
    return scores, structure
