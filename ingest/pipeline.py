"""Files to a new generation: one result row a file, the old generation in service until the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ingest.parse import PARSER_VERSION
from ingest.references import resolve_across
from ingest.sources import Source, find_sources, shipped, whole_path
from ingest.workers import Job, Outcome, outcomes
from kb.documents import Document, ParsedDocument, Passage
from kb.errors import CorruptStoreError, InputError, NoKnowledgeBaseError
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


Progress = Callable[[IngestRow | None, int, int], None]
"""Told of each finished row (None before the first), how many are done and how many there are."""

_PARSER = "parser"


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    indexer: Indexer,
    progress: Progress = lambda row, done, total: None,
) -> IngestReport:
    """Read `paths` (files, folders, zip archives; none: the shipped corpus) into the knowledge base.

    Documents of earlier runs stay, unchanged files are skipped, and a document whose file has gone
    from a given folder or archive is removed. A bad file gives a failed row and leaves its older
    version in place. Raises InputError when no document could be read at all, StoreError when the
    generation cannot be built; the generation in service stays as it was then, also when the run
    is interrupted.
    """
    began = time.perf_counter()
    wanted = [*map(whole_path, paths)] or shipped()
    store = GenerationStore(settings.home)
    with store.locked():
        old = _open_old(settings)
        batch = _Batch(old, settings, indexer.index_versions(settings))
        sources = list(find_sources(wanted, settings))
        progress(None, 0, len(sources))
        for done, row in enumerate(batch.read(sources), start=1):
            progress(row, done, len(sources))
        batch.remove_missing(wanted, sources)
        batch.report_empty(wanted)
        documents = batch.documents()
        if not documents:
            raise InputError(_nothing_read(batch.rows))
        name = (
            store.build(
                settings.fingerprint, lambda folder: _fill(folder, documents, settings, indexer)
            )
            if batch.changed or old is None or old.generation != store.named()
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
        self._given: dict[str, Source] = {}
        self._removed: set[str] = set()
        self._same_parser = old is not None and old.manifest.versions.get(_PARSER) == PARSER_VERSION
        self._same_index = (
            old is not None
            and old.manifest.settings == settings.fingerprint
            and versions.items() <= old.manifest.versions.items()
        )

    @property
    def changed(self) -> bool:
        """Whether a new generation is needed."""
        return bool(self._fresh or self._removed) or not self._same_index

    def read(self, sources: Sequence[Source]) -> Iterator[IngestRow]:
        """Parse the files that are not unchanged; the rows come in the order of the files."""
        known = [self._known_as(source) for source in sources]
        jobs = [
            Job(source, self._id_for(source, before), before if self._same_parser else None)
            for source, before in zip(sources, known, strict=True)
        ]
        for job, before, outcome in zip(jobs, known, outcomes(jobs, self._settings), strict=True):
            row = self._row(job, before, outcome)
            self.rows.append(row)
            yield row

    def remove_missing(self, wanted: Sequence[Path], sources: Sequence[Source]) -> None:
        """Drop documents whose file has gone from one of the given folders or archives.

        A folder that is not there or an archive that cannot be opened tells nothing of its files.
        """
        found = {str(source.path) for source in sources}
        closed = {source.path for source in sources if source.fault}
        searched = {path for path in wanted if path.exists()} - closed
        for doc, document in self._known.items():
            above = set(Path(document.path).parents)
            gone = bool(searched & above) and not closed & above
            if gone and document.path not in found and doc not in self._fresh:
                self._removed.add(doc)
                self.rows.append(IngestRow(doc, document.path, IngestStatus.REMOVED))

    def report_empty(self, wanted: Sequence[Path]) -> None:
        """A failed row for each given place in which there was nothing to read."""
        touched = {
            place for row in self.rows for place in (Path(row.path), *Path(row.path).parents)
        }
        self.rows += [
            IngestRow(
                None,
                str(path),
                IngestStatus.FAILED,
                f"「{path}」には取り込める資料がありません。資料の入った場所を指定してください。",
            )
            for path in wanted
            if path not in touched
        ]

    def documents(self) -> tuple[ParsedDocument, ...]:
        """Every document of the new generation: known ones in their order, then the added ones."""
        kept = [
            self._fresh.get(doc) or self._parsed(doc)
            for doc in self._known
            if doc not in self._removed
        ]
        added = [parsed for doc, parsed in self._fresh.items() if doc not in self._known]
        return resolve_across([*kept, *added])

    def _known_as(self, source: Source) -> Document | None:
        """The document this file was before: same place, or the same id at a place now empty."""
        for document in self._known.values():
            if document.path == str(source.path):
                return document
        same_id = self._known.get(source.wanted_id)
        stated = source.entry is not None and source.entry.id is not None
        return same_id if same_id and (stated or not Path(same_id.path).exists()) else None

    def _id_for(self, source: Source, before: Document | None) -> str:
        wanted = before.id if before else source.wanted_id
        number, doc = 1, wanted
        while doc in self._given or (not before and doc in self._known):
            number += 1
            doc = f"{wanted}-{number}"
        self._given[doc] = source
        return doc

    def _row(self, job: Job, before: Document | None, outcome: Outcome) -> IngestRow:
        path = str(job.source.path)
        if outcome.parsed:
            self._fresh[job.doc] = outcome.parsed
            document = outcome.parsed.document
            status = IngestStatus.UPDATED if before else IngestStatus.ADDED
            counts = len(outcome.parsed.nodes), len(outcome.parsed.passages)
        elif outcome.reason or not before or not self._old:
            kept = "前に取り込んだ内容はそのまま残しました。" if before else ""
            return IngestRow(
                before.id if before else None,
                path,
                IngestStatus.FAILED,
                outcome.reason + kept,
                seconds=outcome.seconds,
            )
        else:
            document, status = before, IngestStatus.UNCHANGED
            counts = self._old.counts_of(before.id)
        return IngestRow(
            job.doc,
            path,
            status,
            pages=document.pages,
            nodes=counts[0],
            passages=counts[1],
            seconds=outcome.seconds,
            warnings=document.warnings,
        )

    def _parsed(self, doc: str) -> ParsedDocument:
        assert self._old is not None
        return self._old.parsed(doc)


def _open_old(settings: Settings) -> KnowledgeBase | None:
    try:
        return KnowledgeBase.open(settings.home)
    except NoKnowledgeBaseError:
        return None
    except CorruptStoreError as error:
        print(f"警告: {error}全体を作り直します。", file=sys.stderr)
        return None


def _fill(
    folder: Path, documents: Sequence[ParsedDocument], settings: Settings, indexer: Indexer
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
