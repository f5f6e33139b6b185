"""Exporting a report to the file and format that a user names."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.comparison.saving import save
from assistant.comparison.sheets import Report
from kb.errors import OptionError


class Format(StrEnum):
    """A kind of file that reports are written as."""

    DOCX = "docx"
    XLSX = "xlsx"


def format_of(file: Path, wanted: str | None = None) -> Format:
    """The wanted format, or the one that the file's name ends in.

    Raises OptionError when neither says docx or xlsx, or when the two disagree.
    """
    named = file.suffix.lower().lstrip(".")
    try:
        chosen = Format(wanted or named)
    except ValueError as error:
        raise OptionError(
            f"出力先「{file.name}」の形式が分かりません。名前の最後を .docx か .xlsx にしてください。"
        ) from error
    if named != chosen.value:
        raise OptionError(
            f"出力先「{file.name}」の名前が形式 {chosen} と合いません。"
            f"名前の最後を .{chosen} にしてください。"
        )
    return chosen


def report_bytes(report: Report, form: Format) -> bytes:
    """The report as a file's content, for a browser to download or `export` to save."""
    made = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    match form:
        case Format.DOCX:
            from assistant.comparison.export_docx import docx_bytes

            return docx_bytes(report, made)
        case Format.XLSX:
            from assistant.comparison.export_xlsx import xlsx_bytes

            return xlsx_bytes(report, made)


def export(report: Report, file: Path, wanted: str | None = None, force: bool = False) -> None:
    """Write the report to `file`, whole or not at all.

    Raises OptionError for an unknown format, a file that exists already without `force`, or one
    that cannot be written.
    """
    save(report_bytes(report, format_of(file, wanted)), file, force)
