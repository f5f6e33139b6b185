"""Which generation answers, and the files that its documents were read from."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from kb.errors import InputError, NoKnowledgeBaseError
from kb.settings import Settings
from kb.store import GenerationStore
from retrieval import index
from tests.ingest.samples import PdfPage, pdf
from tests.web import samples
from ui.web.originals import Originals
from ui.web.shelf import Shelf

PNG = b"\x89PNG\r\n"


def test_a_shelf_follows_what_is_in_service(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(NoKnowledgeBaseError):
        Shelf(settings)
    (tmp_path / "a.txt").write_text("第1 甲\n\n1 乙は丙とする。\n", encoding="utf-8")
    ingest([tmp_path / "a.txt"], settings, index)
    shelf = Shelf(settings)
    first = shelf.library()
    assert list(first.documents) == ["a"]
    assert shelf.library() is first

    (tmp_path / "b.txt").write_text("第1 丁\n\n1 戊は己とする。\n", encoding="utf-8")
    ingest([tmp_path / "b.txt"], settings, index)
    second = shelf.library()
    assert list(second.documents) == ["a", "b"]
    node = first.nodes("a")[0]
    assert first.place(node.id).node == node, "who holds the older one goes on with it"

    store = GenerationStore(settings.home)
    with store.locked():
        store.put_in_service(first.kb.generation)
    assert list(shelf.library().documents) == ["a"]


def test_a_page_is_shown_of_the_very_file_that_was_read(tmp_path: Path) -> None:
    file = tmp_path / "要領.pdf"
    file.write_bytes(pdf(PdfPage(("一枚目",)), PdfPage(("二枚目",))))
    originals = Originals(Settings(home=tmp_path / "home"))
    digest = _sha256(file)
    document = replace(samples.DOCUMENT, path=str(file), sha256=digest)
    assert originals.has_page(document, 2)
    assert not originals.has_page(document, None)
    assert originals.page_png(document, 2).startswith(PNG)
    with pytest.raises(InputError, match="9ページを表示できません"):
        originals.page_png(document, 9)

    originals.keep(file)
    file.write_bytes(b"%PDF-1.7 another")
    assert originals.page_png(document, 1).startswith(PNG), "the kept copy"
    shutil.rmtree(tmp_path / "home")
    assert not originals.has_page(document, 1)
    with pytest.raises(InputError, match="取り込み直してください"):
        originals.page_png(document, 1)


def test_only_pdfs_have_pages(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("文", encoding="utf-8")
    document = replace(samples.DOCUMENT, path=str(file), sha256=_sha256(file))
    assert not Originals(Settings(home=tmp_path)).has_page(document, 1)


def _sha256(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()
