"""Means, what they are over, and the JSON of a report."""

from __future__ import annotations

import pytest

from eval.measures import AbstentionPrecision, AbstentionRecall, Ranking
from eval.questions import Answerable, GoldPlace, JudgedQuestion
from eval.report import Report, score_responses
from eval.response import Response

MEASURES = (Ranking("hit@1"), AbstentionPrecision(), AbstentionRecall())


def question(id: str, answerable: Answerable) -> JudgedQuestion:
    return JudgedQuestion(id, f"{id}?", answerable, (GoldPlace("a/1", "answer"),), "lookup")


def report() -> Report:
    questions = [
        question("Q1", Answerable.YES),
        question("Q2", Answerable.YES),
        question("Q3", Answerable.PARTIAL),
        question("Q4", Answerable.NO),
    ]
    responses = [
        Response(hits=("a/1/①",), abstained=False, search_seconds=0.002),
        Response(hits=("b",), abstained=True, search_seconds=0.004),
        Response(hits=("a/1",), abstained=True, search_seconds=0.003),
        Response(hits=("a/1",), abstained=True, search_seconds=0.001),
    ]
    return Report(MEASURES, score_responses(questions, responses, MEASURES), (("count", 2.0),))


def test_means_leave_out_questions_answered_in_part_or_not_at_all() -> None:
    assert report().means() == {
        "questions": 4.0,
        "hit@1": 0.5,
        "abstention_precision": 0.5,
        "abstention_recall": 1.0,
        "partial/hit@1": 1.0,
        "search_seconds_p50": pytest.approx(0.0025),
        "search_seconds_p95": pytest.approx(0.00385),
        "answer_seconds_p50": None,
        "answer_seconds_p95": None,
        "count": 2.0,
    }


def test_rows_say_what_was_found_where() -> None:
    assert report().as_json()["per_question"][0] == {
        "id": "Q1",
        "question": "Q1?",
        "type": "lookup",
        "answerable": "yes",
        "gold": ["a/1"],
        "ranks": {"a/1": 1},
        "hits": ["a/1/①"],
        "citations": None,
        "answer": None,
        "abstained": False,
        "abstention_correct": True,
        "measures": {"hit@1": 1.0},
        "search_seconds": 0.002,
        "answer_seconds": None,
    }
