"""`kb ingest`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kb.errors import OptionError
from kb.results import IngestReport, IngestStatus
from ui import console, json_view
from ui.commands.common import json_option, print_result
from ui.progress import ingest_progress

_INTERRUPTED = 130
"""Exit status of a program that Ctrl-C ended, as shells have it."""


@click.command("ingest")
@click.argument("paths", nargs=-1, type=click.Path())
@json_option
def command(paths: tuple[str, ...], as_json: bool) -> None:
    """資料を取り込みます（PATHを省くと同梱の資料）。"""
    from ingest.pipeline import ingest as run
    from ingest.sources import whole_path
    from kb.settings import load_settings
    from kb.store import GenerationStore
    from retrieval import index

    if "" in paths:
        raise OptionError("PATHが空です。取り込むファイルかフォルダーを指定してください。")
    wanted = [*map(Path, paths)]
    settings = load_settings()
    store = GenerationStore(settings.home)
    before = store.named()
    try:
        with ingest_progress() as progress:
            report = run(wanted, settings, index, progress)
    except KeyboardInterrupt:
        state = "取り込み前のまま" if store.named() == before else "新しいものに切り替え済み"
        print(f"中断しました。知識ベースは{state}です。", file=sys.stderr)
        sys.exit(_INTERRUPTED)
    print_result(json_view.ingest_report(report), as_json, console.ingest_report)
    failed = [reason for path in wanted if (reason := _unread(report, whole_path(path)))]
    if failed:
        raise OptionError(f"{len(failed)}件を取り込めませんでした。{failed[0]}")


def _unread(report: IngestReport, place: Path) -> str:
    """Why nothing of a file, folder or archive that the user named could be read; else empty."""
    rows = [row for row in report.rows if place in (Path(row.path), *Path(row.path).parents)]
    bad = [row for row in rows if row.status is IngestStatus.FAILED]
    return bad[0].reason if bad and len(bad) == len(rows) else ""
