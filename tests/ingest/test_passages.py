from __future__ import annotations

from ingest.passages import LONGEST
from tests.ingest.helpers import policy

LONG = "機構は、受注の機会の増大に努めるものとする。" * 120


def test_headings_alone_give_no_passage() -> None:
    parsed = policy("契約の方針\n\n第1 措置\n\n1 発注\n\n機構は、発注する。\n")
    assert [(passage.node, passage.breadcrumbs, passage.text) for passage in parsed.passages] == [
        ("d/第1/1", ("契約の方針", "第1 措置"), "機構は、発注する。")
    ]


def test_long_bodies_are_cut_at_sentences() -> None:
    parsed = policy(f"契約の方針\n\n第1 措置\n\n{LONG}\n")
    parts = [passage for passage in parsed.passages if passage.node == "d/第1"]
    target = next(node for node in parsed.nodes if node.id == "d/第1")
    assert len(parts) == 3
    assert [part.part for part in parts] == [0, 1, 2]
    assert all(len(part.text) <= LONGEST and part.text.endswith("。") for part in parts)
    assert "".join(part.text for part in parts) == target.body
    assert all(target.text[part.start : part.end] == part.text for part in parts)
