"""How far an ingest has come: a bar on a terminal, a line a file elsewhere; on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ui import console

if TYPE_CHECKING:
    from kb.results import IngestRow

_WIDTH = 24


@contextmanager
def ingest_progress() -> Iterator[Callable[[IngestRow | None, int, int], None]]:
    """A function to be told of each finished file; the bar goes at the end."""
    on_terminal = sys.stderr.isatty()

    def tell(row: IngestRow | None, done: int, total: int) -> None:
        if not on_terminal:
            if row is not None:
                print(f"[{done}/{total}] {console.ingest_row(row)}", file=sys.stderr)
            return
        _clear()
        if row is not None and row.status == "failed":
            print(console.ingest_row(row), file=sys.stderr)
        filled = _WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (_WIDTH - filled)
        name = (row.doc or row.path)[-30:] if row is not None else ""
        click.echo(f"取り込み {bar} {done}/{total} {name}", nl=False, err=True)

    try:
        yield tell
    finally:
        if on_terminal:
            _clear()


def _clear() -> None:
    """Back to the beginning of the line, which is emptied."""
    click.echo("\r\033[K", nl=False, err=True)
