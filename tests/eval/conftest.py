"""A small real knowledge base: two documents, five places."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.sources import Sources
from kb.documents import Document, DocumentKind, Node, NodeKind, ParsedDocument
from kb.spans import SourceMap, Span
from kb.store import GenerationStore, KnowledgeBase, write_database

# The page mark cuts the sentence of (1) in the source.
TEXT = "第1 見積り\n(1) 見積先に含め\n-3-\nるよう努める。\n(2) 毎月払いを行う。\n"


def _node(id: str, parent: str | None, body: str, *segments: Span) -> Node:
    doc, *path = id.split("/")
    return Node(
        id, doc, tuple(path), parent, NodeKind.CLAUSE, path[-1], "", body, segments,
        SourceMap(((0, segments[0].start, len(body)),)),
    )  # fmt: skip


def _parsed(doc: str) -> ParsedDocument:
    document = Document(
        doc, "方針", DocumentKind.KIKAN, "庁", None, None, "", "", "0" * 64, f"/{doc}.txt", 1
    )
    nodes = (
        _node(f"{doc}/第1", None, "見積り", Span(0, 7)),
        _node(
            f"{doc}/第1/(1)", f"{doc}/第1", "見積先に含めるよう努める。", Span(7, 18), Span(22, 30)
        ),
        _node(f"{doc}/第1/(2)", f"{doc}/第1", "毎月払いを行う。", Span(30, 43)),
    )
    return ParsedDocument(document, TEXT, nodes, ())


@pytest.fixture(scope="session")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    home = tmp_path_factory.mktemp("home")

    def fill(folder: Path) -> dict[str, str]:
        write_database(folder / "kb.sqlite", (_parsed("a"), _parsed("b")))
        return {}

    store = GenerationStore(home)
    with store.locked():
        store.build("settings", fill)
    return KnowledgeBase.open(home)


@pytest.fixture(scope="session")
def sources(kb: KnowledgeBase) -> Sources:
    return Sources(kb)
