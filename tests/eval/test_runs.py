"""TREC runs, qrels and JSONL answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.questions import Answerable, GoldPlace, JudgedQuestion
from eval.response import CitedPlace, Response
from eval.runs import read_qrels, read_responses, read_run, write_qrels, write_run
from kb.errors import InputError


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "run"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_trec_run_is_ranked_by_score(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Q1 Q0 a/1 1 0.5 mine\nQ1 Q0 a/事例4/区 分 2 9e-1 mine\nQ2\tQ0\tb\t1\t1\tmine\n",
    )
    assert read_run(path) == {"Q1": ("a/事例4/区 分", "a/1"), "Q2": ("b",)}
    responses = read_responses(path)
    assert responses.by_question["Q2"] == Response(hits=("b",))
    assert responses.nothing == Response(hits=())


IDS = st.lists(st.text("a1/第①(事例 ", min_size=1).map(str.strip).filter(bool), unique=True)


@given(st.dictionaries(st.sampled_from(["Q1", "Q2"]), IDS.filter(bool), min_size=1))
def test_a_run_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, run: dict[str, list[str]]
) -> None:
    path = tmp_path_factory.mktemp("runs") / "run"
    write_run(path, run, "kb")
    assert read_run(path) == {question: tuple(ids) for question, ids in run.items()}


def test_qrels_out_and_in(tmp_path: Path) -> None:
    gold = (GoldPlace("a/1", "answer"), GoldPlace("a/2", "related"), GoldPlace("b", "resolved"))
    path = tmp_path / "qrels"
    write_qrels(path, [JudgedQuestion("Q1", "?", Answerable.YES, gold)])
    assert path.read_text(encoding="utf-8") == "Q1 0 a/1 1\nQ1 0 b 1\n"
    assert read_qrels(path) == {"Q1": {"a/1": 1, "b": 1}}
    with pytest.raises(InputError, match="1行目はTREC形式"):
        read_qrels(write(tmp_path, "Q1 a/1"))


def test_jsonl_answers(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '{"id": "Q1", "citations": [{"id": "a/1", "quote": "文"}], "answer": "はい", "seconds": 1}\n'
        '{"id": "Q2", "citations": [], "abstained": true}\n',
    )
    responses = read_responses(path)
    assert responses.by_question == {
        "Q1": Response(
            citations=(CitedPlace("a/1", "文"),),
            answer="はい",
            claims="はい",
            abstained=False,
            answer_seconds=1.0,
        ),
        "Q2": Response(citations=(), abstained=True),
    }
    assert responses.nothing == Response(citations=(), answer="", abstained=False)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "は空です"),
        ("Q1 Q0 a/1 1 mine", "1行目はTREC形式"),
        ("Q1 Q0 a/1 1 0.5 mine\nQ1 Q0 a/1 first 0.5 mine", "2行目はTREC形式"),
        ("Q1 Q0 a/1 1 nan mine", "1行目はTREC形式"),
        ('{"id": "Q1", "citations": []}\nQ1 Q0 a 1 1 m', "2行目をJSONとして読めません"),
        ('{"id": "Q1"}', "1行目に項目「citations」がありません"),
        ('{"id": "Q1", "citations": [{"quote": "文"}]}', "項目「citations.0.id」がありません"),
        ('{"id": "Q1", "citations": []}\n{"id": "Q1", "citations": []}', "2行目のid「Q1」は前の"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_responses(write(tmp_path, content))


def test_a_run_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="書き込めません"):
        write_run(tmp_path / "none" / "run", {"Q1": ["a"]}, "kb")
