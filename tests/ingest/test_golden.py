"""The whole outline of each shipped document; `pytest --regenerate-golden` writes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.manifest import load_manifest
from ingest.parse import parse_file
from kb.documents import ParsedDocument
from kb.resources import CORPUS
from kb.settings import Settings
from tests.ingest.test_invariants import assert_sound

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
DOCS = ("kihon-r05", "shigaku-r08", "kanoya-r07", "jirei-h26", "kyogikai-r08")


def outline(parsed: ParsedDocument) -> str:
    """One line a node: id, kind, segments, field and heading."""
    return "".join(
        "\t".join(
            (
                node.id,
                node.kind,
                " ".join(f"{span.start}-{span.end}" for span in node.segments),
                node.field_name or "",
                node.heading,
            )
        )
        + "\n"
        for node in parsed.nodes
        if not node.id.startswith("kihon-r05/表")
    )


@pytest.mark.parametrize("doc", DOCS)
def test_outline(doc: str, request: pytest.FixtureRequest) -> None:
    path = CORPUS / f"{doc}.txt"
    parsed = parse_file(path, doc, load_manifest(CORPUS).entry_for(path), Settings())
    golden = GOLDEN / f"{doc}.outline.tsv"
    if request.config.getoption("--regenerate-golden"):
        golden.write_text(outline(parsed), encoding="utf-8")
    assert outline(parsed) == golden.read_text(encoding="utf-8")
    assert_sound(parsed)
