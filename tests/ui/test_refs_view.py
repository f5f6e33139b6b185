"""`kb refs` lists both directions."""

from __future__ import annotations

from pathlib import Path

from kb.store import KnowledgeBase
from ui import json_view
from ui.refs_view import pointing_at, references


def test_both_directions_of_a_clause(shipped_home: Path) -> None:
    kb = KnowledgeBase.open(shipped_home)
    place = "shigaku-r08/第2/14/(5)"
    value = {
        "references": [json_view.reference(item) for item in kb.references(place)],
        "referenced_by": [json_view.reference(item) for item in pointing_at(kb, place)],
    }
    assert [row["from"] for row in value["referenced_by"]] == ["shigaku-r08/第2/14/(7)"]
    lines = references(value).splitlines()
    assert lines[0] == place
    assert lines[-3:] == [
        "参照元:",
        "  shigaku-r08/第2/14/(7)",
        "    「上記(5)、(6)」→ shigaku-r08/第2/14/(5)、shigaku-r08/第2/14/(6)",
    ]


def test_what_a_place_says_of_itself_is_not_listed_twice(shipped_home: Path) -> None:
    kb = KnowledgeBase.open(shipped_home)
    assert all(
        not item.source.startswith("kihon-r05/第2/") for item in pointing_at(kb, "kihon-r05/第2")
    )
    assert references({"references": [], "referenced_by": []}) == "参照はありません。"
