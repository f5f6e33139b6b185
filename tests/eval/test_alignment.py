from __future__ import annotations

from pathlib import Path

import pytest

from assistant.comparison.model import read_model, shipped_model, write_model
from assistant.comparison.policies import compare_policies
from eval.alignment.fit import fit, sample_of
from eval.alignment.gold import GoldComparison, GoldPair, load_gold
from eval.alignment.measure import Counts, count, found_in
from kb.store import KnowledgeBase

GOLD = GoldComparison(
    "a",
    "b",
    (
        GoldPair("a/1", "b/1", "same", "text", True),
        GoldPair("a/2", "b/2", "weaker", "text", True),
        GoldPair("a/3", None, "only_a", "text", True),
        GoldPair("a/3", "b/2", "changed", "text", False),
        GoldPair(None, "b/3", "only_b", "text", True),
    ),
)


def test_pairs_relations_and_lone_clauses_are_counted() -> None:
    counts = count(
        {
            ("a/1", "b/1"): "same",
            ("a/2", "b/2"): "changed",
            ("a/3", None): "only_a",
            ("a/1", "b/3"): "changed",
        },
        GOLD,
    )
    assert counts == Counts(
        found=2, spurious=1, missed=0, named=1, alone=2, alone_found=1, rows=4, rows_named=2
    )
    assert (counts.precision, counts.recall, counts.f1) == (2 / 3, 1.0, 0.8)
    assert (counts.relation_of_pairs, counts.relation_of_rows) == (0.5, 0.5)
    assert counts.alone_recall == 0.5


def test_a_pair_that_gold_allows_counts_for_nothing() -> None:
    counts = count({("a/1", "b/1"): "same", ("a/3", "b/2"): "changed"}, GOLD)
    assert counts == Counts(
        found=1, spurious=0, missed=1, named=1, alone=2, alone_found=2, rows=4, rows_named=3
    )


def test_counts_add_up() -> None:
    one = Counts(1, 2, 3, 4, 5, 6, 7, 8)
    assert one + one == Counts(2, 4, 6, 8, 10, 12, 14, 16)


def test_a_model_written_is_the_model_read() -> None:
    assert read_model(write_model(shipped_model())) == shipped_model()


@pytest.fixture(scope="module")
def kb(shipped_home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(shipped_home)


def test_every_gold_row_names_clauses_of_the_shipped_corpus(kb: KnowledgeBase) -> None:
    for comparison in load_gold():
        ids = {node.id for doc in (comparison.a, comparison.b) for node in kb.nodes(doc)}
        named = {name for pair in comparison.pairs for name in (pair.a, pair.b) if name}
        assert named <= ids


def test_held_out_weights_find_the_pairs_of_the_third_comparison(kb: KnowledgeBase) -> None:
    gold = load_gold()
    samples = [sample_of(kb, comparison) for comparison in gold]
    total = Counts()
    for at, comparison in enumerate(gold):
        model = fit([sample for other, sample in enumerate(samples) if other != at])
        result = compare_policies(kb.parsed(comparison.a), kb.parsed(comparison.b), model)
        total += count(found_in(result), comparison)
    assert total.f1 >= 0.92
    assert total.relation_of_pairs >= 0.85
    assert total.alone_recall >= 0.95
