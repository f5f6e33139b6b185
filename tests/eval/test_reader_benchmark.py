"""What the reader benchmark counts, and the figures it gives on a real document."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.benchmarks.readers import coverage, heading_recall, words_of
from ingest.parse import parse_file
from kb.settings import Settings
from tests.ingest.helpers import parse


def test_coverage_counts_shared_ten_grams_of_words() -> None:
    gold = "# 一二三四五六七八九十\n- **ア**イ [ウ](#x)<br>"
    assert coverage(gold, "一二三 四五六七八九十 • アイウ") == 1.0
    assert coverage(gold, "一二三四五六七八九十ア") == pytest.approx(2 / 4)
    assert coverage(gold, "") == 0.0
    assert coverage("", "一二三") == 0.0


def test_strict_coverage_keeps_signs_but_no_markup() -> None:
    gold = "| 一二三四五 | （六七八九十。 |\n|:---|---|\n"
    assert coverage(gold, "一二三四五\n（六七八九十。", strict=True) == 1.0
    assert coverage(gold, "一二三四五六七八九十", strict=True) == 0.0
    assert coverage(gold, "一二三四五六七八九十") == 1.0


def test_headings_count_with_or_without_their_numbers() -> None:
    nodes = parse("# 手引き\n\n## 1. 総則\n\n国は、努める。\n\n## 契約\n\n市は、努める。\n").nodes
    assert [node.id for node in nodes] == ["d/手引き", "d/手引き/1", "d/手引き/契約"]
    assert heading_recall("# 手引き\n## 1. 総則\n## 契約\n### 附則\n", nodes) == 0.75
    assert heading_recall("## 総則\n", nodes) == 1.0
    assert heading_recall("", nodes) == 0.0


def test_a_real_document_against_its_gold_text(shared: Path) -> None:
    path = shared / "realdocs" / "13_digital_agency_bidspec.pdf"
    gold = path.with_suffix(".gold.md").read_text(encoding="utf-8")
    nodes = parse_file(path, "d", None, Settings()).nodes
    assert coverage(gold, words_of(nodes), strict=True) >= 0.95
    assert heading_recall(gold, nodes) >= 0.9
