"""Every measure with numbers worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import (
    AbsentDocuments,
    AbstentionPrecision,
    AbstentionRecall,
    CitationF1,
    CitationPrecision,
    CitationRecall,
    ClaimSupport,
    Completeness,
    FactShare,
    HallucinatedIds,
    NumberAccuracy,
    QuoteExactness,
    Ranking,
    abstained_rightly,
    ranks,
)
from eval.questions import Answerable, GoldPlace, JudgedQuestion
from eval.response import CitedPlace, Response
from eval.sources import Sources

YES, PARTIAL, NO = Answerable.YES, Answerable.PARTIAL, Answerable.NO


def asked(
    *gold: str,
    answerable: Answerable = YES,
    role: str = "answer",
    facts: tuple[str, ...] = (),
    absent_in: tuple[str, ...] = (),
) -> JudgedQuestion:
    places = tuple(GoldPlace(id, role) for id in gold)
    return JudgedQuestion("Q", "?", answerable, places, facts=facts, absent_in=absent_in)


def cited(*ids: str) -> Response:
    return Response(citations=tuple(CitedPlace(id) for id in ids))


def ranking_scores(question: JudgedQuestion, *hits: str) -> dict[str, float | None]:
    names = ("hit@1", "hit@5", "recall@10", "MRR", "nDCG@10")
    return {name: Ranking(name).score(question, Response(hits=hits)) for name in names}


def test_ranking_of_two_places() -> None:
    scores = ranking_scores(asked("a/1", "b/1"), "x", "a/1/(1)", "b/1")
    ndcg = (1 / math.log2(3) + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    assert scores == pytest.approx(
        {"hit@1": 0.0, "hit@5": 1.0, "recall@10": 1.0, "MRR": 0.5, "nDCG@10": ndcg}
    )


def test_hits_below_one_place_count_once_and_keep_their_rank() -> None:
    scores = ranking_scores(asked("a/1", "b/1"), "a/1/(1)", "a/1/(2)", "a/1")
    ndcg = 1 / (1 + 1 / math.log2(3))
    assert scores == pytest.approx(
        {"hit@1": 1.0, "hit@5": 1.0, "recall@10": 0.5, "MRR": 1.0, "nDCG@10": ndcg}
    )


def test_one_hit_below_nested_places_stands_for_both() -> None:
    fillers = [f"x{number}" for number in range(9)]
    scores = ranking_scores(asked("a/1", "a/1/①"), *fillers, "a/1/①")
    assert scores["recall@10"] == 1.0
    assert scores["MRR"] == pytest.approx(0.1)


def test_a_hit_above_a_place_or_of_a_like_name_does_not_count() -> None:
    assert ranking_scores(asked("a/1/①"), "a/1", "a/1/①2")["hit@5"] == 0.0


def test_only_ten_hits_are_looked_at() -> None:
    scores = ranking_scores(asked("a"), *(f"x{number}" for number in range(10)), "a")
    assert scores == dict.fromkeys(scores, 0.0)


def test_an_empty_list_scores_nothing_and_no_list_is_not_scored() -> None:
    assert set(ranking_scores(asked("a")).values()) == {0.0}
    assert Ranking("hit@1").score(asked("a"), Response()) is None
    assert Ranking("hit@1").score(asked("a", role="nearest"), Response(hits=("a",))) is None


def test_ranks_name_the_first_hit() -> None:
    assert ranks(("x", "a/1/(1)", "a/1"), ("a/1", "b")) == {"a/1": 2, "b": None}


PLACES = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join)


@given(st.lists(PLACES, max_size=15), st.sets(PLACES, min_size=1, max_size=5))
def test_recall_is_the_share_of_places_that_ten_hits_reach(hits: list[str], gold: set[str]) -> None:
    reached = [g for g in gold if any(f"{h}/".startswith(f"{g}/") for h in hits[:10])]
    scores = ranking_scores(asked(*gold), *hits)
    assert scores["recall@10"] == pytest.approx(len(reached) / len(gold))
    assert all(score is not None and 0 <= score <= 1 for score in scores.values())


def test_citation_precision_counts_every_judged_role_but_excluded() -> None:
    gold = (GoldPlace("a/1", "answer"), GoldPlace("b/1", "nearest"), GoldPlace("c", "excluded"))
    question = JudgedQuestion("Q", "?", YES, gold)
    response = cited("a/1/①", "b/1", "c", "d")
    assert CitationPrecision().score(question, response) == 0.5
    assert CitationRecall().score(question, response) == 1.0
    assert CitationF1().score(question, response) == pytest.approx(2 / 3)


def test_citations_of_one_place_do_not_raise_recall() -> None:
    response = cited("a/1", "a/1/①")
    assert CitationPrecision().score(asked("a/1", "b/1"), response) == 1.0
    assert CitationRecall().score(asked("a/1", "b/1"), response) == 0.5


def test_no_citation_has_no_precision_and_no_recall() -> None:
    assert CitationPrecision().score(asked("a"), cited()) is None
    assert CitationRecall().score(asked("a"), cited()) == 0.0
    assert CitationF1().score(asked("a"), cited()) == 0.0
    assert CitationF1().score(asked("a"), cited("b")) == 0.0


def test_citations_are_not_scored_without_citations_or_an_answer() -> None:
    assert CitationRecall().score(asked("a"), Response()) is None
    for measure in (CitationPrecision(), CitationRecall(), CitationF1()):
        assert measure.score(asked("a", answerable=NO), cited("a")) is None


def test_absent_documents() -> None:
    measure = AbsentDocuments()
    question = asked("a/1", absent_in=("b",))
    assert measure.score(question, cited("a/1", "b/2")) == 1.0
    assert measure.score(question, cited("a/1", "bb/2")) == 0.0
    assert measure.score(asked("a/1"), cited("b/2")) is None
    judged = asked("b/2", role="contrast", absent_in=("b",))
    assert measure.score(judged, cited("b/2/①")) == 0.0


@pytest.mark.parametrize(
    ("answerable", "abstained", "precision", "recall", "right"),
    [
        (NO, True, 1.0, 1.0, True),
        (NO, False, None, 0.0, False),
        (YES, True, 0.0, None, False),
        (YES, False, None, None, True),
        (PARTIAL, True, None, None, None),
        (NO, None, None, None, None),
    ],
)
def test_abstention(
    answerable: Answerable,
    abstained: bool | None,
    precision: float | None,
    recall: float | None,
    right: bool | None,
) -> None:
    question, response = asked(answerable=answerable), Response(abstained=abstained)
    assert AbstentionPrecision().score(question, response) == precision
    assert AbstentionRecall().score(question, response) == recall
    assert abstained_rightly(question, response) is right


def test_facts_stand_whatever_their_width_and_commas() -> None:
    question = asked(facts=("5兆6,598億円", "61％", "毎月払い", "３件"))
    response = Response(answer="約５兆６，５９８億円、61 %で毎月\n払い")
    assert FactShare().score(question, response) == 0.75
    assert FactShare().score(question, Response()) is None
    assert FactShare().score(asked(), response) is None


def test_quotes_with_offsets_must_equal_the_source(sources: Sources) -> None:
    right = CitedPlace("a/第1/(2)", "毎月 払いを行う。", 34, 42)
    shifted = CitedPlace("a/第1/(2)", "毎月払いを行う。", 33, 41)
    unknown = CitedPlace("z/第1", "毎月払いを行う。", 34, 42)
    unquoted = CitedPlace("a/第1/(2)")
    measure = QuoteExactness(sources)
    response = Response(citations=(right, shifted, unknown, unquoted))
    assert measure.score(asked(), response) == pytest.approx(1 / 3)
    assert measure.score(asked(), cited("a/第1")) is None


@pytest.mark.parametrize(
    ("place", "quote", "score"),
    [
        ("a/第1/(1)", "見積先に含めるよう", 1.0),
        ("a/第1", "毎月払いを行う。", 1.0),
        ("a/第1/(1)", "毎月払いを行う。", 0.0),
        ("a/第9", "毎月払いを行う。", 0.0),
        ("a/第1", " ", 0.0),
        ("a/第1/(1)", "見積先に含めよ", 0.0),
    ],
)
def test_quotes_without_offsets_must_stand_in_the_place(
    sources: Sources, place: str, quote: str, score: float
) -> None:
    response = Response(citations=(CitedPlace(place, quote),))
    assert QuoteExactness(sources).score(asked(), response) == score


def test_hallucinated_ids(sources: Sources) -> None:
    measure = HallucinatedIds(sources)
    assert measure.score(asked(), cited("a/第1/(1)", "b", "a/第2", "c/第1")) == 0.5
    assert measure.score(asked(), cited()) is None


def test_completeness_counts_documents_and_cases() -> None:
    question = asked("a/第1/(1)", "b/第1", "j/事例3/目的", "j/事例4/目的")
    cited = Response(
        citations=(CitedPlace("a/第1/(1)"), CitedPlace("a/第1/(1)"), CitedPlace("j/事例4/目的"))
    )
    assert Completeness().score(question, cited) == 0.5
    assert Completeness().score(asked("a/第1", "a/第2"), cited) is None
    assert Completeness().score(question, Response()) is None


@pytest.mark.parametrize(
    ("claims", "share"),
    [
        ("毎月払いを行う[2]。", 1.0),
        ("毎月払いを行わない[2]。", 0.0),
        ("毎月払いを行う。", 0.0),
        ("毎月払いを行う[1]。", 0.0),
        ("次のとおりです。\n毎月払いを行う[2]。見積先に含めなければならない[1]。", 0.5),
        ("次のとおりです。", None),
    ],
)
def test_claims_need_what_they_cite(sources: Sources, claims: str, share: float | None) -> None:
    cited = (CitedPlace("a/第1/(1)"), CitedPlace("a/第1/(2)"))
    response = Response(claims=claims, citations=cited)
    assert ClaimSupport(sources).score(asked(), response) == share


def test_numbers_of_an_answer_stand_in_what_it_cites(sources: Sources) -> None:
    cited = (CitedPlace("a/第1/(2)"),)
    said = Response(claims="a 第1(2)により毎月払いを30日以内に行う[1]。", citations=cited)
    assert NumberAccuracy(sources).score(asked(), said) == 0.0
    none = Response(claims="毎月払いを行う[1]。", citations=cited)
    assert NumberAccuracy(sources).score(asked(), none) is None
