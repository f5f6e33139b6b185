"""Measures of a ranked list of hits, computed by ir-measures; the only module that imports it.

Judgements name nodes, and a hit counts for a judged node when it is that node or stands below it,
so several hits may stand for one judged node and, where judged nodes are nested, one hit for
several. TREC measures know neither. Hence a ranked list is first turned into a list of *gold
places*, one relevant document of the qrels each:

- a hit becomes the judged places it stands for that no earlier hit stood for, nearest first;
- a hit that stands for none, or only for places already counted, keeps its rank as a miss.

Only the first ten hits are looked at; MRR is thus MRR@10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.questions import JudgedQuestion
from eval.response import Response
from kb.ids import is_at_or_below

DEPTH = 10
"""How many hits of a list are judged."""

# After the cut at DEPTH hits, nested places can make the list longer: recall looks at all of it.
_TREC_NAMES = {
    "hit@1": "Success@1",
    "hit@5": "Success@5",
    "recall@10": "R@1000",
    "MRR": "RR",
    "nDCG@10": "nDCG@10",
}

Found = Sequence[Sequence[str]]
"""For each hit, best first, the judged ids that it stands for."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """One of hit@1, hit@5, recall@10, MRR, nDCG@10 over the places that must be found."""

    name: str
    answerable_only: bool = True

    def score(self, question: JudgedQuestion, response: Response) -> float | None:
        """None without a ranked list or without a place that must be found."""
        if response.hits is None or not question.must_find:
            return None
        return self.of_found(found_by(response.hits, question.must_find), question.must_find)

    def of_found(self, found: Found, wanted: Sequence[str]) -> float:
        """Score a list that says for each hit which of the wanted ids it stands for."""
        import ir_measures

        places = _gold_places(found)
        qrels = [ir_measures.Qrel("q", place, 1) for place in wanted]
        run = [ir_measures.ScoredDoc("q", place, float(-rank)) for rank, place in enumerate(places)]
        measure = ir_measures.parse_measure(_TREC_NAMES[self.name])
        return float(ir_measures.calc_aggregate([measure], qrels, run)[measure])


RANKINGS: tuple[Ranking, ...] = tuple(Ranking(name) for name in _TREC_NAMES)


def found_by(hits: Sequence[str], wanted: Sequence[str]) -> Found:
    """The wanted ids that each hit stands for."""
    return [[place for place in wanted if is_at_or_below(hit, place)] for hit in hits]


def ranks(hits: Sequence[str], wanted: Sequence[str]) -> dict[str, int | None]:
    """The 1-based rank of the first hit that stands for each wanted id, None when none does."""
    found = found_by(hits, wanted)
    return {
        place: next((rank for rank, places in enumerate(found, start=1) if place in places), None)
        for place in wanted
    }


def _gold_places(found: Found) -> list[str]:
    listed: list[str] = []
    for rank, places in enumerate(found[:DEPTH], start=1):
        fresh = sorted((place for place in places if place not in listed), key=len, reverse=True)
        listed += fresh or [f"miss {rank}"]
    return listed
