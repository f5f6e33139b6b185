"""Faults planted in the shipped policies: `python -m eval.draft_check [--each N] [--seed N]`."""

from __future__ import annotations

import argparse
from collections import defaultdict

from eval.draft_check.judged import judge, load_verdicts
from eval.draft_check.measure import Bench, Trial
from kb.settings import load_settings
from kb.store import KnowledgeBase


def main() -> None:
    """Print how many faults of each kind are found and how many false alarms they raise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=8, help="faults of a kind and policy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="print what is missed or raised")
    options = parser.parse_args()
    bench = Bench(KnowledgeBase.open(load_settings().home))
    _print_judged(bench)
    kinds: dict[str, list[Trial]] = defaultdict(list)
    for trial in bench.trials(options.each, options.seed):
        kinds[trial.planted.name].append(trial)
        if options.missed and (not trial.found or trial.beside):
            _print_missed(trial)
    for name, trials in sorted(kinds.items()):
        found = sum(trial.found for trial in trials)
        beside = sum(len(trial.beside) for trial in trials)
        print(f"{name:20}\tfound {found}/{len(trials)}\tfalse alarms {beside}")
    everything = [trial for trials in kinds.values() for trial in trials]
    found = sum(trial.found for trial in everything)
    beside = sum(len(trial.beside) for trial in everything)
    print(f"{'all':20}\tfound {found}/{len(everything)} = {found / len(everything):.3f}")
    print(f"{'false alarms':20}\t{beside} = {beside / len(everything):.3f} a planted fault")


def _print_judged(bench: Bench) -> None:
    verdicts = load_verdicts()
    for doc in dict.fromkeys(verdict.doc for verdict in verdicts):
        result = judge(doc, bench.findings(doc), verdicts)
        print(
            f"{doc:20}\tright {result.right}\twrong {result.wrong}"
            f"\tunjudged {len(result.unjudged)}\tlost {len(result.lost)}"
        )
        for finding in result.unjudged:
            print(f"    {finding.kind} {finding.place.id} {finding.reason}")


def _print_missed(trial: Trial) -> None:
    print(f"{'found' if trial.found else 'MISSED'} {trial.document} {trial.planted.name}")
    print(f"    wanted {trial.planted.kind} {trial.planted.where} in {trial.planted.note}")
    for item in trial.beside:
        print(f"    beside {item.kind} {item.place.id} {item.reason}")


if __name__ == "__main__":
    main()
