"""Whether an answer over several documents leaves none of them out."""

from __future__ import annotations

from dataclasses import dataclass

from eval.questions import Answerable, JudgedQuestion
from eval.response import Response
from kb.ids import document_of, is_at_or_below


@dataclass(frozen=True, slots=True)
class Completeness:
    """The share of sources that a question must find with a right citation in each.

    A source is a document, or a case of a case book: cases are what a comparison is over.
    """

    name: str = "completeness"
    answerable_only: bool = True

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when fewer than two sources have to be found, or citations are not given at all."""
        wanted = {_source(place) for place in question.must_find}
        if response.citations is None or len(wanted) < 2 or question.answerable is Answerable.NO:
            return None
        right = {
            _source(place)
            for place in question.must_find
            if any(is_at_or_below(cited.id, place) for cited in response.citations)
        }
        return len(right) / len(wanted)


def _source(place: str) -> str:
    document, *labels = place.split("/")
    return (
        "/".join((document, *labels[:1]))
        if labels[:1] and "事例" in labels[0]
        else document_of(place)
    )
