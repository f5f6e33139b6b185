"""The shipped question files: their places exist, and the kept ones use everyday words."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from eval.questions import Answerable, JudgedQuestion, read_questions
from kb.documents import Node
from kb.ids import document_of
from kb.resources import CORPUS
from kb.store import KnowledgeBase
from tests.conftest import REPOSITORY

FOLDER = REPOSITORY / "eval" / "questions"
FILES = sorted(FOLDER.glob("*.jsonl"))


@pytest.fixture(scope="module")
def nodes(shipped_home: Path) -> dict[str, Node]:
    kb = KnowledgeBase.open(shipped_home)
    return {node.id: node for document in kb.documents() for node in kb.nodes(document.id)}


def at_or_below(id: str, nodes: dict[str, Node]) -> list[Node]:
    return [node for key, node in nodes.items() if key == id or key.startswith(f"{id}/")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_quotes_stand_at_or_below_the_place_they_are_judged_for(
    path: Path, nodes: dict[str, Node]
) -> None:
    for question in read_questions(path):
        for gold in question.gold:
            spans = [span for node in at_or_below(gold.id, nodes) for span in node.segments]
            if gold.start is None:  # Judged by its id alone.
                assert spans, (question.id, gold.id)
                continue
            assert any(span.start <= gold.start < span.end for span in spans), (
                question.id,
                gold.id,
            )


@pytest.mark.parametrize("name", ["frozen", "kept"])
def test_sets_that_are_never_tuned_on(name: str) -> None:
    questions = read_questions(FOLDER / f"{name}.jsonl")
    assert len(questions) == 60
    assert {question.fold for question in questions} == {1}
    for question in questions:
        assert bool(question.must_find) == (question.answerable is not Answerable.NO)


def test_frozen_questions_without_an_answer() -> None:
    questions = read_questions(FOLDER / "frozen.jsonl")
    assert sum(question.answerable is Answerable.NO for question in questions) >= 15


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c == "ー")


def _shared(wording: str, passages: list[str]) -> float:
    """The share of the wording's character bigrams that stand in the passages."""
    letters = _letters(wording)
    bigrams = [letters[i : i + 2] for i in range(len(letters) - 1)]
    return sum(any(pair in passage for passage in passages) for pair in bigrams) / len(bigrams)


def test_kept_questions_do_not_use_the_words_of_the_clauses(nodes: dict[str, Node]) -> None:
    def clause(question: JudgedQuestion) -> list[str]:
        passages = []
        for id in {gold.id for gold in question.gold}:
            text = (CORPUS / f"{document_of(id)}.txt").read_text(encoding="utf-8")
            spans = [span for node in at_or_below(id, nodes) for span in node.segments]
            passages += [_letters("".join(text[span.start : span.end] for span in spans))]
        return passages

    for question in read_questions(FOLDER / "kept.jsonl"):
        passages = clause(question)
        for wording in (question.question, *question.variants):
            assert _shared(wording, passages) <= 1 / 3, (question.id, wording)
