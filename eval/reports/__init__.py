"""Reports of an evaluation: JSON for scripts, Markdown for notes, one HTML page for people."""

from eval.reports.changes import changes
from eval.reports.files import last_report, open_folder, write_last, write_reports
from eval.reports.saved import SavedReport, SavedRow, read_report, saved_report

__all__ = [
    "SavedReport",
    "SavedRow",
    "changes",
    "last_report",
    "open_folder",
    "read_report",
    "saved_report",
    "write_last",
    "write_reports",
]
