"""One aspect of a case that a question names: 事例3の課題, 富山市の制度の効果."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparison.case_extracts import CaseStatements, Column
from assistant.comparison.case_fields import FIELDS, CaseField
from assistant.comparison.case_matches import CaseText
from assistant.named import named_nodes
from assistant.writing.absent import not_told
from assistant.writing.excerpt import Range, whole
from assistant.writing.notes import Notes, quoted
from kb.addresses import address, is_relative
from kb.documents import Document, Node, NodeKind
from kb.ids import is_at_or_below
from kb.results import Answer, Hit
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query

_WHOLE = ("概要",)
"""Fields of which the whole case is an answer."""
_ASPECT = re.compile(
    r"[のにでは 　、]*(?P<words>.{1,24}?)(?:とは|は|って|について|に関して|を|教えて|見せて|示して|知りたい|ください|何|なに|です|か|[?？。、 　])*"
)
_BEHIND = re.compile(r"(?:点|等|事項|状況|面|内容)?")
_NEAREST = 2


@dataclass(frozen=True, slots=True)
class _Aspect:
    """What is asked of a case: the question's word, and the fields that it may mean."""

    word: str
    fields: tuple[CaseField, ...]


def aspect_of_numbered(
    kb: KnowledgeBase, query: Query, documents: Sequence[Document], hits: Sequence[Hit]
) -> Answer | None:
    """What the cases named by number say of the aspect named; None where none is named."""
    if query.intent is not Intent.ADDRESS or any(
        is_relative(query.text, mention) for mention in query.clauses
    ):
        return None
    aspect = _aspect(query.text[max((mention.span.end for mention in query.clauses), default=0) :])
    cases = named_nodes(kb, query, documents, hits) if aspect else []
    if not aspect or not cases or any(node.kind is not NodeKind.CASE for node in cases):
        return None
    return _answer(kb, query, aspect, cases, hits)


def aspect_of_owner(kb: KnowledgeBase, query: Query, hits: Sequence[Hit]) -> Answer | None:
    """The same of the case of the one body named, where a heading tells it or nothing does.

    None where another thing is asked, or where statements elsewhere may answer it.
    """
    owners = [owner for owner in query.owners if owner.weight >= 1]
    if len(owners) != 1 or query.clauses or query.absent or query.intent is not Intent.LOCATE:
        return None
    before, written, text = query.text.partition(owners[0].written)
    aspect = _aspect(text) if written and not before else None
    if not aspect:
        return None
    case = next((hit for hit in hits if hit.case and hit.case.organisation == owners[0].name), None)
    if case is None or case is not hits[0]:
        return None
    node = kb.node(case.id)
    while node.kind is not NodeKind.CASE and node.parent is not None:
        node = kb.node(node.parent)
    if node.kind is not NodeKind.CASE:
        return None
    sections = [child for child in kb.children(node.id) if child.body]
    if not _headed(sections, aspect) and _said(node, sections, aspect):
        return None
    return _answer(kb, query, aspect, [node], hits)


def _aspect(text: str) -> _Aspect | None:
    """The aspect that a question's words end with, beside what asks; None for other words."""
    match = _ASPECT.fullmatch(text)
    if match is None:
        return None
    words = match["words"]
    found: list[tuple[str, CaseField]] = []
    for field in FIELDS:
        for asked in field.asked.finditer(words):
            if _BEHIND.fullmatch(words, asked.end()) and field.name not in _WHOLE:
                found.append((words[asked.start() :], field))
                break
    if not found:
        return None
    return _Aspect(found[0][0], tuple(field for _, field in found))


def _answer(
    kb: KnowledgeBase, query: Query, aspect: _Aspect, cases: Sequence[Node], hits: Sequence[Hit]
) -> Answer:
    notes = Notes(kb)
    lines: list[str] = []
    reasons: list[str] = []
    nearest: list[Node] = []
    for case in cases:
        sections = [child for child in kb.children(case.id) if child.body]
        said = _said(case, sections, aspect)
        if not said:
            place = address(kb.document(case.doc), case)
            reasons.append(f"「{place}」に「{aspect.word}」についての記載は見当たりません。")
            nearest += _nearest(case, sections, hits)
        for section, ranges in said:
            place = address(kb.document(section.doc), section)
            lines.append(f"{place}：{quoted(notes.take(section, ranges))}")
    if not lines:
        return not_told(kb, query, reasons, nearest)
    return Answer(
        question=query.asked,
        intent=query.intent.value,
        text="\n".join(lines),
        abstained=False,
        citations=tuple(notes.citations),
        warnings=tuple(reasons),
    )


def _said(
    case: Node, sections: Sequence[Node], aspect: _Aspect
) -> list[tuple[Node, Sequence[Range]]]:
    """The sections under headings of the aspect; without any, the statements elsewhere that state it.

    Sections that have the question's word come behind those that are about it in other words
    (課題 behind 留意点), and alone where nothing states it.
    """
    headed = _headed(sections, aspect)
    saying = [section for section in sections if aspect.word in "".join(section.text.split())]
    if headed or case.case is None:
        more = [] if any(section in saying for section in headed) else saying
        return [(section, whole(section)) for section in (*headed, *more)]
    read = CaseStatements.read(CaseText(case, case.case, tuple(sections)))
    stated: dict[str, list[Range]] = {}
    for name in (field.name for field in aspect.fields):
        for item in read.candidates(Column(name)):
            ranges = stated.setdefault(item.node.id, [])
            if (item.start, item.end) not in ranges:
                ranges.append((item.start, item.end))
    if not stated:
        return [(section, whole(section)) for section in saying]
    return [(section, sorted(stated[section.id])) for section in sections if section.id in stated]


def _headed(sections: Sequence[Node], aspect: _Aspect) -> list[Node]:
    names = {field.name for field in aspect.fields}
    return [section for section in sections if section.field_name in names]


def _nearest(case: Node, sections: Sequence[Node], hits: Sequence[Hit]) -> list[Node]:
    """The sections of a case that the search puts first."""
    order = [hit.id for hit in hits if is_at_or_below(hit.id, case.id)]
    ranked = sorted(
        sections, key=lambda node: order.index(node.id) if node.id in order else len(order)
    )
    return ranked[:_NEAREST] or [case]
