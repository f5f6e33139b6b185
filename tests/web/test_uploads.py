"""Uploads apart from the browser: names, limits, one run at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BusyError, InputError
from kb.settings import Settings
from tests.web.threads import apart
from ui.web.uploads import State, Uploads, file_name


async def blocks(*data: bytes) -> AsyncIterator[bytes]:
    for block in data:
        yield block


def send(uploads: Uploads, name: str, data: bytes) -> str:
    batch = uploads.open_batch()
    apart(asyncio.run, uploads.receive(batch, name, blocks(data)))
    return batch


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("要領.pdf", "要領.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\共有\\様式 1.docx", "様式 1.docx"),
        ("..", "資料"),
        (".hidden", "hidden"),
        ("か\u3099<b>.txt", "が_b_.txt"),
        (f"{'長' * 200}.xlsx", f"{'長' * 120}.xlsx"),
    ],
)
def test_names_stay_inside_the_folder(name: str, kept: str) -> None:
    assert file_name(name) == kept


@given(st.text(max_size=300))
def test_any_name_is_a_name(name: str) -> None:
    kept = file_name(name)
    assert kept
    assert not set(kept) & set('/\\:*?"<>|\x00\n')
    assert kept not in (".", "..")
    assert len(kept) <= 131


def test_too_great_a_file_is_refused(tmp_path: Path) -> None:
    uploads = Uploads(Settings(home=tmp_path, max_bytes=5))
    with pytest.raises(InputError, match=r"「a\.txt」は大きすぎます"):
        send(uploads, "a.txt", b"123456")


def test_an_empty_batch_and_a_foreign_one_are_refused(tmp_path: Path) -> None:
    uploads = Uploads(Settings(home=tmp_path))
    with pytest.raises(InputError, match="ファイルを選んでください"):
        uploads.start(uploads.open_batch())
    with pytest.raises(InputError, match="送信をやり直して"):
        uploads.start("..")


def test_a_run_can_be_cancelled_and_excludes_another(tmp_path: Path) -> None:
    uploads = Uploads(Settings(home=tmp_path))
    uploads.start(send(uploads, "a.txt", "本文。".encode()))
    with pytest.raises(BusyError, match="実行中"):
        uploads.start(send(uploads, "b.txt", "本文。".encode()))
    uploads.cancel()
    uploads.wait(20)
    assert uploads.run.state is State.CANCELLED
    assert not (tmp_path / "CURRENT").exists()
