"""Two evaluations of the same questions, measure by measure, with significance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eval.intervals import Comparison, compare
from eval.reports.names import LOWER_IS_BETTER, NAMES
from eval.reports.saved import SavedReport, mean
from kb.errors import InputError

_SIGNIFICANT = 0.05
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Change:
    """How a measure changed over the questions that both runs score: now minus before."""

    measure: str
    before: float
    now: float
    questions: int
    comparison: Comparison
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """One of better, worse and same: a difference that chance explains is none."""
        gain = self.comparison.difference.mean * (-1 if self.measure in LOWER_IS_BETTER else 1)
        if self.comparison.p >= _SIGNIFICANT or gain == 0:
            return "same"
        return "better" if gain > 0 else "worse"

    def as_json(self) -> dict[str, Any]:
        """One row of `comparison`."""
        difference = self.comparison.difference
        return {
            "measure": self.measure,
            "before": round(self.before, _DIGITS),
            "now": round(self.now, _DIGITS),
            "difference": round(difference.mean, _DIGITS),
            "interval": [round(difference.low, _DIGITS), round(difference.high, _DIGITS)],
            "p": round(self.comparison.p, _DIGITS),
            "questions": self.questions,
            "verdict": self.verdict,
            "better": list(self.better),
            "worse": list(self.worse),
        }


def changes(before: SavedReport, now: SavedReport) -> tuple[Change, ...]:
    """Every measure that both reports have, over the questions common to both.

    Raises InputError when they share no question.
    """
    common = {row.id for row in before.per_question} & {row.id for row in now.per_question}
    if not common:
        raise InputError(
            "比べる2つの評価結果に共通の質問がありません。同じ質問ファイルで評価した結果を指定してください。"
        )
    found = [_change(name, before.scores(name), now.scores(name)) for name in NAMES]
    return tuple(change for change in found if change)


def _change(measure: str, before: dict[str, float], now: dict[str, float]) -> Change | None:
    common = [id for id in now if id in before]
    if not common:
        return None
    old, new = [before[id] for id in common], [now[id] for id in common]
    sign = -1 if measure in LOWER_IS_BETTER else 1
    return Change(
        measure,
        mean(old) or 0.0,
        mean(new) or 0.0,
        len(common),
        compare(new, old),
        tuple(id for id in common if sign * (now[id] - before[id]) > 0),
        tuple(id for id in common if sign * (now[id] - before[id]) < 0),
    )
