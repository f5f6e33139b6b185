"""Ctrl-C where it harms nothing: noted at once, raised between two files."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


@contextmanager
def noted_interrupts(*, at_once: bool) -> Iterator[Callable[[], None]]:
    """A function that raises KeyboardInterrupt if Ctrl-C has come since the block began.

    With `at_once` Ctrl-C also raises where it comes, as usual; the function then finds one that was
    lost because a library's callback swallowed it. Without, nothing is torn apart in the middle.
    Only the main thread hears of Ctrl-C; in others the function does nothing.
    """
    caught: list[int] = []

    def note(number: int, _: object) -> None:
        caught.append(number)
        if at_once:
            raise KeyboardInterrupt

    def check() -> None:
        if caught:
            raise KeyboardInterrupt

    if current_thread() is not main_thread():
        yield check
        return
    handler = signal.signal(signal.SIGINT, note)
    try:
        yield check
        check()
    finally:
        signal.signal(signal.SIGINT, handler)


@contextmanager
def deaf_children() -> Iterator[None]:
    """Processes started within never hear of Ctrl-C, which a terminal sends to all of them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Starting the tracker, which the first process does, would lift the mask (CPython 3.11).
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()
    # They inherit the mask from the first instruction on, long before a handler could be set.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
