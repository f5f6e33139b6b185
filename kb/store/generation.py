"""Generation folders: built aside, checked, switched to in one atomic step."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.errors import BusyError, CorruptStoreError, NoKnowledgeBaseError, StorageFullError

SCHEMA_VERSION = 1
DATABASE = "kb.sqlite"
_MANIFEST = "manifest.json"
_CURRENT = "CURRENT"
_KEEP = 3
_VERIFY_AT_OPEN = 64 * 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS, errno.EPERM}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built with, and the digest and size of every file in it.

    `versions` names the tokenizer, dictionary, encoder and parser that made the indexes.
    """

    schema: int
    settings: str
    versions: dict[str, str]
    files: dict[str, tuple[str, int]]
    created: str


class GenerationStore:
    """The folder `home`: `CURRENT` names the generation in service."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._generations = home / "generations"

    def current(self) -> tuple[Path, Manifest]:
        """The generation in service or, when that is damaged, the newest whole one before it.

        Raises NoKnowledgeBaseError or CorruptStoreError.
        """
        pointer = self._home / _CURRENT
        if not pointer.is_file():
            raise NoKnowledgeBaseError(self._home)
        named = pointer.read_text(encoding="utf-8").strip()
        try:
            return self._open(self._generations / named)
        except CorruptStoreError as error:
            for folder in sorted(self._folders(), reverse=True):
                if folder.name < named and (whole := self._whole(folder)):
                    # Never silent: an auditor must know that an older state answers.
                    print(
                        f"警告: {error} それまでは前の世代（{folder.name}）で答えます。",
                        file=sys.stderr,
                    )
                    return whole
            raise

    def verify(self, folder: Path, manifest: Manifest) -> tuple[str, ...]:
        """Names of the files whose content differs from the manifest."""
        return tuple(
            name
            for name, (digest, _) in manifest.files.items()
            if not (folder / name).is_file() or _digest(folder / name) != digest
        )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the building lock. Raises BusyError when another process builds."""
        # Late, because reading needs no lock and the import takes as long as a search.
        from filelock import FileLock, Timeout

        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            with FileLock(self._home / "LOCK", timeout=0):
                yield
        except Timeout as error:
            raise BusyError(
                "ほかの取り込みが実行中です。終わってからもう一度実行してください。"
            ) from error
        except OSError as error:
            if error.errno in _FULL:
                raise _storage_full(self._home, error) from error
            raise

    def build(self, settings: str, fill: Callable[[Path], dict[str, str]]) -> str:
        """Let `fill` write a new generation, then put it in service; returns its name.

        `fill` gets the empty folder and returns the versions for the manifest. Whatever stops it,
        the generation in service stays as it was. Call under `locked()`.
        Raises StorageFullError when the disk is full or not writable.
        """
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        draft = self._generations / f".draft-{name}"
        try:
            self._discard_drafts()
            draft.mkdir()
            versions = fill(draft)
            self._seal(draft, settings, versions)
            os.replace(draft, self._generations / name)
            self._point_to(name)
        except (OSError, sqlite3.OperationalError) as error:
            if isinstance(error, sqlite3.OperationalError) or error.errno in _FULL:
                raise _storage_full(self._home, error) from error
            raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        for folder in sorted(self._folders())[:-_KEEP]:
            shutil.rmtree(folder, ignore_errors=True)
        return name

    def _seal(self, folder: Path, settings: str, versions: dict[str, str]) -> None:
        files = {
            str(file.relative_to(folder)): (_digest(file), file.stat().st_size)
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
        manifest = Manifest(
            SCHEMA_VERSION, settings, versions, files, datetime.now(UTC).isoformat("T", "seconds")
        )
        _write_synced(
            folder / _MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        )

    def _point_to(self, name: str) -> None:
        aside = self._home / f"{_CURRENT}.new"
        _write_synced(aside, f"{name}\n")
        os.replace(aside, self._home / _CURRENT)

    def _open(self, folder: Path) -> tuple[Path, Manifest]:
        try:
            raw = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            raw["files"] = {name: (digest, size) for name, (digest, size) in raw["files"].items()}
            manifest = Manifest(**raw)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise _corrupt(folder, _MANIFEST) from error
        if manifest.schema != SCHEMA_VERSION:
            raise CorruptStoreError(
                f"知識ベース（{folder.name}）は別の版のソフトウェアで作られています。"
                "`kb ingest` を実行して作り直してください。"
            )
        for name, (_, size) in manifest.files.items():
            if not (folder / name).is_file() or (folder / name).stat().st_size != size:
                raise _corrupt(folder, name)
        if sum(size for _, size in manifest.files.values()) <= _VERIFY_AT_OPEN:
            for name in self.verify(folder, manifest):
                raise _corrupt(folder, name)
        return folder, manifest

    def _whole(self, folder: Path) -> tuple[Path, Manifest] | None:
        try:
            return self._open(folder)
        except CorruptStoreError:
            return None

    def _folders(self) -> Iterator[Path]:
        return (
            folder
            for folder in self._generations.iterdir()
            if folder.is_dir() and not folder.name.startswith(".")
        )

    def _discard_drafts(self) -> None:
        for draft in self._generations.glob(".draft-*"):
            shutil.rmtree(draft, ignore_errors=True)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_synced(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _corrupt(folder: Path, name: str) -> CorruptStoreError:
    return CorruptStoreError(
        f"知識ベース（{folder.name}）のファイル「{name}」が壊れているか、ありません。"
        "`kb ingest` を実行して作り直してください。"
    )


def _storage_full(home: Path, error: Exception) -> StorageFullError:
    return StorageFullError(
        f"{home} に書き込めません（{error}）。空き容量と書き込み権限を確認して、もう一度実行してください。"
        "前の知識ベースはそのまま使えます。"
    )
