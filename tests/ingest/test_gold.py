"""The outline of the shipped corpus against the hand-checked one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from ingest.manifest import load_manifest
from ingest.parse import parse_file
from kb.documents import NodeKind, ParsedDocument
from kb.resources import CORPUS
from kb.settings import Settings

POLICIES = ("kihon-r05", "shigaku-r08", "kanoya-r07")


@cache
def parsed(doc: str) -> ParsedDocument:
    path = CORPUS / f"{doc}.txt"
    return parse_file(path, doc, load_manifest(CORPUS).entry_for(path), Settings())


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("doc", POLICIES)
def test_policy_outline_equals_gold(shared: Path, doc: str) -> None:
    gold = [row for row in rows(shared / "gold" / "outline.jsonl") if row["doc"] == doc]
    clauses = [node for node in parsed(doc).nodes if node.kind in (NodeKind.CLAUSE, NodeKind.NOTE)]
    assert [(node.id, list(node.path), node.start, node.end) for node in clauses] == [
        (row["id"], row["path"], row["start"], row["end"]) for row in gold
    ]
