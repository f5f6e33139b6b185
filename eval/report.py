"""The scores of one system on one set of questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.measures import Measure, abstained_rightly, ranks
from eval.questions import Answerable, JudgedQuestion
from eval.response import Response

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question, the response to it and its score by each measure that applies."""

    question: JudgedQuestion
    response: Response
    scores: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """One row of `per_question`; what the system did not give is None."""
        question, response = self.question, self.response
        cited = response.citations
        return {
            "id": question.id,
            "question": question.question,
            "type": question.type,
            "answerable": question.answerable.value,
            "gold": list(question.must_find),
            "ranks": None if response.hits is None else ranks(response.hits, question.must_find),
            "hits": None if response.hits is None else list(response.hits),
            "citations": None if cited is None else [citation.id for citation in cited],
            "answer": response.answer,
            "abstained": response.abstained,
            "abstention_correct": abstained_rightly(question, response),
            "measures": {name: round(score, _DIGITS) for name, score in self.scores.items()},
            "search_seconds": response.search_seconds,
            "answer_seconds": response.answer_seconds,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """Per-question results and the mean of each measure.

    `extra` holds further figures of the whole set (a count, the loss by variants), `run` says what
    was measured: question file, system, generation, versions, time.
    """

    measures: tuple[Measure, ...]
    results: tuple[QuestionResult, ...]
    extra: tuple[tuple[str, float], ...] = ()
    run: tuple[tuple[str, str], ...] = ()

    def scores(self, measure: Measure, answerable: Answerable = Answerable.YES) -> list[float]:
        """The scores of a measure over the questions it is averaged over, in their order."""
        return [
            result.scores[measure.name]
            for result in self.results
            if measure.name in result.scores
            and (not measure.answerable_only or result.question.answerable is answerable)
        ]

    def means(self) -> dict[str, float | None]:
        """Every figure by name; None where no question says anything.

        `partial/…` are the means over questions answered in part, which the plain ones leave out.
        """
        means: dict[str, float | None] = {"questions": float(len(self.results))}
        means |= {measure.name: _mean(self.scores(measure)) for measure in self.measures}
        for measure in self.measures:
            if measure.answerable_only:
                scores = self.scores(measure, Answerable.PARTIAL)
                means[f"partial/{measure.name}"] = _mean(scores)
        for name in ("search_seconds", "answer_seconds"):
            seconds = [
                value
                for result in self.results
                if (value := getattr(result.response, name)) is not None
            ]
            for percentile in (50, 95):
                means[f"{name}_p{percentile}"] = (
                    float(np.percentile(seconds, percentile)) if seconds else None
                )
        return means | dict(self.extra)

    def as_json(self) -> dict[str, Any]:
        """The document that `kb eval --json` prints."""
        return {
            "measures": {
                name: None if value is None else round(value, _DIGITS)
                for name, value in self.means().items()
            },
            "per_question": [result.as_json() for result in self.results],
            "run": dict(self.run),
        }


def score_responses(
    questions: Sequence[JudgedQuestion],
    responses: Sequence[Response],
    measures: Sequence[Measure],
) -> tuple[QuestionResult, ...]:
    """Score each response; both sequences are in the same order."""
    return tuple(
        QuestionResult(
            question,
            response,
            {
                measure.name: score
                for measure in measures
                if (score := measure.score(question, response)) is not None
            },
        )
        for question, response in zip(questions, responses, strict=True)
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
