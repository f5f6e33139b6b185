"""Files read one after another or by several processes, each to its outcome."""

from __future__ import annotations

import hashlib
import os
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread

from ingest.interrupts import deaf_children, noted_interrupts
from ingest.parse import parse
from ingest.sources import Source
from kb.documents import Document, ParsedDocument
from kb.errors import InputError
from kb.settings import Settings

_WORTH_PROCESSES = 8
"""Files to parse from which other processes pay for their start."""
_LOOK_EVERY = 0.1
"""Seconds of waiting after which to look for a Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read as document `doc`, unless it still is what `before` was made of."""

    source: Source
    doc: str
    before: Document | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`parsed` is None for a file that is unchanged or, with a `reason`, cannot be read."""

    parsed: ParsedDocument | None
    reason: str
    seconds: float


def outcomes(jobs: Sequence[Job], settings: Settings) -> Iterator[Outcome]:
    """The outcome of each job, in their order; a file that cannot be read stops nothing."""
    workers = min(os.cpu_count() or 1, len(jobs))
    if workers < 2 or len(jobs) < _WORTH_PROCESSES:
        with noted_interrupts(at_once=True) as check:
            for job in jobs:
                outcome = _do(job, settings)
                check()
                yield outcome
        return
    with noted_interrupts(at_once=False) as check:
        crew = _Crew(jobs, workers, settings)
        try:
            for place in range(len(jobs)):
                while (done := crew.outcome(place)) is None:
                    check()
                yield done
        finally:
            crew.end()


class _Worker:
    """A process that does one job after another.

    It has a pipe of its own, so that its death, even in the middle of an answer, ends that pipe and
    nothing else: with a queue that all share, the reader would wait for the rest for ever.
    """

    def __init__(self, settings: Settings) -> None:
        # Forking is unsafe beside the web app's threads.
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, settings), daemon=True)
        with deaf_children():
            self._process.start()
        theirs.close()
        self.place = -1
        self._began = 0.0

    def take(self, place: int, job: Job) -> None:
        """Begin the job at `place`."""
        self.place, self._began = place, time.perf_counter()
        with suppress(OSError):  # One that has died is found out when its answer is awaited.
            self.connection.send(job)

    def answer(self) -> Outcome | None:
        """The outcome of its job; None when the process has died of it. Raises its defects."""
        try:
            answer: Outcome | Exception = self.connection.recv()
        except (EOFError, OSError):
            return None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def failed(self, job: Job) -> Outcome:
        """The outcome of a job of which processes die."""
        reason = (
            f"ファイル「{job.source.path}」を読む処理が異常終了しました。"
            "ファイルが壊れていないか確認し、分割するか別の形式に変換してください。"
        )
        return Outcome(None, reason, time.perf_counter() - self._began)

    def end(self) -> None:
        """Stop at once: a large file would take minutes."""
        self._process.kill()
        self._process.join()
        self.connection.close()


class _Crew:
    """The processes at work, and the outcomes that are there before their turn."""

    def __init__(self, jobs: Sequence[Job], size: int, settings: Settings) -> None:
        self._jobs = jobs
        self._size = size
        self._settings = settings
        self._left = list(reversed(range(len(jobs))))
        self._tried: set[int] = set()
        self._done: dict[int, Outcome] = {}
        self._workers: list[_Worker] = []

    def outcome(self, place: int) -> Outcome | None:
        """The outcome of the job at `place`; None when a short wait has not brought it."""
        if place not in self._done:
            while self._left and len(self._workers) < self._size:
                self._workers.append(_Worker(self._settings))
                self._give(self._workers[-1])
            ready = wait([worker.connection for worker in self._workers], _LOOK_EVERY)
            for worker in [item for item in self._workers if item.connection in ready]:
                self._receive(worker)
        return self._done.pop(place, None)

    def end(self) -> None:
        """Stop all of them."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _give(self, worker: _Worker) -> None:
        if self._left:
            place = self._left.pop()
            worker.take(place, self._jobs[place])
        else:
            self._dismiss(worker)

    def _receive(self, worker: _Worker) -> None:
        place = worker.place
        if answer := worker.answer():
            self._done[place] = answer
            self._give(worker)
            return
        self._dismiss(worker)
        if place in self._tried:
            self._done[place] = worker.failed(self._jobs[place])
        else:
            # Perhaps there was no memory for so many at a time: once more, beside fewer.
            self._tried.add(place)
            self._left.append(place)
            self._size = max(1, self._size - 1)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()


def _do(job: Job, settings: Settings) -> Outcome:
    began = time.perf_counter()
    parsed, reason = None, ""
    try:
        data = job.source.read(settings)
        if not _is_unchanged(job, data):
            parsed = parse(data, job.source.path, job.doc, job.source.entry, settings)
    except InputError as error:
        reason = str(error)
    return Outcome(parsed, reason, time.perf_counter() - began)


def _is_unchanged(job: Job, data: bytes) -> bool:
    before, entry = job.before, job.source.entry
    return (
        before is not None
        and before.path == str(job.source.path)
        and before.sha256 == hashlib.sha256(data).hexdigest()
        and (entry is None or entry.agrees_with(before))
    )


def _serve(connection: Connection, settings: Settings) -> None:
    """Do the jobs that come down the pipe until it ends."""
    parent = parent_process()
    if parent is not None:
        # A killed parent stops nobody, and a large file would be read to its end.
        Thread(target=_wait_and_exit, args=(parent.sentinel,), daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            job: Job = connection.recv()
            answer: Outcome | Exception
            try:
                answer = _do(job, settings)
            except Exception as error:
                # Where it happened would be lost on the way.
                error.add_note(traceback.format_exc())
                answer = error
            connection.send(answer)


def _wait_and_exit(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
