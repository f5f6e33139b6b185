"""`python -m eval.alignment [fit]`: measure the comparison of policies, or fit its weights anew.

Measured is twice: with weights fitted on the other document pairs (held out), and as shipped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from assistant.comparison.model import WEIGHTS, Model, shipped_model, write_model
from assistant.comparison.policies import compare_policies
from eval.alignment.fit import fit, sample_of
from eval.alignment.gold import GoldComparison, load_gold
from eval.alignment.measure import Counts, count, found_in
from kb.settings import load_settings
from kb.store import KnowledgeBase

_COLUMNS = (
    "pair P",
    "pair R",
    "pair F1",
    "relation of pairs",
    "relation of rows",
    "only-in recall",
    "seconds",
)


def main(arguments: Sequence[str]) -> None:
    """Print the measures; with `fit`, write the weights first."""
    kb = KnowledgeBase.open(load_settings().home)
    gold = load_gold()
    samples = [sample_of(kb, comparison) for comparison in gold]
    if "fit" in arguments:
        WEIGHTS.write_text(write_model(fit(samples)), encoding="utf-8")
        shipped_model.cache_clear()
    held_out = {
        comparison: fit([sample for other, sample in enumerate(samples) if other != at])
        for at, comparison in enumerate(gold)
    }
    print("\t".join(["weights", "documents", *_COLUMNS]))
    _report(kb, gold, "held out", held_out.__getitem__)
    _report(kb, gold, "shipped", lambda _: shipped_model())


def _report(
    kb: KnowledgeBase,
    gold: Sequence[GoldComparison],
    name: str,
    model_for: Callable[[GoldComparison], Model],
) -> None:
    total, seconds = Counts(), 0.0
    for comparison in gold:
        result = compare_policies(
            kb.parsed(comparison.a), kb.parsed(comparison.b), model_for(comparison)
        )
        counts = count(found_in(result), comparison)
        total, seconds = total + counts, seconds + result.seconds
        _print(name, f"{comparison.a} {comparison.b}", counts, result.seconds)
    _print(name, "all", total, seconds)


def _print(name: str, documents: str, counts: Counts, seconds: float) -> None:
    values = (
        counts.precision,
        counts.recall,
        counts.f1,
        counts.relation_of_pairs,
        counts.relation_of_rows,
        counts.alone_recall,
    )
    print("\t".join([name, documents, *(f"{value:.3f}" for value in values), f"{seconds:.2f}"]))


if __name__ == "__main__":
    main(sys.argv[1:])
