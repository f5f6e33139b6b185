"""Files to a new generation: one result row a file, the old generation in service until the end."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.manifest import ManifestEntry, load_manifest
from ingest.parse import PARSER_VERSION, parse_file
from ingest.readers import SUFFIXES
from kb.documents import Document, ParsedDocument, Passage
from kb.errors import CorruptStoreError, InputError, NoKnowledgeBaseError
from kb.ids import document_id
from kb.resources import CORPUS
from kb.results import IngestReport, IngestRow, IngestStatus
from kb.settings import Settings
from kb.store import GenerationStore, KnowledgeBase, write_database
from kb.store.generation import DATABASE


class Indexer(Protocol):
    """Makes the search indexes; the module `retrieval.index` is one."""

    def index_versions(self, settings: Settings) -> dict[str, str]:
        """What would make an index now; an index made with anything else is made anew."""

    def build_index(
        self,
        folder: Path,
        passages: Sequence[Passage],
        documents: Mapping[str, Document],
        settings: Settings,
    ) -> dict[str, str]:
        """Index all passages into `folder`; returns the versions that made it."""


Progress = Callable[[IngestRow, int, int], None]
"""Told of each finished row, how many are done and how many there are."""

_PARSER = "parser"


@dataclass(frozen=True, slots=True)
class _Source:
    """One input file and what its folder's manifest says of it."""

    path: Path
    entry: ManifestEntry | None


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    indexer: Indexer,
    progress: Progress = lambda row, done, total: None,
) -> IngestReport:
    """Read `paths` (files and folders; none means the shipped corpus) into the knowledge base.

    Documents of earlier runs stay, unchanged files are skipped, and a document whose file has gone
    from a given folder is removed. A bad file gives a failed row and leaves its older version in
    place. Raises InputError when no document could be read at all, StoreError when the generation
    cannot be built; the generation in service stays as it was then.
    """
    began = time.perf_counter()
    wanted = [path.resolve() for path in paths] or _shipped()
    store = GenerationStore(settings.home)
    with store.locked():
        old = _open_old(settings)
        batch = _Batch(old, settings, indexer.index_versions(settings))
        sources = list(_sources(wanted))
        for done, source in enumerate(sources, start=1):
            progress(batch.read(source), done, len(sources))
        batch.remove_missing(wanted)
        documents = batch.documents()
        if not documents:
            raise InputError(_nothing_read(batch.rows))
        name = (
            store.build(
                settings.fingerprint, lambda folder: _fill(folder, documents, settings, indexer)
            )
            if batch.changed or old is None
            else old.generation
        )
    return IngestReport(name, tuple(batch.rows), time.perf_counter() - began)


class _Batch:
    """What one run has read so far, beside what the old generation holds."""

    def __init__(
        self, old: KnowledgeBase | None, settings: Settings, versions: Mapping[str, str]
    ) -> None:
        self.rows: list[IngestRow] = []
        self._old = old
        self._known = {item.id: item for item in old.documents()} if old else {}
        self._settings = settings
        self._fresh: dict[str, ParsedDocument] = {}
        self._removed: set[str] = set()
        self._same_parser = old is not None and old.manifest.versions.get(_PARSER) == PARSER_VERSION
        self._same_index = (
            old is not None
            and old.manifest.settings == settings.fingerprint
            and versions.items() <= old.manifest.versions.items()
        )

    @property
    def changed(self) -> bool:
        return bool(self._fresh or self._removed) or not self._same_index

    def read(self, source: _Source) -> IngestRow:
        """Parse one file unless it is unchanged; the row is also kept in `rows`."""
        began = time.perf_counter()
        path = str(source.path)
        before = self._known_as(source)
        try:
            if before and self._unchanged(source, before):
                row = self._row(before.id, path, IngestStatus.UNCHANGED, began)
            else:
                doc = before.id if before else self._free_id(source)
                self._fresh[doc] = parse_file(source.path, doc, source.entry, self._settings)
                status = IngestStatus.UPDATED if before else IngestStatus.ADDED
                row = self._row(doc, path, status, began)
        except InputError as error:
            reason = f"{error}前に取り込んだ内容はそのまま残しました。" if before else str(error)
            row = IngestRow(
                before.id if before else None,
                path,
                IngestStatus.FAILED,
                reason,
                seconds=time.perf_counter() - began,
            )
        self.rows.append(row)
        return row

    def remove_missing(self, wanted: Sequence[Path]) -> None:
        """Drop documents whose file has gone from one of the given folders."""
        for doc, document in self._known.items():
            path = Path(document.path)
            inside = any(folder in path.parents for folder in wanted)
            if inside and doc not in self._fresh and not path.exists():
                self._removed.add(doc)
                self.rows.append(IngestRow(doc, document.path, IngestStatus.REMOVED))

    def documents(self) -> list[ParsedDocument]:
        """Every document of the new generation: known ones in their order, then the added ones."""
        kept = [
            self._fresh.get(doc) or self._parsed(doc)
            for doc in self._known
            if doc not in self._removed
        ]
        return kept + [parsed for doc, parsed in self._fresh.items() if doc not in self._known]

    def _known_as(self, source: _Source) -> Document | None:
        """The document this file was before: same place, or the same id at a place now empty."""
        for document in self._known.values():
            if document.path == str(source.path):
                return document
        same_id = self._known.get(_wanted_id(source))
        stated = source.entry is not None and source.entry.id is not None
        return same_id if same_id and (stated or not Path(same_id.path).exists()) else None

    def _unchanged(self, source: _Source, before: Document) -> bool:
        return (
            self._same_parser
            and before.path == str(source.path)
            and before.sha256 == _digest(source.path)
            and (source.entry is None or source.entry.agrees_with(before))
        )

    def _free_id(self, source: _Source) -> str:
        base = _wanted_id(source)
        number, candidate = 1, base
        while candidate in self._known or candidate in self._fresh:
            number += 1
            candidate = f"{base}-{number}"
        return candidate

    def _parsed(self, doc: str) -> ParsedDocument:
        assert self._old is not None
        return self._old.parsed(doc)

    def _row(self, doc: str, path: str, status: IngestStatus, began: float) -> IngestRow:
        if parsed := self._fresh.get(doc):
            document, nodes, passages = parsed.document, len(parsed.nodes), len(parsed.passages)
        else:
            assert self._old is not None
            document = self._known[doc]
            nodes, passages = self._old.counts_of(doc)
        return IngestRow(
            doc,
            path,
            status,
            pages=document.pages,
            nodes=nodes,
            passages=passages,
            seconds=time.perf_counter() - began,
            warnings=document.warnings,
        )


def _open_old(settings: Settings) -> KnowledgeBase | None:
    try:
        return KnowledgeBase.open(settings.home)
    except NoKnowledgeBaseError:
        return None
    except CorruptStoreError as error:
        print(f"警告: {error}全体を作り直します。", file=sys.stderr)
        return None


def _shipped() -> list[Path]:
    """The documents of the product; the lexicon beside them is not one."""
    return [CORPUS / entry.file for entry in load_manifest(CORPUS).documents]


def _wanted_id(source: _Source) -> str:
    stated = source.entry.id if source.entry else None
    return stated or document_id(source.path.stem)


def _sources(wanted: Sequence[Path]) -> Iterator[_Source]:
    for path in wanted:
        if path.is_dir():
            manifest = load_manifest(path)
            files = sorted(
                file
                for file in path.rglob("*")
                if file.is_file() and file.suffix.lower() in SUFFIXES
            )
            for file in files:
                yield _Source(file, manifest.entry_for(file))
        else:
            yield _Source(path, load_manifest(path.parent).entry_for(path))


def _fill(
    folder: Path,
    documents: Sequence[ParsedDocument],
    settings: Settings,
    indexer: Indexer,
) -> dict[str, str]:
    write_database(folder / DATABASE, documents)
    passages = [passage for parsed in documents for passage in parsed.passages]
    by_id = {parsed.document.id: parsed.document for parsed in documents}
    return indexer.build_index(folder, passages, by_id, settings) | {_PARSER: PARSER_VERSION}


def _nothing_read(rows: Sequence[IngestRow]) -> str:
    reason = next(
        (row.reason for row in rows if row.reason), "指定した場所に対応する形式の資料がありません。"
    )
    return f"取り込める資料が1件もありませんでした。{reason}"


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"ファイル「{path}」を読めません（{error.strerror}）。場所と読み取り権限を確認してください。"
        ) from error
