"""Cases, comparisons and checks over one library: what 事例 and くらべる ask for."""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from assistant.comparison.case_table import CaseTable
from assistant.comparison.cases import compare_cases
from assistant.comparison.clauses import compare_clause
from assistant.comparison.policies import compare_policies
from assistant.comparison.results import ClauseComparison, PolicyComparison
from assistant.review.findings import CheckReport
from ingest.drafts import read_draft
from kb.documents import Document, DocumentKind, Node, NodeKind
from kb.errors import InputError
from kb.results import Filters
from kb.settings import Settings
from ui.draft_check import check
from ui.web.library import Library
from ui.web.record import new_id
from ui.web.uploads import file_name

_PURPOSE = "目的"
_REPORTS = 32
_POLICIES = (DocumentKind.KIHON, DocumentKind.KIKAN)


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case and in its own words what it is for."""

    document: Document
    node: Node
    purpose: str


def cases(library: Library) -> tuple[CaseCard, ...]:
    """All cases of all case books, in the order of the books."""
    cards: list[CaseCard] = []
    for document in library.documents.values():
        if document.kind is DocumentKind.JIREI:
            nodes = library.nodes(document.id)
            purposes = {node.parent: node.body for node in nodes if node.field_name == _PURPOSE}
            cards += [
                CaseCard(document, node, purposes.get(node.id, ""))
                for node in nodes
                if node.kind is NodeKind.CASE and node.case
            ]
    return tuple(cards)


def table(library: Library, question: str, filters: Filters) -> CaseTable:
    """Cases side by side. Raises KbError."""
    return compare_cases(library.kb, library.searcher, question, filters)


def policies(library: Library) -> tuple[Document, ...]:
    """The documents that can be compared clause by clause."""
    return tuple(item for item in library.documents.values() if item.kind in _POLICIES)


def versus(library: Library, a: str, b: str) -> PolicyComparison:
    """Two policies clause by clause. Raises KbError."""
    return compare_policies(library.kb.parsed(a), library.kb.parsed(b))


def clause(library: Library, node: str) -> ClauseComparison:
    """One clause in all policies. Raises KbError."""
    return compare_clause(library.kb, node)


class Reports:
    """The last checks of drafts, for the page and to be taken away as files; drafts are not kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: OrderedDict[str, CheckReport] = OrderedDict()
        self._lock = Lock()

    def check(self, library: Library, name: str, data: bytes) -> str:
        """Check a draft; returns the id under which its report is kept. Raises KbError."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / file_name(name)
            file.write_bytes(data)
            try:
                draft = read_draft(file, self._settings)
            except InputError as error:
                # Where the server puts it for a moment is nothing that a browser has to know.
                raise InputError(str(error).replace(f"{folder}{os.sep}", "")) from error
        report = check(library.kb, draft)
        key = new_id()
        with self._lock:
            self._kept[key] = report
            while len(self._kept) > _REPORTS:
                self._kept.popitem(last=False)
        return key

    def get(self, key: str) -> CheckReport:
        """A kept report. Raises InputError for one that is not kept any more."""
        try:
            return self._kept[key]
        except KeyError as error:
            raise InputError("この点検結果は残っていません。もう一度点検してください。") from error
