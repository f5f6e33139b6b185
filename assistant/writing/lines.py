"""Lines of an answer: where it says so, the words, and how strongly they bind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, Role
from assistant.sentences import Sentence
from assistant.writing.excerpt import Range, answering, excerpt, operative
from assistant.writing.notes import Notes, quoted, said
from assistant.writing.rows import siblings
from kb.addresses import address
from kb.documents import NodeKind
from kb.results import Citation
from kb.store import KnowledgeBase
from retrieval.query import Query
from retrieval.relevance import Relevance

CLAUSE = 600
FIRST = 480
FURTHER = 240
"""About how many characters are quoted of a clause, and of any other place: the first, a further."""

_LISTED = 3
"""From so many further quotes on each has a line of its own: they are items of a list."""

_PARALLEL = "同じ事項についてのほかの資料の記載："
_REFERRED = "上の記載が参照している箇所："


@dataclass(frozen=True, slots=True)
class Matter:
    """What a writer works with: the question and the evidence chosen for it."""

    kb: KnowledgeBase
    query: Query
    relevance: Relevance
    evidence: tuple[Evidence, ...]
    needed: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A place of the evidence with what is quoted of it; the first citation is the answering one.

    `rows` are the rows that give what is asked for, each under its own condition, with the numbers
    of the citations that quote them.
    """

    item: Evidence
    citations: tuple[Citation, ...]
    rows: tuple[tuple[Sentence, int], ...] = ()


def cite_all(matter: Matter, notes: Notes) -> tuple[Line, ...]:
    """Every place with its quotes: of the first much, of the others less, of references the rule."""
    lines: list[Line] = []
    for found in matter.evidence:
        item = answering(found, matter.query.text, matter.relevance, matter.needed)
        most = CLAUSE if item.node.kind is NodeKind.CLAUSE else FURTHER if lines else FIRST
        ranges = (
            operative(item)
            if item.role is Role.REFERRED and len(item.node.body) > most
            else excerpt(item, matter.relevance, most, matter.needed)
        )
        rows = siblings(item, matter.query.text, matter.relevance, matter.needed)
        citations = tuple(notes.take(item.node, _with(rows, ranges)))
        lines.append(Line(item, citations, _quoted(item, rows, citations)))
    return tuple(lines)


def _quoted(
    item: Evidence, rows: Sequence[Sentence], citations: Sequence[Citation]
) -> tuple[tuple[Sentence, int], ...]:
    """The rows with the numbers of their citations; none when one cannot be quoted (markup)."""
    found: list[tuple[Sentence, int]] = []
    for row in rows:
        span = item.node.source_map.to_source(row.start, row.end)
        found += [
            (row, citation.n)
            for citation in citations
            if citation.start <= span.start and span.end <= citation.end
        ][:1]
    return tuple(found) if len(found) == len(rows) else ()


def _with(rows: Sequence[Sentence], ranges: Sequence[Range]) -> tuple[Range, ...]:
    """What is quoted, with `rows` right behind the first."""
    if not rows:
        return tuple(ranges)
    added = [(row.start, row.end) for row in rows]
    first, *rest = ranges
    others = [found for found in rest if all(found[1] <= a or b <= found[0] for a, b in added)]
    return (first, *(found for found in added if found[0] != first[0]), *others)


def written(lines: Sequence[Line]) -> str:
    """The lines in groups: answers, the same matter in other documents, what they refer to."""
    text = [full(line) for line in lines if line.item.role is Role.ANSWER]
    for role, title in ((Role.PARALLEL, _PARALLEL), (Role.REFERRED, _REFERRED)):
        group = [f"・{full(line)}" for line in lines if line.item.role is role]
        if group:
            text += [title, *group]
    return "\n".join(text)


def full(line: Line) -> str:
    """Address, answering words with their force, and what else is quoted."""
    first, *rest = line.citations
    if line.item.node.kind is NodeKind.RECORD:
        return f"{place(line.item)}：{said(line.item.node, line.citations)}"
    more = quoted(rest)
    if len(rest) >= _LISTED:
        more = "".join(f"\n　{quoted([citation])}" for citation in rest)
    return f"{place(line.item)}：{quoted([first])}{force(first)}{more}"


def place(item: Evidence) -> str:
    """The address as officers write it; of a case whose it is."""
    if case := item.case:
        return f"{address(item.document, item.node)}（{case.organisation}「{case.title}」）"
    if item.node.kind is NodeKind.CLAUSE and item.node.heading:
        return f"{address(item.document, item.node)}（{item.node.heading}）"
    return address(item.document, item.node)


def force(citation: Citation) -> str:
    """（努力規定）, or "" where no duty is stated."""
    return f"（{citation.duty}）" if citation.duty else ""
