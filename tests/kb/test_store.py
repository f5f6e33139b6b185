"""The store: what a reader sees after good builds, failed builds and damage."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from kb.documents import Document, DocumentKind, Node, NodeKind, ParsedDocument, Passage, Reference
from kb.errors import (
    BusyError,
    CorruptStoreError,
    NoKnowledgeBaseError,
    OptionError,
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
    assert kb.nodes_at([0]) == {0: item.passages[0].node}
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


def test_an_interrupt_before_the_switch_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = build(tmp_path, parsed("a", "本文"))

    def interrupted(store: GenerationStore, name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(GenerationStore, "_point_to", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, parsed("b", "本文"))
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == [name]
    assert KnowledgeBase.open(tmp_path).generation == name


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


@pytest.mark.parametrize(
    "content", [None, b"", b"!!!", b"garbage", b"../../x", b"\xff\xfe\x00", b"20260101T0000Z"]
)
def test_without_a_pointer_the_newest_whole_generation_answers(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    build(tmp_path, parsed("a", "旧。"))
    new = build(tmp_path, parsed("a", "新。"))
    pointer = tmp_path / "CURRENT"
    pointer.unlink() if content is None else pointer.write_bytes(content)
    assert KnowledgeBase.open(tmp_path).generation == new
    assert "CURRENT" in capsys.readouterr().err
    assert GenerationStore(tmp_path).named() == ""
    latest = build(tmp_path, parsed("a", "更。"))
    assert KnowledgeBase.open(tmp_path).generation == GenerationStore(tmp_path).named() == latest


def test_all_generations_lost(tmp_path: Path) -> None:
    name = build(tmp_path, parsed("a", "文。"))
    (tmp_path / "generations").rename(tmp_path / "elsewhere")
    with pytest.raises(CorruptStoreError, match=name):
        KnowledgeBase.open(tmp_path)
    (tmp_path / "CURRENT").unlink()
    with pytest.raises(NoKnowledgeBaseError):
        KnowledgeBase.open(tmp_path)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StorageFullError, match="フォルダーではありません"):
            build(home, parsed("a", "文。"))
    build(tmp_path / "home", parsed("a", "旧。"))
    (tmp_path / "home" / "CURRENT").unlink()
    (tmp_path / "home" / "CURRENT").mkdir()
    with pytest.raises(StorageFullError, match="CURRENT"):
        build(tmp_path / "home", parsed("a", "新。"))


def test_a_clock_set_back_loses_nothing(tmp_path: Path) -> None:
    later = build(tmp_path, parsed("a", "1。"))
    generations = tmp_path / "generations"
    for year in ("2098", "2099", "2100"):
        (generations / later).rename(generations / f"{year}{later[4:]}")
        later = build(tmp_path, parsed("a", f"{year}。"))
        assert later == f"{year}{later[4:]}"
    assert KnowledgeBase.open(tmp_path).node("a/1/(1)").body == "2100。"
    assert sorted(folder.name for folder in generations.iterdir())[-1] == later


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


def test_a_kept_generation_is_put_back_in_service(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    assert store.named() == ""
    old = build(tmp_path, parsed("a", "旧。"))
    new = build(tmp_path, parsed("a", "新。"))
    assert store.named() == new
    assert [name for name, _ in store.whole()] == [new, old]
    with store.locked():
        store.put_in_service(old)
    assert KnowledgeBase.open(tmp_path).node("a/1/(1)").body == "旧。"
    assert store.named() == old
    (tmp_path / "generations" / new / "kb.sqlite").unlink()
    for name in (new, f"../generations/{old}"):
        with store.locked(), pytest.raises(CorruptStoreError, match="kb ingest"):
            store.put_in_service(name)
    assert [name for name, _ in store.whole()] == [old]


@pytest.mark.parametrize(
    "written",
    [
        "a-1/1/(1)", " A-1/1/(1)/ ", "ａ－１／１／（１）", "/a-1//1/(1)", "a-1 1/(1)", "a-1/1(1)",
    ],
)  # fmt: skip
def test_a_place_is_found_as_a_person_types_it(tmp_path: Path, written: str) -> None:
    build(tmp_path, parsed("a-1", "文。"), parsed("b", "文。"))
    assert KnowledgeBase.open(tmp_path).find_node(written).id == "a-1/1/(1)"


def test_what_a_person_types_is_never_guessed(tmp_path: Path) -> None:
    build(tmp_path, parsed("Memo", "文。"), parsed("memo", "文。"))
    kb = KnowledgeBase.open(tmp_path)
    assert kb.find_document("Memo").id == "Memo"
    with pytest.raises(UnknownDocumentError):
        kb.find_document("MEMO")
    for written in ("", "/", "memo/2", "1/(1)", "memo/1(1)の規定", "nai/1", "nai"):
        with pytest.raises(UnknownNodeError):
            kb.find_node(written)
    with pytest.raises(OptionError, match="kb outline memo"):
        kb.find_node("memo/")


def test_references_below_an_id_that_holds_a_wildcard(tmp_path: Path) -> None:
    def referring(doc: str) -> ParsedDocument:
        item = parsed(doc, "文。")
        mention = Reference(f"{doc}/1/(1)", "上記", Span(2, 4), "internal", (), None, "dangling")
        return replace(item, references=(mention,))

    build(tmp_path, referring("a_b"), referring("axb"), referring("A_B"))
    kb = KnowledgeBase.open(tmp_path)
    for place in ("a_b", "a_b/1", "a_b/1/(1)"):
        assert [item.source for item in kb.references(place)] == ["a_b/1/(1)"]
    assert kb.references("a_b/1/(") == ()


def test_what_a_message_repeats_is_one_short_line() -> None:
    assert "「a b」" in str(UnknownDocumentError("a\nb"))
    assert "\x1b" not in str(UnknownNodeError("\x1b[31m"))
    assert len(str(UnknownNodeError("x" * 5000))) < 200
