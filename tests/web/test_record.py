"""What is kept of conversations and ratings."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import StorageFullError
from kb.fiscal_year import FiscalYear
from kb.results import Filters
from tests.web import samples
from ui.web.record import FILE, Record
from ui.web.turns import Chip, ChipKind, Rating, Turn

TURN = Turn(
    "t1",
    "分離発注の工夫は？",
    Filters(year=FiscalYear(2023), kind="kihon"),
    ("部分払",),
    (Chip(ChipKind.MEANING, "部分払", "毎月払い → 部分払"),),
    samples.ANSWER,
    samples.ADDRESSES,
    followups=("次は？",),
    generation="g1",
)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path)


def test_a_conversation_is_read_back_equal(record: Record, tmp_path: Path) -> None:
    conversation = record.keep("me", TURN).conversation
    first = replace(TURN, conversation=conversation)
    second = replace(first, id="t2", question="次の質問", answer=None, problem="だめでした。")
    assert record.keep("me", second) == second
    assert Record(tmp_path).turns("me", conversation) == (first, second)
    (listed,) = record.conversations("me")
    assert (listed.id, listed.title, listed.turns) == (conversation, "分離発注の工夫は？", 2)


def test_a_turn_asked_again_takes_its_own_place(record: Record) -> None:
    first = record.keep("me", TURN)
    record.keep("me", replace(first, id="t2"))
    record.rate("me", first, Rating(True))
    again = record.keep("me", replace(first, ignored=()))
    assert [turn.id for turn in record.turns("me", first.conversation)] == ["t1", "t2"]
    assert record.turn("me", "t1") == again, "its rating was of another answer"


def test_nobody_sees_or_changes_what_is_not_his(record: Record) -> None:
    conversation = record.keep("me", TURN).conversation
    assert record.turns("you", conversation) == ()
    assert record.turn("you", "t1") is None
    assert record.conversations("you") == ()
    record.forget("you", conversation)
    other = record.keep("you", replace(TURN, id="t9", conversation=conversation))
    assert other.conversation != conversation
    assert [turn.id for turn in record.turns("me", conversation)] == ["t1"]


def test_history_is_searched_by_all_words_whatever_their_width(record: Record) -> None:
    first = record.keep("me", replace(TURN, id="a", question="ＰＦＩと100%の目標")).conversation
    second = record.keep("me", replace(TURN, id="b", question="少額随契")).conversation
    assert [item.id for item in record.conversations("me")] == [second, first]
    assert [item.id for item in record.conversations("me", "pfi １００%")] == [first]
    assert [item.id for item in record.conversations("me", "適正な価格")] == [second, first]
    assert record.conversations("me", "pfi 少額") == ()
    assert record.conversations("me", "_") == ()


def test_ratings_outlive_their_conversation(record: Record) -> None:
    conversation = record.keep("me", TURN).conversation
    record.rate("me", TURN, Rating(False))
    record.rate("me", TURN, Rating(True, "助かった"))
    (turn,) = record.turns("me", conversation)
    assert turn.rating == Rating(True, "助かった")
    record.forget("me", conversation)
    assert record.turns("me", conversation) == ()
    (rated,) = record.ratings()
    assert (rated.good, rated.comment, rated.question, rated.generation) == (
        True,
        "助かった",
        "分離発注の工夫は？",
        "g1",
    )


def test_a_turn_of_another_version_says_so(record: Record, tmp_path: Path) -> None:
    conversation = record.keep("me", TURN).conversation
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE turns SET payload = '{\"id\": 5}'")
    (turn,) = record.turns("me", conversation)
    assert turn.question == "分離発注の工夫は？"
    assert turn.problem.startswith("この回答は前の版のソフトウェアで作られたため")


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(StorageFullError, match="書き込めません"):
        Record(tmp_path)
