"""A report as it was saved by `kb eval`, read back to be shown or compared with another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.questions import Answerable
from kb.errors import InputError, system_reason


@dataclass(frozen=True, slots=True)
class SavedRow:
    """What a report says of one question; `measures` holds the scores that apply to it."""

    id: str
    question: str
    type: str
    answerable: Answerable
    gold: tuple[str, ...]
    ranks: dict[str, int | None] | None
    hits: tuple[str, ...] | None
    citations: tuple[str, ...] | None
    answer: str | None
    abstained: bool | None
    abstention_correct: bool | None
    measures: dict[str, float]
    search_seconds: float | None = None
    answer_seconds: float | None = None

    @property
    def faulty(self) -> bool:
        """Whether anything is below what a perfect system scores."""
        worst = {name: score for name, score in self.measures.items() if name not in _INVERSE}
        inverse = [self.measures[name] for name in _INVERSE if name in self.measures]
        return (
            any(score < 1.0 for score in worst.values())
            or any(inverse)
            or self.abstention_correct is False
        )


_INVERSE = ("hallucinated_ids", "absent_in_violations")


@dataclass(frozen=True, slots=True)
class SavedReport:
    """Means by name (None where no question says anything), the rows and where they come from.

    `run` names the question file, the system, its generation, versions and the time.
    """

    measures: dict[str, float | None]
    per_question: tuple[SavedRow, ...]
    run: dict[str, str] = field(default_factory=dict)

    def scores(self, measure: str) -> dict[str, float]:
        """The scores of a measure by question id, over the questions its mean is over."""
        # The mean of such a measure is over fully answerable questions; the partial ones stand apart.
        apart = f"partial/{measure}" in self.measures
        return {
            row.id: row.measures[measure]
            for row in self.per_question
            if measure in row.measures and not (apart and row.answerable is not Answerable.YES)
        }


_REPORT = TypeAdapter(SavedReport)


def read_report(path: Path) -> SavedReport:
    """Read a report that `kb eval --json` or `--out` wrote. Raises InputError."""
    try:
        return _REPORT.validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(
            f"評価結果「{path}」を読めません（{system_reason(error)}）。場所と読み取り権限を確認してください。"
        ) from error
    except ValidationError as error:
        raise InputError(
            f"「{path}」は kb eval の評価結果（JSON）として読めません。"
            "kb eval --json の出力か --out で作った report.json を指定してください。"
        ) from error


def saved_report(document: Mapping[str, object]) -> SavedReport:
    """The document that `kb eval --json` prints as a typed report."""
    return _REPORT.validate_python(document)


def mean(values: Iterable[float]) -> float | None:
    """The mean, None of nothing."""
    known = list(values)
    return sum(known) / len(known) if known else None
