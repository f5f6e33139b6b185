"""Judged questions: what is read and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.questions import Answerable, GoldPlace, JudgedQuestion, read_questions
from kb.errors import InputError
from kb.ids import document_of
from kb.resources import CORPUS
from tests.conftest import REPOSITORY

ROW = (
    '{"id": "Q1", "question": " 見積先は？ ", "answerable": "yes", "type": "lookup", "note": "x",'
    ' "gold": [{"id": "a/第1/(1)", "role": "answer", "quote": "見積先", "start": 7, "end": 10,'
    ' "doc": "a"}, {"id": "a/第1/(2)", "role": "related"}], "facts": ["3％"], "fold": 1}'
)


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_row_is_read(tmp_path: Path) -> None:
    (question,) = read_questions(write(tmp_path, f"\ufeff{ROW}\n\n"))
    assert question == JudgedQuestion(
        id="Q1",
        question="見積先は？",
        answerable=Answerable.YES,
        gold=(
            GoldPlace("a/第1/(1)", "answer", "見積先", 7, 10),
            GoldPlace("a/第1/(2)", "related"),
        ),
        type="lookup",
        facts=("3％",),
        fold=1,
    )
    assert question.must_find == ("a/第1/(1)",)
    assert question.citable == ("a/第1/(1)", "a/第1/(2)")


def test_an_excluded_place_is_not_citable() -> None:
    gold = (GoldPlace("a", "resolved"), GoldPlace("a", "answer"), GoldPlace("b", "excluded"))
    question = JudgedQuestion("Q", "?", Answerable.YES, gold)
    assert question.must_find == ("a",)
    assert question.citable == ("a",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"q\.jsonl」に質問が1件もありません"),
        ("\n \n", r"質問が1件もありません"),
        (f"{ROW}\n{{", r"q\.jsonl」の2行目をJSONとして読めません"),
        ("3", r"1行目がJSONオブジェクトではありません"),
        (ROW.replace('"answerable": "yes", ', ""), r"1行目に項目「answerable」がありません"),
        (ROW.replace('"yes"', '"maybe"'), r"項目「answerable」の値「maybe」は使えません"),
        (ROW.replace("7", "-7"), r"項目「gold\.0\.start」の値「-7」は使えません"),
        (ROW.replace(" 見積先は？ ", " "), r"項目「question」の値"),
        (f"\n{ROW}\n{ROW}", r"3行目のid「Q1」は前の行と重複"),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_questions(write(tmp_path, content))


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl」を読めません"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="を読めません"):
        read_questions(tmp_path)
    latin = tmp_path / "sjis.jsonl"
    latin.write_bytes("質問".encode("shift_jis"))
    with pytest.raises(InputError, match="UTF-8"):
        read_questions(latin)


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "eval" / "questions").glob("*.jsonl")), ids=lambda path: path.stem
)
def test_quotes_of_shipped_questions_stand_in_the_corpus(path: Path) -> None:
    questions = read_questions(path)
    assert len(questions) >= (35 if path.stem.startswith("followups") else 60)
    for question in questions:
        for gold in question.gold:
            if gold.start is None:  # Judged by its id alone.
                assert not gold.quote
                continue
            text = (CORPUS / f"{document_of(gold.id)}.txt").read_text(encoding="utf-8")
            assert "".join(text[gold.start : gold.end].split()) == "".join(gold.quote.split())
