"""The store: what a reader sees after good builds, failed builds and damage."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kb.documents import Document, DocumentKind, Node, NodeKind, ParsedDocument, Passage
from kb.errors import (
    BusyError,
    CorruptStoreError,
    NoKnowledgeBaseError,
    StorageFullError,
    UnknownDocumentError,
    UnknownNodeError,
)
from kb.fiscal_year import FiscalYear
from kb.spans import SourceMap, Span
from kb.store import GenerationStore, KnowledgeBase, write_database


def parsed(doc: str, body: str) -> ParsedDocument:
    document = Document(
        doc,
        "題",
        DocumentKind.OTHER,
        "庁",
        FiscalYear(2023),
        None,
        "",
        "",
        "0" * 64,
        f"/{doc}.txt",
        1,
    )
    first = Node(
        f"{doc}/1", doc, ("1",), None, NodeKind.SECTION, "1", "見出し", "", (Span(0, 2),),
        SourceMap(((0, 0, 2),)),
    )  # fmt: skip
    second = Node(
        f"{doc}/1/(1)", doc, ("1", "(1)"), f"{doc}/1", NodeKind.CLAUSE, "(1)", "", body,
        (Span(2, 2 + len(body)),), SourceMap(((0, 2, len(body)),)),
    )  # fmt: skip
    passage = Passage(second.id, 0, doc, ("題", "1 見出し"), "", body, 0, len(body))
    return ParsedDocument(document, "見出" + body, (first, second), (passage,))


def build(home: Path, *documents: ParsedDocument) -> str:
    def fill(folder: Path) -> dict[str, str]:
        write_database(folder / "kb.sqlite", documents)
        return {"encoder": "none"}

    store = GenerationStore(home)
    with store.locked():
        return store.build("settings", fill)


def test_what_was_written_is_read_back_equal(tmp_path: Path) -> None:
    item = parsed("a", "国は努める。")
    name = build(tmp_path, item)
    kb = KnowledgeBase.open(tmp_path)
    assert kb.generation == name
    assert kb.parsed("a") == item
    assert kb.documents() == (item.document,)
    assert kb.node("a/1/(1)") == item.nodes[1]
    assert kb.children("a/1") == (item.nodes[1],)
    assert kb.ancestors(item.nodes[1]) == (item.nodes[0],)
    assert kb.neighbours(item.nodes[1]) == (item.nodes[0], None)
    assert kb.passages_at([0]) == item.passages
    assert kb.counts() == {
        "documents": 1, "nodes": 2, "passages": 1, "references": 0, "definitions": 0,
    }  # fmt: skip


def test_unknown_ids_are_named(tmp_path: Path) -> None:
    build(tmp_path, parsed("a", "文。"))
    kb = KnowledgeBase.open(tmp_path)
    with pytest.raises(UnknownNodeError, match="a/9"):
        kb.node("a/9")
    with pytest.raises(UnknownDocumentError, match="zzz"):
        kb.nodes("zzz")


def test_no_knowledge_base_yet(tmp_path: Path) -> None:
    with pytest.raises(NoKnowledgeBaseError, match="kb ingest"):
        KnowledgeBase.open(tmp_path)


def test_a_failed_build_leaves_the_old_generation(tmp_path: Path) -> None:
    name = build(tmp_path, parsed("a", "文。"))

    def full(folder: Path) -> dict[str, str]:
        (folder / "half").write_text("x")
        raise OSError(errno.ENOSPC, "No space left on device")

    store = GenerationStore(tmp_path)
    with store.locked(), pytest.raises(StorageFullError, match="前の知識ベースはそのまま使えます"):
        store.build("settings", full)
    assert KnowledgeBase.open(tmp_path).generation == name
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == [name]


def test_a_reader_keeps_its_generation(tmp_path: Path) -> None:
    build(tmp_path, parsed("a", "旧。"))
    reader = KnowledgeBase.open(tmp_path)
    build(tmp_path, parsed("a", "新。"))
    assert reader.node("a/1/(1)").body == "旧。"
    assert KnowledgeBase.open(tmp_path).node("a/1/(1)").body == "新。"


@pytest.mark.parametrize("damage", ["truncate", "flip", "delete", "manifest"])
def test_damage_is_found_at_opening(tmp_path: Path, damage: str) -> None:
    name = build(tmp_path, parsed("a", "文。"))
    database = tmp_path / "generations" / name / "kb.sqlite"
    content = database.read_bytes()
    match damage:
        case "truncate":
            database.write_bytes(content[:100])
        case "flip":
            database.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        case "delete":
            database.unlink()
        case "manifest":
            (tmp_path / "generations" / name / "manifest.json").write_text("{")
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        KnowledgeBase.open(tmp_path)


def test_an_older_whole_generation_answers_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = build(tmp_path, parsed("a", "旧。"))
    new = build(tmp_path, parsed("a", "新。"))
    (tmp_path / "generations" / new / "kb.sqlite").unlink()
    assert KnowledgeBase.open(tmp_path).generation == old
    assert old in capsys.readouterr().err


def test_only_one_process_builds(tmp_path: Path) -> None:
    with (
        GenerationStore(tmp_path).locked(),
        pytest.raises(BusyError, match="実行中"),
        GenerationStore(tmp_path).locked(),
    ):
        pass


def test_old_generations_are_thinned_out(tmp_path: Path) -> None:
    names = [build(tmp_path, parsed("a", f"{number}。")) for number in range(5)]
    kept = sorted(folder.name for folder in (tmp_path / "generations").iterdir())
    assert kept == names[-3:]
