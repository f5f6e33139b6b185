"""Decision dates and law numbers that a draft states otherwise than the documents at hand."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.comparison.wording import letters
from assistant.review.findings import Finding, FindingKind, Severity
from assistant.review.places import narrow_digits, offset_in, place_of, sentence_at
from kb.addresses import document_name
from kb.documents import Document, DocumentKind, Node, ParsedDocument
from kb.fiscal_year import FiscalYear

_DECISION = re.compile(
    r"(?P<title>[^、。()\n]{4,80}?)[」』]?\s*\("
    r"(?P<date>(?P<era>令和|平成|昭和)\s*(?P<year>元|\d{1,2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日)"
    r"(?P<what>[^()]{0,40}?(?:決定|策定|公表|申合せ|申し合わせ))"
)
_BASIC_POLICY = re.compile(r"国等の契約の基本方針$")
_KEY = 10
"""Last letters of a paper's title by which it is known: what stands before may be the sentence."""
_APRIL = 4


@dataclass(frozen=True, slots=True)
class Decision:
    """A paper with the date of its decision, as node.text[start:end] states it."""

    node: Node
    title: str
    date: datetime.date
    written: str
    start: int
    end: int


def decisions(document: ParsedDocument) -> Iterator[Decision]:
    """Every paper of which the document states the date of decision."""
    for node in document.nodes:
        text = narrow_digits(node.text)
        for match in _DECISION.finditer(text):
            date = _date(match)
            if date:
                title = letters(match["title"])
                written = "".join(match["date"].split())
                yield Decision(node, title, date, written, match.start("date"), match.end("date"))


def _date(match: re.Match[str]) -> datetime.date | None:
    try:
        year = FiscalYear.of(match["era"], 1 if match["year"] == "元" else int(match["year"]))
        return datetime.date(year.western, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def date_findings(
    draft: ParsedDocument, known: Sequence[ParsedDocument], documents: Sequence[Document]
) -> Iterator[Finding]:
    """Dates of decisions that differ from what `known` documents say of the same paper.

    The date of the 基本方針 itself is held against the 基本方針 of the draft's year among
    `documents`, or, where there is none, against the year alone: it is decided every spring.
    """
    elsewhere = {
        decision.title[-_KEY:]: decision for other in known for decision in decisions(other)
    }
    for decision in decisions(draft):
        if _BASIC_POLICY.search(decision.title):
            reason = _basic_policy_reason(draft.document, decision, documents)
            if reason:
                yield _finding(decision, reason)
            continue
        other = elsewhere.get(decision.title[-_KEY:])
        if other and other.date != decision.date:
            yield _finding(
                decision,
                f"決定日を{decision.written}としていますが、{document_of(known, other)}では"
                f"{other.written}です。",
                other,
            )


def document_of(known: Sequence[ParsedDocument], decision: Decision) -> str:
    """The short name of the document that states a decision."""
    return next(
        document_name(item.document) for item in known if item.document.id == decision.node.doc
    )


def _basic_policy_reason(
    draft: Document, decision: Decision, documents: Sequence[Document]
) -> str | None:
    own = draft.fiscal_year
    if own is None or draft.kind is DocumentKind.KIHON:
        return None
    same_year = [
        item
        for item in documents
        if item.kind is DocumentKind.KIHON and item.fiscal_year == own and item.decided_on
    ]
    if same_year:
        right = datetime.date.fromisoformat(str(same_year[0].decided_on))
        if right == decision.date:
            return None
        return (
            f"基本方針の閣議決定日を{decision.written}としていますが、{own}の基本方針は"
            f"{right.year}年{right.month}月{right.day}日の閣議決定です。"
        )
    if _fiscal(decision.date) == own.western:
        return None
    return (
        f"{own}の方針ですが、{decision.written}に決定された基本方針を引いています。"
        f"{own}の基本方針の閣議決定日か確かめてください。"
    )


def _fiscal(date: datetime.date) -> int:
    return date.year if date.month >= _APRIL else date.year - 1


def _finding(decision: Decision, reason: str, other: Decision | None = None) -> Finding:
    node = decision.node
    return Finding(
        FindingKind.DATE,
        Severity.MUST,
        place_of(node, decision.start, decision.end),
        reason,
        sentence_at(node, decision.start),
        place_of(other.node, other.start, other.end) if other else None,
        sentence_at(other.node, other.start) if other else "",
    )


def law_number_findings(
    draft: ParsedDocument, known: Sequence[ParsedDocument]
) -> Iterator[Finding]:
    """Laws that the draft gives another number than `known` documents do."""
    numbers = {
        reference.law.name: reference.law.number
        for other in known
        for reference in other.references
        if reference.law and reference.law.number
    }
    nodes = {node.id: node for node in draft.nodes}
    seen: set[tuple[str, str]] = set()
    for reference in draft.references:
        law, node = reference.law, nodes.get(reference.source)
        if law is None or law.number is None or node is None:
            continue
        # A later mention takes over the number that the first one states.
        stated = letters(law.number) in letters(reference.text)
        right = numbers.get(law.name)
        if not stated or right in (None, law.number) or (law.name, law.number) in seen:
            continue
        seen.add((law.name, law.number))
        start = offset_in(node, reference.span.start) or 0
        yield Finding(
            FindingKind.LAW_NUMBER,
            Severity.MUST,
            place_of(node, start, start + 1),
            f"「{law.name}」の法令番号を{law.number}としていますが、ほかの資料では{right}です。",
            sentence_at(node, start),
        )
