"""Scoring our own system and others' results, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.evaluate import evaluate_knowledge_base, evaluate_run, variant_loss
from eval.questions import Answerable, GoldPlace, JudgedQuestion
from eval.response import Response
from kb.errors import InputError
from kb.settings import Settings
from kb.store import KnowledgeBase


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def judged(id: str, answerable: str, *gold: str) -> dict[str, object]:
    places = [{"id": place, "role": "answer"} for place in gold]
    return {"id": id, "question": f"{id}?", "answerable": answerable, "gold": places}


def test_another_systems_answers_are_scored(kb: KnowledgeBase, tmp_path: Path) -> None:
    questions = write(
        tmp_path / "q.jsonl",
        judged("Q1", "yes", "a/第1/(1)", "b/第1/(1)"),
        judged("Q2", "yes", "a/第1/(2)"),
        judged("Q3", "no"),
    )
    run = write(
        tmp_path / "answers.jsonl",
        {
            "id": "Q1",
            "citations": [
                {"id": "a/第1/(1)", "quote": "見積先に含めるよう努める。"},
                {"id": "a/第9", "quote": "見積先に含めるよう努める。"},
            ],
            "answer": "努める",
        },
        {"id": "Q3", "citations": [], "abstained": True},
    )
    report = evaluate_run(questions, run, kb).as_json()
    measures = report["measures"]
    assert measures["questions"] == 3
    assert measures["hit@1"] is None
    assert measures["citation_precision"] == 0.5
    assert measures["citation_recall"] == 0.25
    assert measures["citation_f1"] == 0.25
    assert measures["quote_exactness"] == 0.5
    assert measures["hallucinated_ids"] == 0.5
    assert measures["abstention_precision"] == 1.0
    assert measures["abstention_recall"] == 1.0
    assert measures["gold_ids_missing"] == 0
    assert [row["id"] for row in report["per_question"]] == ["Q1", "Q2", "Q3"]
    assert report["per_question"][1]["citations"] == []


def test_another_systems_ranking_is_scored(kb: KnowledgeBase, tmp_path: Path) -> None:
    questions = write(
        tmp_path / "q.jsonl", judged("Q1", "yes", "a/第1"), judged("Q2", "yes", "z/第9")
    )
    run = tmp_path / "run.trec"
    run.write_text("Q1 Q0 b/第1 1 2 mine\nQ1 Q0 a/第1/(2) 2 1 mine\n", "utf-8")
    measures = evaluate_run(questions, run, kb).as_json()["measures"]
    assert measures["hit@1"] == 0.0
    assert measures["hit@5"] == 0.5
    assert measures["MRR"] == 0.25
    assert measures["citation_recall"] is None
    assert measures["abstention_recall"] is None
    assert measures["gold_ids_missing"] == 1


def test_a_run_of_other_questions_is_refused(kb: KnowledgeBase, tmp_path: Path) -> None:
    questions = write(tmp_path / "q.jsonl", judged("Q1", "yes", "a/第1"))
    run = write(tmp_path / "answers.jsonl", {"id": "X1", "citations": []})
    with pytest.raises(InputError, match=r"answers\.jsonl」に.*idが1つもありません"):
        evaluate_run(questions, run, kb)


def test_variant_loss_is_per_variant() -> None:
    gold = (GoldPlace("a", "answer"),)
    questions = [
        JudgedQuestion("Q1", "good", Answerable.YES, gold, variants=("good", "bad")),
        JudgedQuestion("Q2", "good", Answerable.YES, gold, variants=("bad", "bad")),
        JudgedQuestion("Q3", "bad", Answerable.YES, gold),
        JudgedQuestion("Q4", "good", Answerable.NO, (), variants=("bad",)),
    ]

    def search(words: str) -> Response:
        return Response(hits=("a",) if words == "good" else ("x", "a"))

    assert dict(variant_loss(questions, search)) == pytest.approx(
        {
            "variant_loss/hit@1": 0.75,
            "variant_loss/hit@5": 0.0,
            "variant_loss/recall@10": 0.0,
            "variant_loss/MRR": 0.375,
            "variant_loss/nDCG@10": 0.75 * (1 - 0.63092975),
        }
    )
    assert variant_loss(questions[2:], search) == ()


def test_our_own_system_is_scored(shipped_home: Path, tmp_path: Path) -> None:
    settings = Settings(home=shipped_home)
    words = "人件費比率の高い役務契約に対し、業務内容に応じて部分払い（毎月払い等）を行う"
    same_rule = ("kihon-r05/第2/3/(10)/①", "shigaku-r08/第2/13", "kanoya-r07/第2/18")
    row = judged("Q1", "yes", *same_rule) | {
        "question": words,
        "facts": ["部分払い"],
        "variants": [words],
    }
    questions = write(tmp_path / "q.jsonl", row)
    kb = KnowledgeBase.open(settings.home)
    report = evaluate_knowledge_base(questions, kb, settings, variants=True).as_json()
    measures = report["measures"]
    assert measures["hit@1"] == 1.0
    assert measures["recall@10"] == 1.0
    assert measures["citation_recall"] > 0
    assert measures["quote_exactness"] == 1.0
    assert measures["hallucinated_ids"] == 0.0
    assert measures["facts"] == 1.0
    assert measures["variant_loss/hit@1"] == 0.0
    assert measures["gold_ids_missing"] == 0.0
    (result,) = report["per_question"]
    assert sorted(result["ranks"]) == sorted(same_rule)
    assert 1 in result["ranks"].values()
    assert result["abstention_correct"] is True
    assert 0 < result["search_seconds"] < 60
