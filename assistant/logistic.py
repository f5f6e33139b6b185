"""Logistic regression: from named signals to a chance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """`weights` by the name of the signal; what has a chance of `least` (0 to 1) counts."""

    weights: dict[str, float]
    constant: float
    least: float

    def chances(self, rows: Matrix) -> Matrix:
        """The chance of each row, 0 to 1, shape (rows,); columns in the order of `weights`."""
        weights = np.array(list(self.weights.values()))
        logits = np.clip(rows @ weights + self.constant, -30, 30)
        chances: Matrix = 1 / (1 + np.exp(-logits))
        return chances

    def counts(self, rows: Matrix) -> npt.NDArray[np.bool_]:
        """Which rows have a chance of `least`, shape (rows,)."""
        found: npt.NDArray[np.bool_] = self.chances(rows) >= self.least
        return found


_MODEL = TypeAdapter(Logistic)


def read_model(path: Path) -> Logistic:
    """Read what `write_model` wrote."""
    return _MODEL.validate_json(path.read_bytes())


def write_model(model: Logistic, path: Path) -> None:
    """Write `model` as JSON, the signals in their order."""
    path.write_bytes(_MODEL.dump_json(model, indent=1) + b"\n")
