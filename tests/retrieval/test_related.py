import numpy as np
import pytest

from retrieval.related import PARALLEL, REFERRED_TO, Link, raised


def scores(links: list[Link], named: tuple[float, ...] = (0, 0, 0)) -> list[float]:
    positions = np.array([3, 5, 9])
    given = np.array([1.0, 0.4, 0.2], dtype=np.float32)
    found = raised(links, positions, given, np.array(named, dtype=np.float32))
    return [float(score) for score in found]


def test_a_parallel_gains_by_its_likeness() -> None:
    assert scores([Link(3, 5, 0.5)]) == pytest.approx([1.0, 0.4 + 0.5 * PARALLEL, 0.2])


def test_no_parallel_gains_by_the_other_being_named() -> None:
    found = scores([Link(3, 5, 1.0)], (0.8, 0, 0))
    assert found == pytest.approx([1.0, 0.4 + 0.2 * PARALLEL, 0.2])


def test_a_clause_referred_to_has_a_share_of_the_score() -> None:
    assert scores([Link(3, 9, None)]) == pytest.approx([1.0, 0.4, REFERRED_TO])
    assert scores([Link(5, 3, None)]) == pytest.approx([1.0, 0.4, 0.2])


def test_a_passage_that_is_no_candidate_is_left_out() -> None:
    assert scores([Link(3, 7, 1.0)]) == pytest.approx([1.0, 0.4, 0.2])
