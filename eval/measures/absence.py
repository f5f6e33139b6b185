"""Whether a document without the rule was cited as having it."""

from __future__ import annotations

from dataclasses import dataclass

from eval.questions import JudgedQuestion
from eval.response import Response
from kb.ids import document_of, is_at_or_below


@dataclass(frozen=True, slots=True)
class AbsentDocuments:
    """1.0 when a document of `absent_in` is cited, else 0.0; the mean is the share of violations.

    A place of such a document that is judged itself (as contrast, say) may be cited.
    """

    name: str = "absent_in_violations"
    answerable_only: bool = False

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when the question names no such document."""
        if response.citations is None or not question.absent_in:
            return None
        return float(
            any(
                document_of(cited.id) in question.absent_in
                and not any(is_at_or_below(cited.id, place) for place in question.citable)
                for cited in response.citations
            )
        )
