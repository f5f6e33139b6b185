from __future__ import annotations

from retrieval.vocabulary import Vocabulary

KNOWN = Vocabulary.of(["入札", "契約", "契"])
HASHED = Vocabulary.of(["入札", "契約", "契"], buckets=1000)


def test_known_terms_have_rows_of_their_own() -> None:
    rows = [KNOWN.numbers([term]).tolist() for term in ("入札", "契約", "契")]
    assert sorted(rows) == [[0], [1], [2]]
    assert KNOWN.numbers(["契約", "入札", "契約"]).tolist() == rows[1] + rows[0] + rows[1]


def test_without_buckets_unknown_terms_have_none() -> None:
    assert KNOWN.numbers(["宇宙", ""]).tolist() == []
    assert KNOWN.numbers([]).tolist() == []
    assert len(KNOWN) == 3


def test_an_unknown_term_has_two_buckets() -> None:
    # The digest of 宇宙 is the same on every machine.
    assert HASHED.numbers(["宇宙"]).tolist() == [472, 435]
    assert len(HASHED) == 1003


def test_known_terms_come_first() -> None:
    rows = HASHED.numbers(["宇宙", "契約"]).tolist()
    assert rows == KNOWN.numbers(["契約"]).tolist() + HASHED.numbers(["宇宙"]).tolist()


def test_terms_given_twice_count_once() -> None:
    assert len(Vocabulary.of(["契約", "契約"], buckets=2)) == 3


def test_only_known_terms_have_a_row_of_their_own() -> None:
    rows = HASHED.numbers(["入札", "契"]).tolist()
    assert HASHED.own(["契", "宇宙", "入札"]).tolist() == [rows[1], -1, rows[0]]
    assert Vocabulary.of([], buckets=2).own(["契"]).tolist() == [-1]
