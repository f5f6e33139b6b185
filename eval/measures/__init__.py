"""Measures: small frozen values, each a mean over questions."""

from eval.measures.absence import AbsentDocuments
from eval.measures.abstention import AbstentionPrecision, AbstentionRecall, abstained_rightly
from eval.measures.base import Measure
from eval.measures.citations import CitationF1, CitationPrecision, CitationRecall
from eval.measures.completeness import Completeness
from eval.measures.facts import FactShare
from eval.measures.quotes import HallucinatedIds, QuoteExactness
from eval.measures.ranking import RANKINGS, Ranking, ranks
from eval.measures.support import ClaimSupport, NumberAccuracy
from eval.sources import Sources


def standard_measures(sources: Sources) -> tuple[Measure, ...]:
    """All measures that `kb eval` prints, in its order."""
    return (
        *RANKINGS,
        CitationPrecision(),
        CitationRecall(),
        CitationF1(),
        QuoteExactness(sources),
        HallucinatedIds(sources),
        AbsentDocuments(),
        Completeness(),
        ClaimSupport(sources),
        NumberAccuracy(sources),
        FactShare(),
        AbstentionPrecision(),
        AbstentionRecall(),
    )


__all__ = [
    "RANKINGS",
    "AbsentDocuments",
    "AbstentionPrecision",
    "AbstentionRecall",
    "CitationF1",
    "CitationPrecision",
    "CitationRecall",
    "ClaimSupport",
    "Completeness",
    "FactShare",
    "HallucinatedIds",
    "Measure",
    "NumberAccuracy",
    "QuoteExactness",
    "Ranking",
    "abstained_rightly",
    "ranks",
    "standard_measures",
]
