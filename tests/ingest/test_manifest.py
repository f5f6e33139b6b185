from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ingest.manifest import load_manifest
from ingest.parse import parse_file
from kb.documents import DocumentKind
from kb.errors import InputError
from kb.fiscal_year import FiscalYear
from kb.resources import CORPUS
from kb.settings import Settings


def write(folder: Path, text: str) -> None:
    (folder / "manifest.toml").write_text(text, encoding="utf-8")


def test_a_folder_without_manifest_states_nothing(tmp_path: Path) -> None:
    assert load_manifest(tmp_path).entry_for(tmp_path / "a.txt") is None


def test_statements_override_the_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("第1 目標\n\n市は、目標を定める。\n", encoding="utf-8")
    write(
        tmp_path,
        '[[documents]]\nfile = "a.txt"\ntitle = "市の方針"\nkind = "kikan"\nissuer = "札幌市"\n'
        'fiscal_year = "R5"\ndecided_on = "2023-06-01"\nsource = "市の広報"\nlicence = "CC BY 4.0"\n'
        f'sha256 = "{"0" * 64}"\n',
    )
    entry = load_manifest(tmp_path).entry_for(file)
    assert entry is not None
    document = parse_file(file, "a", entry, Settings()).document
    assert (document.title, document.kind, document.kind_confidence) == (
        "市の方針",
        DocumentKind.KIKAN,
        1.0,
    )
    assert (document.issuer, document.prefecture) == ("札幌市", "北海道")
    assert (document.fiscal_year, document.decided_on) == (FiscalYear(2023), "2023-06-01")
    assert document.warnings == (
        "ファイルの内容が manifest.toml の sha256 と一致しません。記載を確認してください。",
    )
    assert entry.agrees_with(document)
    assert not entry.model_copy(update={"title": "別の方針"}).agrees_with(document)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[documents]]\nfile = "a"\ntitel = "x"\n', "項目「documents.1.titel」は使えません"),
        ('[[documents]]\ntitle = "x"\n', "項目「documents.1.file」がありません"),
        ('[[documents]]\nfile = "a"\nkind = "novel"\n', "値「novel」は使えません"),
        ('[[documents]]\nfile = "a"\nfiscal_year = "いつか"\n', "値「いつか」は使えません"),
        ("[[documents]\n", "TOML として読めません"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, text)
    with pytest.raises(InputError, match=message):
        load_manifest(tmp_path)


def test_the_shipped_manifest_describes_the_shipped_files() -> None:
    manifest = load_manifest(CORPUS)
    assert [entry.file for entry in manifest.documents] == [
        "kihon-r05.txt",
        "shigaku-r08.txt",
        "kanoya-r07.txt",
        "jirei-h26.txt",
        "kyogikai-r08.txt",
    ]
    for entry in manifest.documents:
        data = (CORPUS / entry.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry.sha256
        assert entry.title
        assert entry.licence
