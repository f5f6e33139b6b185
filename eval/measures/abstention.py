"""Whether a system says so when the documents do not answer, and only then.

Questions answered in part are left out: both an answer and an abstention can be right there.
"""

from __future__ import annotations

from dataclasses import dataclass

from eval.questions import Answerable, JudgedQuestion
from eval.response import Response


@dataclass(frozen=True, slots=True)
class AbstentionPrecision:
    """Of the questions a system abstained from, the share that has no answer."""

    name: str = "abstention_precision"
    answerable_only: bool = False

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when the system answered."""
        if not response.abstained or question.answerable is Answerable.PARTIAL:
            return None
        return float(question.answerable is Answerable.NO)


@dataclass(frozen=True, slots=True)
class AbstentionRecall:
    """Of the questions without an answer, the share that a system abstained from."""

    name: str = "abstention_recall"
    answerable_only: bool = False

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when the question has an answer."""
        if response.abstained is None or question.answerable is not Answerable.NO:
            return None
        return float(response.abstained)


def abstained_rightly(question: JudgedQuestion, response: Response) -> bool | None:
    """Whether abstaining or answering was right; None where both are or nothing was answered."""
    if response.abstained is None or question.answerable is Answerable.PARTIAL:
        return None
    return response.abstained is (question.answerable is Answerable.NO)
