"""Generation folders: built aside, checked, switched to in one atomic step."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kb.errors import (
    BusyError,
    CorruptStoreError,
    NoKnowledgeBaseError,
    StorageFullError,
    system_reason,
)

SCHEMA_VERSION = 1
DATABASE = "kb.sqlite"
_MANIFEST = "manifest.json"
_CURRENT = "CURRENT"
_KEEP = 3
_VERIFY_AT_OPEN = 64 * 1024 * 1024
_FORMAT = "%Y%m%dT%H%M%S%fZ"
_TICK = timedelta(microseconds=1)
_NAME = re.compile(r"\d{8}T\d{12}Z")


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

        When `CURRENT` is lost too, the newest whole one. Raises NoKnowledgeBaseError or
        CorruptStoreError.
        """
        named = self.named()
        folders = sorted(self._folders(), reverse=True)
        try:
            if named:
                return self._open(self._generations / named)
            if not folders:
                raise NoKnowledgeBaseError(self._home)
            raise CorruptStoreError(
                f"どの世代で答えるかの記録（{self._home / _CURRENT}）がないか、壊れています。"
                "`kb ingest` を実行して作り直してください。"
            )
        except CorruptStoreError as error:
            for folder in folders:
                if (not named or folder.name < named) and (whole := self._whole(folder)):
                    # Never silent: an auditor must know that an older state answers.
                    print(
                        f"警告: {error}それまでは前の世代（{folder.name}）で答えます。",
                        file=sys.stderr,
                    )
                    return whole
            raise

    def named(self) -> str:
        """The name that `CURRENT` holds, whether or not that generation is whole.

        Empty when there is no `CURRENT` or it holds no name of a generation.
        """
        try:
            name = (self._home / _CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return name if _NAME.fullmatch(name) else ""

    def whole(self) -> tuple[tuple[str, Manifest], ...]:
        """Every kept generation that is whole, with its manifest, the newest first."""
        found = (self._whole(folder) for folder in sorted(self._folders(), reverse=True))
        return tuple((folder.name, manifest) for folder, manifest in filter(None, found))

    def put_in_service(self, name: str) -> None:
        """Let a kept generation answer again. Call under `locked()`.

        Raises CorruptStoreError when it is not there or not whole any more.
        """
        if not _NAME.fullmatch(name):
            raise _corrupt(Path(name), _MANIFEST)
        self._open(self._generations / name)
        self._point_to(name)

    def verify(self, folder: Path, manifest: Manifest) -> tuple[str, ...]:
        """Names of the files whose content differs from the manifest."""
        return tuple(
            name
            for name, (digest, _) in manifest.files.items()
            if _digest_if_readable(folder / name) != digest
        )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the building lock.

        Raises BusyError when another process builds, StorageFullError when the folder cannot be
        made or written.
        """
        # Late, because reading needs no lock and the import takes as long as a search.
        from filelock import FileLock, Timeout

        lock = FileLock(self._home / "LOCK", timeout=0)
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            raise BusyError(
                "ほかの取り込みが実行中です。終わってからもう一度実行してください。"
            ) from error
        except OSError as error:
            raise _storage_full(self._home, error) from error
        try:
            yield
        finally:
            lock.release()

    def build(self, settings: str, fill: Callable[[Path], dict[str, str]]) -> str:
        """Let `fill` write a new generation, then put it in service; returns its name.

        `fill` gets the empty folder and returns the versions for the manifest. Whatever stops it,
        the generation in service stays as it was. Call under `locked()`.
        Raises StorageFullError when the disk is full or not writable.
        """
        name = self._next_name()
        draft = self._generations / f".draft-{name}"
        try:
            self._discard_drafts()
            draft.mkdir()
            versions = fill(draft)
            self._seal(draft, settings, versions)
            os.replace(draft, self._generations / name)
            self._point_to(name)
        except (OSError, sqlite3.OperationalError) as error:
            raise _storage_full(self._home, error) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)
            if self.named() != name:
                shutil.rmtree(self._generations / name, ignore_errors=True)
        for folder in sorted(self._folders())[:-_KEEP]:
            shutil.rmtree(folder, ignore_errors=True)
        return name

    def _next_name(self) -> str:
        """The time; later than every other name also when the clock was set back."""
        now = datetime.now(UTC)
        newest = max((folder.name for folder in self._folders()), default="")
        if newest:
            now = max(now, datetime.strptime(newest, _FORMAT).replace(tzinfo=UTC) + _TICK)
        return now.strftime(_FORMAT)

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
        try:
            _write_synced(aside, f"{name}\n")
            os.replace(aside, self._home / _CURRENT)
        except OSError as error:
            raise _storage_full(self._home / _CURRENT, error) from error

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
        if self._generations.is_dir():
            yield from (
                folder
                for folder in self._generations.iterdir()
                if folder.is_dir() and _NAME.fullmatch(folder.name)
            )

    def _discard_drafts(self) -> None:
        for draft in self._generations.glob(".draft-*"):
            shutil.rmtree(draft, ignore_errors=True)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest_if_readable(file: Path) -> str | None:
    try:
        return _digest(file)
    except OSError:
        return None


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


def _storage_full(place: Path, error: OSError | sqlite3.OperationalError) -> StorageFullError:
    if isinstance(error, sqlite3.OperationalError):
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        reason = "空き容量がありません" if full else "読み書きに失敗しました"
    else:
        reason = system_reason(error)
    return StorageFullError(
        f"{place} に書き込めません（{reason}）。空き容量と書き込み権限を確認して、もう一度実行してください。"
        "前の知識ベースはそのまま使えます。"
    )
