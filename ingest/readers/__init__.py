"""One small module per file format; this registry says which reads what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from stat import S_ISREG

from ingest.page import Extract
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.text import read_text
from ingest.readers.xlsx import read_xlsx
from kb.errors import InputError, system_reason
from kb.settings import Settings

Reader = Callable[[bytes, Path, Settings], Extract]
"""Makes an extract of a file's bytes; raises InputError when it cannot be read."""


def _read_pdf(data: bytes, path: Path, settings: Settings) -> Extract:
    # Late: the PDF libraries take a third of a second to import.
    from ingest.readers.pdf import read_pdf

    return read_pdf(data, path, settings)


READERS: Mapping[str, Reader] = {
    ".pdf": _read_pdf,
    ".docx": read_docx,
    ".xlsx": read_xlsx,
    ".html": read_html,
    ".htm": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".text": read_text,
}

_CONVERT: Mapping[str, str] = {
    ".doc": "Wordで .docx に",
    ".docm": "Wordで .docx に",
    ".rtf": "Wordで .docx に",
    ".jtd": "一太郎でPDFか .docx に",
    ".xls": "Excelで .xlsx に",
    ".xlsm": "Excelで .xlsx に",
    ".csv": "Excelで .xlsx に",
    ".ppt": "PowerPointでPDFに",
    ".pptx": "PowerPointでPDFに",
    ".odt": "Wordで .docx に",
    ".xdw": "DocuWorksでPDFに",
}

SUFFIXES = frozenset(READERS) | frozenset(_CONVERT)
"""File name endings, lower case with the dot, that a folder is searched for.

Also those of documents that have to be converted first, so that none is passed over in silence.
"""


def read_bytes(path: Path, settings: Settings) -> bytes:
    """The file's bytes. Raises InputError when it is missing, a folder, empty or too large."""
    if path.is_dir():
        raise InputError(f"「{path}」はフォルダーです。ファイルを指定してください。")
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode):
            # Reading a pipe or a device would wait for ever.
            raise InputError(f"「{path}」はファイルではありません。ファイルを指定してください。")
        size = state.st_size
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
            f"ファイル「{path}」を読めません（{system_reason(error)}）。場所と読み取り権限を確認してください。"
        ) from error
    if not data:
        raise InputError(f"ファイル「{path}」は空です。中身のあるファイルを指定してください。")
    return data


def read_extract(data: bytes, path: Path, settings: Settings) -> Extract:
    """Read `data` with the reader of the file's suffix. Raises InputError for an unknown one."""
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if suffix in _CONVERT:
        raise InputError(
            f"ファイル「{path}」の形式（{path.suffix}）は読めません。{_CONVERT[suffix]}保存し直してください。"
        )
    if reader is None:
        known = "、".join(sorted(READERS))
        raise InputError(
            f"ファイル「{path}」の形式（{path.suffix or '拡張子なし'}）は読めません。"
            f"対応する形式（{known}）に変換してください。"
        )
    return reader(data, path, settings)
