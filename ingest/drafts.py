"""A draft that is to be checked: read like any policy, whatever its text says of itself."""

from __future__ import annotations

from pathlib import Path

from ingest.manifest import ManifestEntry
from ingest.parse import parse_file
from kb.documents import DocumentKind, ParsedDocument
from kb.errors import OptionError
from kb.fiscal_year import FiscalYear
from kb.ids import document_id
from kb.settings import Settings

_POLICIES = (DocumentKind.KIHON, DocumentKind.KIKAN)


def read_draft(path: Path, settings: Settings, year: str | None = None) -> ParsedDocument:
    """Read `path` as clauses; `year` (R8, 令和8, 2026) overrides the fiscal year it states.

    Raises InputError when the file cannot be read and OptionError when `year` is no year.
    """
    if year is not None and FiscalYear.parse(year) is None:
        raise OptionError(
            f"年度「{year}」を読み取れません。R8、令和8、2026 のように指定してください。"
        )
    doc = document_id(path.stem)
    entry = ManifestEntry(file=path.name, fiscal_year=year)
    draft = parse_file(path, doc, entry, settings)
    if draft.document.kind in _POLICIES:
        return draft
    return parse_file(path, doc, entry.model_copy(update={"kind": DocumentKind.KIKAN}), settings)
