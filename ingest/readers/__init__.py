"""One small module per file format; this registry says which reads what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.page import Extract
from ingest.readers.text import read_text
from kb.errors import InputError
from kb.settings import Settings

Reader = Callable[[bytes, Path, Settings], Extract]
"""Makes an extract of a file's bytes; raises InputError when it cannot be read."""

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
}

SUFFIXES = frozenset(READERS)
"""File name endings, lower case with the dot, that a folder is searched for."""


def read_bytes(path: Path, settings: Settings) -> bytes:
    """The file's bytes. Raises InputError when it is missing, a folder, empty or too large."""
    if path.is_dir():
        raise InputError(f"「{path}」はフォルダーです。ファイルを指定してください。")
    try:
        size = path.stat().st_size
        if size > settings.max_bytes:
            raise InputError(
                f"ファイル「{path}」は大きすぎます（{size:,}バイト、上限{settings.max_bytes:,}バイト）。"
                "分割するか、環境変数 KB_MAX_BYTES を増やしてください。"
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"ファイル「{path}」がありません。場所を確認してください。") from error
    except OSError as error:
        raise InputError(
            f"ファイル「{path}」を読めません（{error.strerror}）。場所と読み取り権限を確認してください。"
        ) from error
    if not data:
        raise InputError(f"ファイル「{path}」は空です。中身のあるファイルを指定してください。")
    return data


def read_extract(data: bytes, path: Path, settings: Settings) -> Extract:
    """Read `data` with the reader of the file's suffix. Raises InputError for an unknown one."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join(sorted(SUFFIXES))
        raise InputError(
            f"ファイル「{path}」の形式（{path.suffix or '拡張子なし'}）は読めません。"
            f"対応する形式（{known}）に変換してください。"
        )
    return reader(data, path, settings)
