"""The gold tables of cases quote what the sections they name say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.comparison.cases import compare_cases
from eval.case_comparison.__main__ import GOLD
from eval.case_comparison.measure import load_gold, score_table, share_right
from kb.resources import CORPUS
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher
from tests.conftest import REPOSITORY

ROWS = [
    json.loads(line)
    for line in (REPOSITORY / "eval/case_comparison/gold.jsonl").read_text("utf-8").splitlines()
]
NOT_FOUND_BY_THE_PARSER = "jirei-h26/事例11/登録対象者"


@pytest.mark.parametrize("table", ROWS, ids=lambda table: table["id"])
def test_cells_quote_sections_of_their_case(table: dict[str, Any], shipped_home: Path) -> None:
    nodes = {node.id: node for node in KnowledgeBase.open(shipped_home).nodes("jirei-h26")}
    text = (CORPUS / "jirei-h26.txt").read_text(encoding="utf-8")
    for row in table["rows"]:
        case = nodes[row["case"]].case
        assert case is not None
        assert case.organisation == row["organisation"]
        assert list(row["cells"]) == table["columns"]
        for cell in filter(None, row["cells"].values()):
            for place in (cell, *cell["also"]):
                assert place["id"].startswith(f"{row['case']}/")
                assert "".join(text[place["start"] : place["end"]].split()) == place["quote"]
                if place["id"] != NOT_FOUND_BY_THE_PARSER:
                    node = nodes[place["id"]]
                    assert node.start <= place["start"] < place["end"] <= node.end


def test_there_are_cells_of_both_kinds() -> None:
    cells = [cell for table in ROWS for row in table["rows"] for cell in row["cells"].values()]
    assert len(ROWS) == 5
    assert (len(cells), cells.count(None)) == (47, 7)


def test_no_case_is_missed_and_hardly_a_cell_is_wrong(shipped_home: Path) -> None:
    kb = KnowledgeBase.open(shipped_home)
    searcher = Searcher(kb, Settings(home=shipped_home))
    scores = [
        score_table(gold, compare_cases(kb, searcher, gold.query)) for gold in load_gold(GOLD)
    ]
    assert [case for score in scores for case in score.missed] == []
    assert share_right(scores) >= 0.97
