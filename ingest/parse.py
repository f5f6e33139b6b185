"""One file to a parsed document: read, recognise, build the tree, make passages. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ingest.case_book import read_case_book
from ingest.definitions import find_definitions
from ingest.draft import Draft, to_nodes
from ingest.headed import read_free_text
from ingest.kinds import Recognised, recognise
from ingest.law import read_law
from ingest.lines import Line, read_lines
from ingest.manifest import ManifestEntry
from ingest.metadata import find_metadata
from ingest.notice import is_notice, read_notice
from ingest.page import Extract
from ingest.passages import make_passages
from ingest.policy import read_policy
from ingest.readers import read_bytes, read_extract
from ingest.references import find_references
from kb.documents import Document, DocumentKind, ParsedDocument
from kb.places import prefecture_of
from kb.settings import Settings

PARSER_VERSION = "11"
"""Raised whenever the same file would give other nodes, so that it is read anew."""

Parser = Callable[[Sequence[Line]], list[Draft]]
"""Makes the drafts of a document from its lines."""


def read_other(lines: Sequence[Line]) -> list[Draft]:
    """A letter with its annexes, or any other text."""
    return read_notice(lines) if is_notice(lines) else read_free_text(lines)


PARSERS: Mapping[DocumentKind, Parser] = {
    DocumentKind.KIHON: read_policy,
    DocumentKind.KIKAN: read_policy,
    DocumentKind.JIREI: read_case_book,
    DocumentKind.LAW: read_law,
    DocumentKind.OTHER: read_other,
}


def parse_file(
    path: Path, doc: str, entry: ManifestEntry | None, settings: Settings
) -> ParsedDocument:
    """Read `path` as the document `doc`; `entry` overrides what the text says of itself.

    Raises InputError when the file cannot be read.
    """
    return parse(read_bytes(path, settings), path, doc, entry, settings)


def parse(
    data: bytes, path: Path, doc: str, entry: ManifestEntry | None, settings: Settings
) -> ParsedDocument:
    """The same from the file's bytes; `path` names it and tells its format."""
    extract = read_extract(data, path, settings)
    digest = hashlib.sha256(data).hexdigest()
    return parse_extract(extract, path, doc, entry, digest)


def parse_extract(
    extract: Extract, path: Path, doc: str, entry: ManifestEntry | None, digest: str
) -> ParsedDocument:
    """The same from text already read; `digest` is the sha256 of the file's bytes."""
    entry = entry or ManifestEntry(file=path.name)
    lines = read_lines(extract)
    kind = Recognised(entry.kind, 1.0) if entry.kind else recognise(lines)
    found = find_metadata(lines, kind.kind, path.stem)
    title = entry.title or found.title
    issuer = found.issuer if entry.issuer is None else entry.issuer
    nodes = to_nodes(doc, PARSERS[kind.kind](lines), extract)
    document = Document(
        id=doc,
        title=title,
        kind=kind.kind,
        issuer=issuer,
        fiscal_year=entry.year or found.fiscal_year,
        decided_on=entry.decided_on or found.decided_on,
        source=entry.source,
        licence=entry.licence,
        sha256=digest,
        path=str(path),
        pages=len(extract.pages),
        prefecture=entry.prefecture or prefecture_of(issuer),
        kind_confidence=kind.confidence,
        warnings=(*extract.notes, *_warnings(entry, digest)),
    )
    return ParsedDocument(
        document,
        extract.text,
        nodes,
        make_passages(title, nodes),
        find_references(document, extract.text, nodes),
        find_definitions(document, extract.text, nodes),
    )


def _warnings(entry: ManifestEntry, digest: str) -> tuple[str, ...]:
    if entry.sha256 and entry.sha256 != digest:
        return (
            "ファイルの内容が manifest.toml の sha256 と一致しません。記載を確認してください。",
        )
    return ()
