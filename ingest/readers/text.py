"""Plain text and Markdown: find the encoding, never guess away a character."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ingest.page import Extract
from kb.errors import InputError
from kb.settings import Settings

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp932", "euc_jp", "iso2022_jp")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_EVERYDAY = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u3000-\u303f\uff01-\uff5eA-Za-z0-9\s]")
_HALF_KANA = re.compile(r"[\uff61-\uff9f]")


def read_text(data: bytes, path: Path, settings: Settings) -> Extract:
    """The file exactly as decoded, as one page.

    Raises InputError when it is empty, binary or in no encoding known here.
    """
    text = decode(data, path)
    if not text.strip():
        raise InputError(
            f"ファイル「{path}」には文字がありません。中身のあるファイルを指定してください。"
        )
    return Extract.of_text(text)


def decode(data: bytes, path: Path) -> str:
    """Decode by byte order mark, UTF-8, then the likelier of CP932, EUC-JP and ISO-2022-JP."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, path)
    if b"\x1b$" in data or b"\x1b(" in data:
        candidates = [_try(data, "iso2022_jp")]
    elif (text := _try(data, "utf-8")) is not None:
        candidates = [text]
    else:
        candidates = [_try(data, encoding) for encoding in _LEGACY]
    texts = [text for text in candidates if text is not None and not _CONTROL.search(text)]
    if not texts:
        raise _undecodable(path)
    return max(texts, key=_plausibility)


def _strictly(data: bytes, encoding: str, path: Path) -> str:
    text = _try(data, encoding)
    if text is None or _CONTROL.search(text):
        raise _undecodable(path)
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str) -> float:
    """Share of characters that ordinary Japanese text is made of; half-width kana tell against."""
    return (len(_EVERYDAY.findall(text)) - 2 * len(_HALF_KANA.findall(text))) / max(len(text), 1)


def _undecodable(path: Path) -> InputError:
    return InputError(
        f"ファイル「{path}」は文字データとして読めません（文字コードが不明か、テキストではありません）。"
        "UTF-8 のテキストで保存し直してください。"
    )
