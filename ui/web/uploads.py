"""Files from a browser into the knowledge base: one run at a time, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from shutil import rmtree

from pydantic import TypeAdapter, ValidationError

from kb.errors import BusyError, InputError, StorageFullError, system_reason
from kb.results import IngestRow
from kb.settings import Settings
from kb.store import GenerationStore
from ui.web.originals import Originals
from ui.web.record import new_id

_FOLDER = "uploads"
_INBOX = ".inbox"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 120
_PROGRESS = re.compile(r"^\[(\d+)/(\d+)\]")
_ROWS = TypeAdapter(tuple[IngestRow, ...])
_FAULT = "取り込みの処理が途中で終わりました。もう一度試してください。"


class State(StrEnum):
    """Where a run is."""

    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of taking files in; `before` and `after` are the generations in service."""

    state: State = State.IDLE
    total: int = 0
    done: int = 0
    rows: tuple[IngestRow, ...] = ()
    problem: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Generation:
    """A kept state of the knowledge base; `created` is an ISO time."""

    name: str
    created: str
    in_service: bool


class Uploads:
    """The inbox and the current or last run; safe to share among threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.home / _FOLDER
        self._store = GenerationStore(settings.home)
        self._originals = Originals(settings)
        self._lock = threading.Lock()
        self._run = Run()
        self._process: subprocess.Popen[str] | None = None
        self._worker: threading.Thread | None = None

    @property
    def run(self) -> Run:
        """The current or the last run."""
        return self._run

    def open_batch(self) -> str:
        """A new place in the inbox; earlier ones that were never taken in are dropped."""
        if self._run.state is not State.RUNNING:
            rmtree(self._folder / _INBOX, ignore_errors=True)
        return new_id()

    async def receive(self, batch: str, name: str, data: AsyncIterator[bytes]) -> str:
        """Write one file into the inbox; returns the name it is kept under.

        Raises InputError for a file that is too great, StorageFullError when it cannot be written.
        """
        kept = file_name(name)
        folder = self._inbox(batch)
        size = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / kept).open("wb") as stream:
                async for block in data:
                    size += len(block)
                    if size > self._settings.max_bytes:
                        raise InputError(
                            f"「{kept}」は大きすぎます（上限 {self._settings.max_bytes:,} バイト）。"
                            "分割するか、KB_MAX_BYTES を大きくしてください。"
                        )
                    stream.write(block)
        except OSError as error:
            raise StorageFullError(
                f"「{kept}」を保存できません（{system_reason(error)}）。空き容量を確認してください。"
            ) from error
        return kept

    def start(self, batch: str) -> None:
        """Take the files of a batch into the knowledge base, in the background.

        Raises BusyError while another run goes on, InputError for a batch without files.
        """
        inbox = self._inbox(batch)
        files = sorted(inbox.iterdir()) if inbox.is_dir() else []
        if not files:
            raise InputError("取り込むファイルがありません。ファイルを選んでください。")
        with self._lock:
            if self._run.state is State.RUNNING:
                raise BusyError("ほかの取り込みが実行中です。終わってからもう一度試してください。")
            self._run = Run(State.RUNNING, total=len(files), before=self._store.named())
        kept = [self._keep(file) for file in files]
        rmtree(inbox, ignore_errors=True)
        self._worker = threading.Thread(target=self._work, args=(kept,), daemon=True)
        self._worker.start()

    def cancel(self) -> None:
        """Stop the run; the generation in service stays as it was."""
        with self._lock:
            if self._run.state is State.RUNNING:
                self._run = replace(self._run, state=State.CANCELLED)
                if self._process is not None:
                    self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait until the current run has ended, but not longer than `seconds`."""
        if self._worker is not None:
            self._worker.join(seconds)

    def generations(self) -> tuple[Generation, ...]:
        """The generations that can be put in service, the newest first; none during a run."""
        if self._run.state is State.RUNNING:
            return ()
        named = self._store.named()
        return tuple(
            Generation(name, manifest.created, name == named)
            for name, manifest in self._store.whole()
        )

    def restore(self, generation: str) -> None:
        """Put a kept generation back in service.

        Raises BusyError while a run goes on, CorruptStoreError when it is not whole.
        """
        with self._store.locked():
            self._store.put_in_service(generation)
        with self._lock:
            if self._run.state is not State.RUNNING:
                self._run = Run()

    def _inbox(self, batch: str) -> Path:
        if not batch.isalnum():
            raise InputError("送信をやり直してください。")
        return self._folder / _INBOX / batch

    def _keep(self, file: Path) -> Path:
        """Move an uploaded file to its lasting place, over an older one of the same name."""
        place = self._folder / file.name
        os.replace(file, place)
        if place.suffix.lower() == ".pdf":
            self._originals.keep(place)
        return place

    def _work(self, files: list[Path]) -> None:
        command = [sys.executable, "-m", "ui", "ingest", "--json", *map(str, files)]
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        with self._lock:
            self._process = subprocess.Popen(
                command,
                env=os.environ
                | {"PYTHONPATH": path, "PYTHONUTF8": "1", "KB_HOME": str(self._settings.home)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            if self._run.state is State.CANCELLED:
                self._process.terminate()
        said = self._follow(self._process)
        output, _ = self._process.communicate()
        rows = _rows(output, f"{self._folder}{os.sep}")
        with self._lock:
            cancelled = self._run.state is State.CANCELLED
            ended = State.CANCELLED if cancelled else State.DONE if rows else State.FAILED
            after = self._store.named()
            problem = "" if rows or cancelled else said or _FAULT
            self._run = replace(self._run, state=ended, rows=rows, problem=problem, after=after)
            self._process = None

    def _follow(self, process: subprocess.Popen[str]) -> str:
        """Count what is done; returns the error that the command ended with, if any."""
        said = ""
        assert process.stderr is not None
        for line in process.stderr:
            if match := _PROGRESS.match(line):
                with self._lock:
                    self._run = replace(self._run, done=int(match[1]), total=int(match[2]))
            elif line.startswith("エラー: "):
                said = line.removeprefix("エラー: ").strip()
        return said


def file_name(name: str) -> str:
    """A name that stays inside its folder and that every file system takes."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    safe = _UNSAFE.sub("_", last).strip(" .")
    stem, dot, suffix = safe.rpartition(".")
    cut = f"{stem[:_LONGEST_NAME]}{dot}{suffix[:10]}" if dot else safe[:_LONGEST_NAME]
    return cut or "資料"


def _rows(output: str, folder: str) -> tuple[IngestRow, ...]:
    """The per-file results that `kb ingest --json` printed; none when it ended before.

    Where `folder` lies on the server is nothing that a browser has to know.
    """
    try:
        return _ROWS.validate_python(
            [{**row, "warnings": tuple(row["warnings"])} for row in json.loads(output)["documents"]]
        )
    except (ValueError, KeyError, TypeError, ValidationError):
        return ()
