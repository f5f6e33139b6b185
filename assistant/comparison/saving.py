"""Writing an exported file: whole or not at all, and never over another one unasked."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path

from kb.errors import OptionError

# What XML 1.0 cannot hold; sources now and then carry form feeds and stray control characters.
_UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """`text` without the characters that Word and Excel files cannot hold."""
    return _UNPRINTABLE.sub("", text)


def save(data: bytes, file: Path, force: bool = False) -> None:
    """Write `data` to `file` in one step.

    Raises OptionError when the file exists and `force` is false, or when it cannot be written.
    """
    if file.is_dir():
        raise OptionError(f"出力先「{file}」はフォルダーです。ファイル名まで指定してください。")
    if file.exists() and not force:
        raise OptionError(
            f"出力先「{file}」は既にあります。別の名前にするか、`--force` で上書きしてください。"
        )
    try:
        _write(data, file)
    except OSError as error:
        raise OptionError(
            f"出力先「{file}」に書き込めません。フォルダーがあり、書き込みができ、"
            "ほかのソフトで開いていないことを確認してください。"
        ) from error


def _write(data: bytes, file: Path) -> None:
    handle, draft = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files for their owner alone; a report is as readable as any new file.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(draft, 0o666 & ~mask)
        os.replace(draft, file)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(draft)
        raise
