"""Whether the right places were cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eval.questions import Answerable, JudgedQuestion
from eval.response import Response
from kb.ids import is_at_or_below


@dataclass(frozen=True, slots=True)
class CitationPrecision:
    """The share of citations at or below a judged place.

    A place that may be found (nearest, related, contrast, example …) is as right as one that must
    be; an excluded one is wrong, and so is every place not judged. An answer without citations has
    no precision; its recall is 0.
    """

    name: str = "citation_precision"
    answerable_only: bool = True

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when nothing was cited or the question has no answer."""
        if not response.citations or question.answerable is Answerable.NO:
            return None
        right = [_covered(cited.id, question.citable) for cited in response.citations]
        return sum(right) / len(right)


@dataclass(frozen=True, slots=True)
class CitationRecall:
    """The share of places that must be found with a citation at or below them."""

    name: str = "citation_recall"
    answerable_only: bool = True

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when citations are not given at all or no place must be found."""
        wanted = question.must_find
        if response.citations is None or not wanted or question.answerable is Answerable.NO:
            return None
        cited = [citation.id for citation in response.citations]
        return sum(any(is_at_or_below(id, place) for id in cited) for place in wanted) / len(wanted)


@dataclass(frozen=True, slots=True)
class CitationF1:
    """The harmonic mean of precision and recall of one question; 0 when nothing was cited."""

    name: str = "citation_f1"
    answerable_only: bool = True

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when recall is."""
        recall = CitationRecall().score(question, response)
        if recall is None:
            return None
        precision = CitationPrecision().score(question, response) or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _covered(id: str, places: Iterable[str]) -> bool:
    return any(is_at_or_below(id, place) for place in places)
