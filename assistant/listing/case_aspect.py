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
_OF_IT = re.compile(
    r"の(?:(?!ない|いつ)[^はがをにで、。?？ 　])+(?:$|は(?:何|どう|[?？]|$)|って|を(?:教|知|見|示)|について|[?？。])"
)
"""What follows a body of which one aspect is asked by name, not by a sentence about it."""
_AND = re.compile(r"と|、|・|や|及び|並びに")
_TOPIC = re.compile(r"(.+?)は(?=何|どれ|どの|いくら|いつ|誰)")
"""認定期間 of 認定期間は何年."""
_BEHIND = re.compile(r"(?:点|等|事項|状況|面|内容)?")
_NEAREST = 2


@dataclass(frozen=True, slots=True)
class _Aspect:
    """What is asked of a case: the question's words, and the fields that they may mean."""

    words: tuple[str, ...]
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
    plain = written and not before and _OF_IT.match(text)
    aspect = _aspect(text) if plain else None
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
    """The aspect that is all a question's words ask for; None for other words."""
    match = _ASPECT.fullmatch(text)
    if match is None:
        return None
    found = [_fields_named(piece) for piece in _AND.split(match["words"])]
    if not all(found):
        found = [_fields_named(match["words"])]
    named = {field.name: (word, field) for piece in found for word, field in piece}
    if not named or not all(found):
        return None
    words = dict.fromkeys(word for word, _ in named.values())
    return _Aspect(tuple(words), tuple(field for _, field in named.values()))


def _fields_named(words: str) -> list[tuple[str, CaseField]]:
    """The fields with which some words end, each with the word that names it: 制度の認定期間."""
    topic = _TOPIC.match(words)
    noun = (topic[1] if topic else words).rpartition("の")[2]
    return [
        (noun, field)
        for field in FIELDS
        if field.name not in _WHOLE and (field.label.search(noun) or _ends_with(field, noun))
    ]


def _ends_with(field: CaseField, noun: str) -> bool:
    return any(_BEHIND.fullmatch(noun, asked.end()) for asked in field.asked.finditer(noun))


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
        place = address(kb.document(case.doc), case)
        if not said and (kin := _kin(sections, aspect)):
            said = [(section, whole(section)) for section in kin]
            reasons.append(
                f"「{place}」に「{'、'.join(aspect.words)}」という見出しはありません。"
                f"「{'」「'.join(section.heading for section in kin)}」の記載を示しています。"
            )
        if not said:
            reasons.append(
                f"「{place}」に「{'、'.join(aspect.words)}」についての記載は見当たりません。"
            )
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

    Where nothing states it, those that have one of the question's words.
    """
    headed = _headed(sections, aspect)
    if headed or case.case is None:
        return [(section, whole(section)) for section in headed]
    read = CaseStatements.read(CaseText(case, case.case, tuple(sections)))
    stated: dict[str, list[Range]] = {}
    for name in (field.name for field in aspect.fields):
        for item in read.candidates(Column(name)):
            ranges = stated.setdefault(item.node.id, [])
            if (item.start, item.end) not in ranges:
                ranges.append((item.start, item.end))
    if stated:
        return [(item, sorted(stated[item.id])) for item in sections if item.id in stated]
    return [
        (section, whole(section))
        for section in sections
        if any(word in _flat(section) for word in aspect.words)
    ]


def _kin(sections: Sequence[Node], aspect: _Aspect) -> list[Node]:
    """The sections under which cases tell the aspect that have no heading for it."""
    names = {name for field in aspect.fields for name in field.kin}
    return [section for section in sections if section.field_name in names]


def _flat(section: Node) -> str:
    return "".join(section.text.split())


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
