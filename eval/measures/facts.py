"""Whether the answer holds what a good answer must say."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from eval.questions import JudgedQuestion
from eval.response import Response

_ASIDE = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class FactShare:
    """The share of a question's `facts` in the words of the answer and its table.

    Character width, white space and commas are set aside: 「５兆６，５９８億円」 is 「5兆6598億円」.
    """

    name: str = "facts"
    answerable_only: bool = False

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when the question states no facts or there is no answer to read."""
        if response.answer is None or not question.facts:
            return None
        answer = _plain(response.answer)
        return sum(_plain(fact) in answer for fact in question.facts) / len(question.facts)


def _plain(text: str) -> str:
    return _ASIDE.sub("", unicodedata.normalize("NFKC", text))
