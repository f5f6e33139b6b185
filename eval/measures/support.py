"""Whether the words of an answer are borne out by what they cite."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checking import Source, check
from assistant.checking.quantities import quantities
from assistant.checking.statements import statements
from eval.questions import JudgedQuestion
from eval.response import Response
from eval.sources import Sources
from kb.addresses import clause_mentions


@dataclass(frozen=True, slots=True)
class ClaimSupport:
    """The share of claims that the citation checker finds borne out by the places they cite.

    [n] in the answer is the n-th citation; a claim without a number, or with one that does not
    exist, is not borne out.
    """

    sources: Sources
    name: str = "claim_support"
    answerable_only: bool = False

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when the system abstained, gave no answer or claims nothing."""
        if response.abstained or not response.claims:
            return None
        checked = check(response.claims, cited_sources(self.sources, response))
        claims = [item for item in checked.statements if item.statement.claims]
        return sum(item.holds for item in claims) / len(claims) if claims else None


@dataclass(frozen=True, slots=True)
class NumberAccuracy:
    """The share of numbers, dates and amounts of an answer that stand in the places it cites.

    Clause numbers are left to the other measures.
    """

    sources: Sources
    name: str = "number_accuracy"
    answerable_only: bool = False

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None when the system abstained or its answer holds no number."""
        if response.abstained or not response.claims:
            return None
        said = [
            quantity
            for statement in statements(response.claims)
            for quantity in quantities(_without_addresses(statement.text))
        ]
        if not said:
            return None
        cited = cited_sources(self.sources, response)
        stated = quantities("\n".join(f"{item.text}\n{item.context}" for item in cited))
        return sum(quantity.is_borne_out(stated) for quantity in said) / len(said)


def cited_sources(sources: Sources, response: Response) -> list[Source]:
    """The places that a response cites as numbered evidence; those that do not exist are left out."""
    return [
        source
        for n, cited in enumerate(response.citations or (), start=1)
        if (source := sources.evidence(cited.id, n))
    ]


def _without_addresses(text: str) -> str:
    plain = list(text)
    for mention in clause_mentions(text):
        span = mention.span
        plain[span.start : span.end] = " " * (span.end - span.start)
    return "".join(plain)
