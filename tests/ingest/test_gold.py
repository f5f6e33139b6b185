"""The shipped corpus against the hand-checked outline and the judged questions' quotes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.glyphs import fold
from ingest.manifest import load_manifest
from ingest.parse import parse_file
from kb.documents import NodeKind, ParsedDocument
from kb.ids import document_of, is_at_or_below
from kb.resources import CORPUS
from kb.settings import Settings

POLICIES = ("kihon-r05", "shigaku-r08", "kanoya-r07")


@cache
def parsed(doc: str) -> ParsedDocument:
    path = CORPUS / f"{doc}.txt"
    return parse_file(path, doc, load_manifest(CORPUS).entry_for(path), Settings())


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("doc", POLICIES)
def test_policy_outline_equals_gold(shared: Path, doc: str) -> None:
    gold = [row for row in rows(shared / "gold" / "outline.jsonl") if row["doc"] == doc]
    clauses = [node for node in parsed(doc).nodes if node.kind in (NodeKind.CLAUSE, NodeKind.NOTE)]
    assert [(node.id, list(node.path), node.start, node.end) for node in clauses] == [
        (row["id"], row["path"], row["start"], row["end"]) for row in gold
    ]


def test_cases_equal_gold(shared: Path) -> None:
    gold = [row for row in rows(shared / "gold" / "outline.jsonl") if row["doc"] == "jirei-h26"]
    cases = [node for node in parsed("jirei-h26").nodes if node.kind is NodeKind.CASE]
    assert [(node.id, list(node.path), node.start) for node in cases] == [
        (row["id"], row["path"], row["start"]) for row in gold
    ]
    for row in gold:
        parts = [n for n in parsed("jirei-h26").nodes if is_at_or_below(n.id, row["id"])]
        heading = next(
            (n.start for n in parsed("jirei-h26").nodes if parts[-1].end == n.start), row["end"]
        )
        assert max(node.end for node in parts) == min(row["end"], heading)


def test_every_judged_quote_is_in_its_node(shared: Path) -> None:
    for row in rows(shared / "gold" / "questions-dev.jsonl"):
        for gold in row["gold"]:
            doc = document_of(gold["id"])
            if gold["id"] == doc:
                # Quotes of the statistics table run over cells, which its records take apart.
                assert gold["quote"] in squeeze(parsed(doc).text), row["id"]
                continue
            texts = [
                squeeze(form)
                for node in parsed(doc).nodes
                if is_at_or_below(node.id, gold["id"])
                for form in (node.text, node.label + node.text)
            ]
            assert any(fold(gold["quote"]) in text for text in texts), (row["id"], gold["id"])
