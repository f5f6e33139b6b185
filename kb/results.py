"""What the rooms hand each other: hits, citations, answers, ingest rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.documents import Case
from kb.fiscal_year import FiscalYear
from kb.spans import Span


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents and cases a search may return; None lets everything through."""

    doc: str | None = None
    kind: str | None = None
    issuer: str | None = None
    prefecture: str | None = None
    category: str | None = None
    year: FiscalYear | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One node that a search returned.

    `score` is the fused score that orders hits; `lexical` the BM25 score (0 when the words do not
    match) and `dense` the cosine similarity. `highlights` are ranges of `text`. `also` are ids of
    clauses of other documents that say nearly the same, the most alike first: they are hits of
    their own, but may be shown as one group.
    """

    id: str
    doc: str
    title: str
    path: tuple[str, ...]
    breadcrumbs: tuple[str, ...]
    case: Case | None
    score: float
    lexical: float
    dense: float
    text: str
    page: int | None
    start: int
    end: int
    highlights: tuple[Span, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and the place where it stands; `verified` is what the checker found.

    `duty` is how strongly the quote binds, in Japanese: 禁止, 義務, するものとする, 努力規定, 配慮・留意,
    検討 or 許容・できる規定, each with 「・例外あり」 where a proviso follows; "" where it states no duty or
    stands in no rule.
    """

    n: int
    id: str
    quote: str
    start: int
    end: int
    verified: bool
    duty: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of an answer's table; `citation` is the number of the citation it rests on."""

    text: str
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer laid side by side."""

    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the places it rests on. Numbers in brackets in `text` are citations.

    `understood_as` is the question that was answered where the conversation filled one in (鹿屋では?),
    else "".
    """

    question: str
    intent: str
    text: str
    abstained: bool
    citations: tuple[Citation, ...]
    table: Table | None = None
    warnings: tuple[str, ...] = ()
    writer: str = "extractive"
    seconds: float = 0.0
    understood_as: str = ""


class IngestStatus(StrEnum):
    """What became of one input file."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class IngestRow:
    """The result of one input file; `reason` says why it failed and what to do."""

    doc: str | None
    path: str
    status: IngestStatus
    reason: str = ""
    pages: int = 0
    nodes: int = 0
    passages: int = 0
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one `kb ingest` did; `generation` is the generation now in service."""

    generation: str
    rows: tuple[IngestRow, ...]
    seconds: float
