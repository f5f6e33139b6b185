import pytest

from assistant.similarity import bigrams, containment, likeness


def test_width_space_and_punctuation_are_set_aside() -> None:
    assert bigrams("Ｊ Ｖ、方式") == {"JV", "V方", "方式"}
    assert likeness("６１％ を目指す。", "61%を 目指す") == 1.0


def test_containment_is_one_sided() -> None:
    assert containment("銘柄指定", "銘柄指定を行わない") == 1.0
    assert containment("銘柄指定を行わない", "銘柄指定") == pytest.approx(3 / 8)


def test_nothing_is_like_nothing() -> None:
    assert likeness("", "") == containment("", "銘柄") == 0.0
