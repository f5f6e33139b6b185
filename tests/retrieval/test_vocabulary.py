from __future__ import annotations

import pytest

from retrieval.vocabulary import Vocabulary

VOCABULARY = Vocabulary(["入札", "契約", "契", "スター", "トアップ", "アップ"])


@pytest.mark.parametrize(
    ("terms", "numbers"),
    [
        (["契約", "入札", "契約"], [1, 0, 1]),
        (["スタートアップ"], [3, 4]),
        (["グレードアップ"], [5]),
        (["契機"], []),
        (["宇宙", ""], []),
        ([], []),
    ],
)
def test_unknown_terms_are_spelt_with_known_ones(terms: list[str], numbers: list[int]) -> None:
    assert VOCABULARY.numbers(terms) == numbers


def test_terms_keep_their_order() -> None:
    assert (len(VOCABULARY), VOCABULARY.terms[3]) == (6, "スター")
