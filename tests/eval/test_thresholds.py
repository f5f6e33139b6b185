"""The figures that must hold do hold, on the shipped corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.evaluate import evaluate_knowledge_base
from eval.thresholds import read_thresholds, shortfalls
from kb.settings import Settings
from kb.store import KnowledgeBase

THRESHOLDS = read_thresholds(
    Path(__file__).resolve().parent.parent.parent / "eval" / "thresholds.toml"
)


@pytest.mark.parametrize("name", sorted(THRESHOLDS))
def test_no_figure_falls_short(shipped_home: Path, name: str) -> None:
    bounds = THRESHOLDS[name]
    settings = Settings(home=shipped_home)
    kb = KnowledgeBase.open(shipped_home)
    means = evaluate_knowledge_base(bounds.questions, kb, settings).means()
    assert [fall.japanese for fall in shortfalls(bounds, means)] == []
