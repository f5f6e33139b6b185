"""品質: the last evaluation and the ratings."""

from __future__ import annotations

from pathlib import Path

from eval.reports import last_report, read_report
from kb.errors import KbError
from ui.web.record import Record
from ui.web.render.quality import quality


class QualityHandlers:
    """The page of figures."""

    def __init__(self, home: Path, record: Record) -> None:
        self._file = last_report(home)
        self._record = record

    def page(self) -> str:
        """The page as things stand now."""
        report, trouble = None, ""
        if self._file.is_file():
            try:
                report = read_report(self._file)
            except KbError as error:
                trouble = str(error)
        return quality(report, trouble, self._record.ratings())
