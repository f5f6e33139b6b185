"""Files read one after another or by several processes, each to its outcome."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread, current_thread, main_thread

from ingest.parse import parse
from ingest.sources import Source
from kb.documents import Document, ParsedDocument
from kb.errors import InputError
from kb.settings import Settings

_WORTH_A_POOL = 8
"""Files to parse from which other processes pay for their start."""


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
    if workers < 2 or len(jobs) < _WORTH_A_POOL:
        yield from (_do(job, settings) for job in jobs)
        return
    done = 0
    try:
        for outcome in _in_processes(jobs, workers, settings):
            done += 1
            yield outcome
    except BrokenProcessPool:
        # One file has brought its process down; which one, only a process for each tells.
        for job in jobs[done:]:
            yield _alone(job, settings)


def _in_processes(jobs: Sequence[Job], workers: int, settings: Settings) -> Iterator[Outcome]:
    """Outcomes in the order of the jobs. Raises BrokenProcessPool when a process dies."""
    others = set(active_children())
    # Forking is unsafe beside the web app's threads.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), end_with_parent)
    finished = False
    try:
        with _without_interrupts():
            futures = [pool.submit(_do, job, settings) for job in jobs]
        for future in futures:
            yield future.result()
        finished = True
    finally:
        # What else they read is not wanted any more; a large file would take minutes.
        for worker in set() if finished else set(active_children()) - others:
            worker.terminate()
        pool.shutdown()


def _alone(job: Job, settings: Settings) -> Outcome:
    """The outcome of a job in a process of its own, also when that dies."""
    began = time.perf_counter()
    try:
        return next(_in_processes([job], 1, settings))
    except BrokenProcessPool:
        reason = (
            f"ファイル「{job.source.path}」を読む処理が異常終了しました。"
            "ファイルが壊れていないか確認し、分割するか別の形式に変換してください。"
        )
        return Outcome(None, reason, time.perf_counter() - began)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back: here until the end of the block, in processes started within for good.

    They get it too when a terminal sends it, but only this one may say so.
    """
    if not hasattr(signal, "pthread_sigmask") or current_thread() is not main_thread():
        yield
        return
    caught: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: caught.append(number))
    # Processes inherit the mask, not the handler; other threads may still take the signal.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if caught:
        raise KeyboardInterrupt


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


def end_with_parent() -> None:
    """End this worker as soon as the process that started it is gone.

    A killed parent cannot shut its pool down, and idle workers would wait for jobs for ever.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait_and_exit, args=(parent.sentinel,), daemon=True).start()


def _wait_and_exit(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
