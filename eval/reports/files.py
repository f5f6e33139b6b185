"""Write a report in every form; the only module that imports jinja2."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval.reports import figures
from eval.reports.changes import Change
from eval.reports.names import japanese
from eval.reports.saved import SavedReport
from kb.errors import InputError, system_reason


def write_reports(
    folder: Path,
    document: Mapping[str, object],
    report: SavedReport,
    changes: Sequence[Change] = (),
) -> tuple[Path, ...]:
    """Write report.json, report.md and report.html (one self-contained page) into `folder`.

    `document` is what `kb eval --json` prints, `report` the same read back. Raises InputError when
    the folder cannot be written.
    """
    texts = {
        "report.json": json.dumps(document, ensure_ascii=False, indent=1) + "\n",
        "report.md": _render("report.md", report, changes),
        "report.html": _render("report.html", report, changes),
    }
    return tuple(write_whole(folder / name, text) for name, text in texts.items())


def open_folder(folder: Path) -> None:
    """Make the folder for reports, so that a wrong place shows before the work. Raises InputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"フォルダー「{folder}」を作れません（{system_reason(error)}）。書き出す場所を確認してください。"
        ) from error


def write_last(home: Path, document: Mapping[str, object]) -> None:
    """Keep a report as the newest of the knowledge base in `home`, for the web app to show."""
    write_whole(last_report(home), json.dumps(document, ensure_ascii=False))


def last_report(home: Path) -> Path:
    """Where the newest report of a knowledge base is kept."""
    return home / "eval" / "last.json"


def write_whole(path: Path, text: str) -> Path:
    """Write a file so that no reader sees half of it. Raises InputError."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise InputError(
            f"「{path}」に書き込めません（{system_reason(error)}）。場所と空き容量、権限を確認してください。"
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return path


def _render(name: str, report: SavedReport, changes: Sequence[Change]) -> str:
    environment = Environment(
        loader=PackageLoader("eval.reports"),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name).render(
        report=report,
        changes=changes,
        bars=figures.bars(report),
        groups=figures.groups(report),
        group_names=[japanese(name) for name in figures.GROUP_MEASURES],
        ranks=figures.first_ranks(report),
        seconds=figures.seconds(report),
        japanese=japanese,
    )
