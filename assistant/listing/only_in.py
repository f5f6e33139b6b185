"""What one policy lays down and others do not: 鹿屋にあって私学にない項目."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.comparison.policies import compare_policies
from assistant.sentences import split_sentences
from assistant.writing.notes import Notes
from kb.addresses import address, document_name
from kb.documents import Node
from kb.errors import OptionError
from kb.ids import is_at_or_below
from kb.results import Answer, Table, TableCell
from kb.store import KnowledgeBase
from retrieval.query import OnlyIn, Query

_COLUMNS = ("箇所", "記載", "対応する規定がない資料")


def only_in_asked(kb: KnowledgeBase, query: Query) -> Answer | None:
    """The clauses of the first documents without a counterpart; None when none is asked for."""
    wanted = query.only_in
    if wanted is None:
        return None
    missing = "、".join(document_name(kb.document(doc)) for doc in wanted.not_there)
    notes = Notes(kb)
    rows: list[tuple[TableCell, ...]] = []
    lines: list[str] = []
    for node in _alone(kb, wanted):
        first = split_sentences(node.body)[0] if node.body else None
        start = len(node.text) - len(node.body)
        words = (start + first.start, start + first.end) if first else (0, len(node.heading))
        (citation,) = notes.take(node, [words])
        place = address(kb.document(node.doc), node)
        heading = f"（{node.heading}）" if node.heading and first else ""
        lines.append(f"・{place}{heading}：「{citation.quote}」[{citation.n}]")
        rows.append((TableCell(place), TableCell(citation.quote, citation.n), TableCell(missing)))
    if not lines:
        return None
    return Answer(
        question=query.asked,
        intent=query.intent.value,
        text="\n".join(lines),
        abstained=False,
        citations=tuple(notes.citations),
        table=Table(_COLUMNS, tuple(rows)),
    )


def _alone(kb: KnowledgeBase, wanted: OnlyIn) -> Iterator[Node]:
    """The clauses that answer to nothing in the other documents, whole ones before their items."""
    others = [kb.parsed(doc) for doc in wanted.not_there]
    for doc in wanted.there:
        own = kb.parsed(doc)
        alone: set[str] | None = None
        for other in others:
            try:
                pairs = compare_policies(own, other).pairs
            except OptionError:  # A document without clauses has no counterpart to anything.
                continue
            only = {pair.a.id for pair in pairs if pair.a and not pair.b}
            alone = only if alone is None else alone & only
        taken: list[str] = []
        for node in own.nodes:
            below = any(is_at_or_below(node.id, above) for above in taken)
            if node.id in (alone or ()) and not below:
                taken.append(node.id)
                yield node
