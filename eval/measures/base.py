"""What a measure is."""

from __future__ import annotations

from typing import Protocol

from eval.questions import JudgedQuestion
from eval.response import Response


class Measure(Protocol):
    """Scores the response to one question; the score of a set is the mean over its questions.

    Measures are values: two of the same fields are equal. `answerable_only` measures look at
    questions that have an answer, those answered in part apart from the others.
    """

    @property
    def name(self) -> str:
        """The key of the measure in reports."""
        ...

    @property
    def answerable_only(self) -> bool:
        """Whether the mean is over questions with `answerable` yes (and, apart, partial)."""
        ...

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """A number, 0.0 to 1.0; None when the measure says nothing of this question."""
        ...
