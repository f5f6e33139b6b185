"""Zip archives: their members one by one, with limits on what they unpack to.

Word and Excel files are zip archives too and are checked here before their readers open them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kb.errors import InputError
from kb.settings import Settings

FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError,
)  # fmt: skip
"""What zipfile raises on a damaged archive."""

_MOST_MEMBERS = 100_000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; `path` is the archive's path and the name in it, for messages."""

    archive: Path
    index: int
    path: Path


def expand(path: Path, settings: Settings) -> Iterator[Member]:
    """The files of an archive in its order, without folders and system files.

    Names without a UTF-8 mark are read as UTF-8 or CP932. Raises InputError when the file is no
    zip, is broken, or would unpack to more than `settings.max_unpacked_bytes`.
    """
    with _opened(path) as archive:
        _check_size(archive, path, settings)
        entries = list(enumerate(archive.infolist()))
    for index, info in entries:
        name = _name(info)
        if not name or info.is_dir() or name.startswith(_JUNK[0]) or name.endswith(_JUNK[1:]):
            continue
        yield Member(path, index, path / name)


def read_member(member: Member, settings: Settings) -> bytes:
    """The bytes of one file of an archive.

    Raises InputError when it is locked, broken, empty, an archive itself, or larger than
    `settings.max_bytes`.
    """
    if member.path.suffix.lower() == ".zip":
        raise InputError(
            f"「{member.path}」は圧縮ファイルの中の圧縮ファイルです。展開してから指定してください。"
        )
    with _opened(member.archive) as archive:
        info = archive.infolist()[member.index]
        if info.flag_bits & _ENCRYPTED:
            raise InputError(
                f"「{member.path}」はパスワードで保護されています。保護を外した圧縮ファイルを用意してください。"
            )
        if info.file_size > settings.max_bytes:
            raise InputError(
                f"「{member.path}」は大きすぎます（{info.file_size:,}バイト、上限{settings.max_bytes:,}バイト）。"
                "分割するか、環境変数 KB_MAX_BYTES を増やしてください。"
            )
        try:
            data = archive.read(info)
        except (*FAULTS, RuntimeError) as error:
            raise InputError(
                f"「{member.path}」は壊れていて取り出せません。圧縮ファイルをもう一度入手してください。"
            ) from error
    if not data:
        raise InputError(f"「{member.path}」は空です。中身のあるファイルを指定してください。")
    return data


def check_office_file(data: bytes, path: Path, application: str, settings: Settings) -> None:
    """Raise InputError unless `data` is a sound zip package within the limits.

    `application` (Word, Excel) is named in the messages.
    """
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data:
            raise InputError(
                f"ファイル「{path}」はパスワードで保護されています。{application}で開いて保護を外してください。"
            )
        raise InputError(
            f"ファイル「{path}」は古い{application}の形式です。{application}で新しい形式に保存し直してください。"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive, path, settings)
    except FAULTS as error:
        raise broken_office_file(path, application) from error


def broken_office_file(path: Path, application: str) -> InputError:
    """What to say of a file that the application's library cannot make sense of."""
    return InputError(
        f"ファイル「{path}」は{application}の文書として開けません（壊れているか、途中で切れています）。"
        "もう一度入手してください。"
    )


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FAULTS as error:
        raise InputError(
            f"圧縮ファイル「{path}」は開けません（壊れているか、途中で切れています）。もう一度入手してください。"
        ) from error


def _check_size(archive: zipfile.ZipFile, path: Path, settings: Settings) -> None:
    """The sizes an archive declares hold: zipfile gives no more of a member than is declared."""
    size = sum(info.file_size for info in archive.infolist())
    if size > settings.max_unpacked_bytes or len(archive.infolist()) > _MOST_MEMBERS:
        raise InputError(
            f"ファイル「{path}」は展開すると大きすぎます（{size:,}バイト、上限{settings.max_unpacked_bytes:,}バイト）。"
            "分割するか、環境変数 KB_MAX_UNPACKED_BYTES を増やしてください。"
        )


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it, as a relative path that stays inside the archive."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        name = _redecoded(name.encode("cp437"))
    parts = PurePosixPath(name.replace("\\", "/").replace("\0", "")).parts
    return "/".join(part for part in parts if part not in ("/", "..", "."))


def _redecoded(name: bytes) -> str:
    for encoding in ("utf-8", "cp932"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("cp437")
