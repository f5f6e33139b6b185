"""`python -m eval.llm_replies [--made] [--misses]`: lies caught and honest replies flagged."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from eval.llm_replies.made import holds, made_replies
from eval.llm_replies.replies import HONEST, LYING, Judged, judge, read_replies
from kb.errors import KbError
from kb.settings import load_settings
from kb.store import KnowledgeBase


def main() -> None:
    """Print the tables; with --misses also what went wrong in the rows that were tuned on."""
    options = argparse.ArgumentParser(prog="python -m eval.llm_replies")
    options.add_argument("--made", action="store_true", help="also falsify every sentence by rule")
    options.add_argument("--misses", action="store_true", help="print what went wrong")
    wanted = options.parse_args()
    try:
        kb = KnowledgeBase.open(load_settings().home)
        lying, honest = judge(read_replies(LYING), kb), judge(read_replies(HONEST), kb)
    except KbError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    print(
        "| 行 | 嘘 | 見抜いた | 検証済みと表示 | 正直な回答 | 誤って指摘 |\n|---|---|---|---|---|---|"
    )
    for name, parity in (
        ("tune（調整に使用）", True),
        ("unseen（測定のみ）", False),
        ("全体", None),
    ):
        lies = [item for item in lying if parity in (None, item.reply.tuned_on)]
        truths = [item for item in honest if parity in (None, item.reply.tuned_on)]
        print(_row(name, lies, truths))
    if wanted.made:
        _print_made(kb, show=wanted.misses)
    if wanted.misses:
        _print_misses([item for item in lying if not item.caught and item.reply.tuned_on])
        _print_misses([item for item in honest if item.flagged and item.reply.tuned_on])


def _print_made(kb: KnowledgeBase, *, show: bool) -> None:
    """Lies made by rule, by sort, and the same sentences told truly."""
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for made in made_replies(kb):
        total[made.sort] += 1
        if holds(made, kb) is bool(made.sort):
            wrong[made.sort] += 1
            if show:
                print(f"{made.sort or '正直'} {made.id} {made.reply}")
    print("\n| 規則で作った文 | 件数 | 正しく判定 |\n|---|---|---|")
    for sort in sorted(total):
        share = 1 - wrong[sort] / total[sort]
        print(f"| {sort or '正直な文'} | {total[sort]} | {share:.1%} |")


def _row(name: str, lies: Sequence[Judged], truths: Sequence[Judged]) -> str:
    caught = sum(item.caught for item in lies)
    shown = sum(item.checked.verified for item in lies)
    flagged = sum(item.flagged for item in truths)
    return (
        f"| {name} | {len(lies)} | {caught / len(lies):.1%} | {shown} "
        f"| {len(truths)} | {flagged / len(truths):.1%} |"
    )


def _print_misses(items: Sequence[Judged]) -> None:
    for item in items:
        print(f"\n{item.reply.id} {item.reply.sort}: {item.reply.lie}")
        for statement in item.checked.statements:
            faults = "、".join(fault.japanese for fault in statement.faults)
            print(f"  {'○' if statement.holds else '×'} {statement.statement.raw} {faults}")


if __name__ == "__main__":
    main()
