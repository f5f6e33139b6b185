"""Tables of cases against the judged ones: `python -m eval.case_comparison [GOLD] [--wrong]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.comparison.cases import compare_cases
from eval.case_comparison.measure import load_gold, score_table, share_right
from kb.settings import load_settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher

GOLD = Path(__file__).parent / "gold.jsonl"


def main() -> None:
    """Print rows, columns and cells of every judged table, and the cells that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--wrong", action="store_true", help="print the wrong cells")
    options = parser.parse_args()
    settings = load_settings()
    kb = KnowledgeBase.open(settings.home)
    searcher = Searcher(kb, settings)
    scores = []
    seconds = 0.0
    for gold in load_gold(options.gold):
        table = compare_cases(kb, searcher, gold.query)
        score = score_table(gold, table)
        scores.append(score)
        seconds = max(seconds, table.seconds)
        right = sum(cell.right for cell in score.cells)
        print(
            f"{score.id}\trows {len(score.found)}/{len(score.found) + len(score.missed)}"
            f"\twrong rows {len(score.wrong)}"
            f"\tcolumns {len(gold.columns) - len(score.columns_missed)}/{len(gold.columns)}"
            f"\tcells {right}/{len(score.cells)}"
        )
        if options.wrong:
            print(f"  missed {score.missed} wrong {score.wrong} {score.columns_missed}")
            for cell in score.cells:
                if not cell.right:
                    print(
                        f"  {cell.case}\t{cell.column}\n    - {cell.expected}\n    + {cell.given}"
                    )
    found = sum(len(score.found) for score in scores)
    wrong = sum(len(score.wrong) for score in scores)
    must = found + sum(len(score.missed) for score in scores)
    print(f"rows found   {found}/{must}, wrongly shown {wrong}")
    cells = [cell for score in scores for cell in score.cells]
    print(
        f"cells right  {sum(cell.right for cell in cells)}/{len(cells)} = {share_right(scores):.3f}"
    )
    print(f"slowest      {seconds:.2f} s")


if __name__ == "__main__":
    main()
