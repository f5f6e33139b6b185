"""Whether quotes are verbatim and cited places exist."""

from __future__ import annotations

from dataclasses import dataclass

from eval.questions import JudgedQuestion
from eval.response import CitedPlace, Response
from eval.sources import Sources, bare


@dataclass(frozen=True, slots=True)
class QuoteExactness:
    """The share of quotes that stand in the source, white space aside.

    With offsets, text[start:end] of the document must equal the quote; without, the quote must
    stand in the cited place.
    """

    sources: Sources
    name: str = "quote_exactness"
    answerable_only: bool = False

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when nothing was quoted."""
        exact = [
            self._exact(cited, cited.quote)
            for cited in response.citations or ()
            if cited.quote is not None
        ]
        return sum(exact) / len(exact) if exact else None

    def _exact(self, cited: CitedPlace, quote: str) -> bool:
        if not bare(quote):
            return False
        if cited.start is None or cited.end is None:
            return self.sources.holds(cited.id, quote)
        return bare(self.sources.slice(cited.id, cited.start, cited.end)) == bare(quote)


@dataclass(frozen=True, slots=True)
class HallucinatedIds:
    """The share of citations whose place does not exist."""

    sources: Sources
    name: str = "hallucinated_ids"
    answerable_only: bool = False

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when nothing was cited."""
        if not response.citations:
            return None
        unknown = [not self.sources.knows(cited.id) for cited in response.citations]
        return sum(unknown) / len(unknown)
