"""Coverage of a gold text by what a reader gave."""

from __future__ import annotations

import pytest

from eval.benchmarks.readers import coverage


def test_coverage_counts_shared_ten_grams_of_words() -> None:
    gold = "# 一二三四五六七八九十\n- **ア**イ [ウ](#x)<br>"
    assert coverage(gold, "一二三 四五六七八九十 • アイウ") == 1.0
    assert coverage(gold, "一二三四五六七八九十ア") == pytest.approx(2 / 4)
    assert coverage(gold, "") == 0.0
    assert coverage("", "一二三") == 0.0
