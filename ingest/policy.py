"""基本方針 and 契約の方針: preamble, clauses, notes, supplementary provisions, statistics."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.draft import Draft, is_sentence
from ingest.glyph_table import find_glyph_table, read_glyph_table
from ingest.label_rules import labels_of
from ingest.labels import LabelKind
from ingest.lines import Line
from ingest.merged_labels import cut_merged
from ingest.outline import Outline
from ingest.repair import Layout, Paragraph, goes_on
from ingest.traced import TracedText
from kb.documents import NodeKind

PREAMBLE = "前文"
_TOP = (LabelKind.DAI, LabelKind.ROMAN, LabelKind.KANJI, LabelKind.NUM, LabelKind.PAREN)
_TITLE_END = re.compile(
    r"(?:方針|事例集|ご案内|要領|要綱|指針|計画|基準|規程|規則|ガイドライン|マニュアル)(?:について)?(?:[（(].*[）)])?$"
)
_SUBJECT = re.compile(
    r"^(?:なお|また|さらに|その他|このほか|加えて|ただし)、(?P<who>[^、。]{1,25}?)は、"
)
_OWN_SUBJECT = re.compile(r"^(?P<who>[^、。]{1,25}(?:、[^、。]{1,15})?)は、")
_NOT_A_SUBJECT = re.compile(r"(?:に|で|と|て|場合|際|から)$")
_LIST_FORM = re.compile(r"(?:こと|もの|とき|場合|者)[。]?$")
_CLAUSE_FORM = re.compile(r"(?:ものとする|する|である|ない|いる|れる|べきである)。$")


def read_policy(lines: Sequence[Line]) -> list[Draft]:
    """Drafts of a policy, in document order."""
    table_start, table_end = find_glyph_table(lines)
    content = cut_merged(lines[:table_start])
    layout = Layout.of(content)
    first = first_clause(content)
    drafts = read_preamble(content[:first], layout)
    drafts += _read_clauses(content, layout, first)
    if table_start < table_end:
        drafts.append(read_glyph_table(lines[table_start:table_end]))
        drafts += read_rest(lines[table_end:], layout)
    return drafts


def read_numbered(lines: Sequence[Line]) -> list[Draft]:
    """Drafts of any text whose parts are numbered, as clauses after a preamble."""
    whole = cut_merged(lines)
    layout = Layout.of(whole)
    first = first_clause(whole)
    return [*read_preamble(whole[:first], layout), *_read_clauses(whole, layout, first)]


def _read_clauses(lines: Sequence[Line], layout: Layout, first: int) -> list[Draft]:
    clauses = Outline(lines, layout, NodeKind.CLAUSE, first).read()
    for clause in clauses:
        _mark_annex(clause)
        _give_back(clause)
    return clauses


def first_clause(lines: Sequence[Line]) -> int:
    """The line that the clauses begin at; the number of lines when nothing is numbered.

    第1 if there is one, else the first Ⅰ, 1 or (1) that a 2 follows. A table of contents, whose
    entries follow one another without text, is passed over.
    """
    places: dict[LabelKind, dict[int, list[int]]] = {kind: {1: [], 2: []} for kind in _TOP}
    for index, line in enumerate(lines):
        for label in labels_of(line):
            if label.kind in _TOP and label.number in (1, 2) and not label.repaired:
                places[label.kind][label.number].append(index)
    if starts := places[LabelKind.DAI][1]:
        return _past_contents(lines, _alike(lines, starts))
    numbered = [
        _past_contents(lines, ones)
        for ones, twos in ((found[1], found[2]) for found in places.values())
        if ones and twos and twos[-1] > ones[0]
    ]
    return min(numbered, default=len(lines))


def _alike(lines: Sequence[Line], starts: Sequence[int]) -> list[int]:
    """Those of the places that begin as the first does: 第1章, not 第1節."""
    names = [[label.name for label in labels_of(lines[index])] for index in starts]
    return [index for index, name in zip(starts, names, strict=True) if name == names[0]]


def _past_contents(lines: Sequence[Line], starts: Sequence[int]) -> int:
    """The first of the places that text follows before the next of them."""
    for index, following in itertools.pairwise(starts):
        if any(is_sentence(line.text.text) for line in lines[index:following]):
            return index
    return starts[-1]


def read_preamble(lines: Sequence[Line], layout: Layout, label: str = PREAMBLE) -> list[Draft]:
    """What stands before the clauses: the title is its heading, the rest its body."""
    paragraphs = read_paragraphs(lines, layout)
    if not paragraphs:
        return []
    draft = Draft(label, NodeKind.SECTION, paragraphs=paragraphs)
    titles = [
        index
        for index, paragraph in enumerate(paragraphs[:6])
        if _TITLE_END.search(paragraph.text.text)
    ]
    if titles:
        head, draft.paragraphs = paragraphs[: titles[0] + 1], paragraphs[titles[0] + 1 :]
        draft.lead = head[0]
        draft.heading = TracedText.join([paragraph.text for paragraph in head], " ")
        for paragraph in head[1:]:
            draft.lead.end = paragraph.end
            draft.lead.repairs += paragraph.repairs
    return [draft]


def read_paragraphs(lines: Sequence[Line], layout: Layout) -> list[Paragraph]:
    """Lines joined into paragraphs; blank lines and page marks go to the one before them."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        if line.blank:
            if paragraphs:
                paragraphs[-1].cover(line)
        elif paragraphs and goes_on(paragraphs[-1], line, layout):
            paragraphs[-1].absorb(line)
        else:
            paragraphs.append(Paragraph.of(line))
    return paragraphs


def read_rest(lines: Sequence[Line], layout: Layout) -> list[Draft]:
    """Text after the statistics, as a section of its own."""
    paragraphs = read_paragraphs(lines, layout)
    return [Draft("後文", NodeKind.SECTION, paragraphs=paragraphs)] if paragraphs else []


def _mark_annex(draft: Draft) -> None:
    if draft.mark and draft.mark.kind is LabelKind.ANNEX and draft.label != "附則":
        draft.kind = NodeKind.ANNEX


def _give_back(draft: Draft) -> None:
    """Move text after the last sub-item to the unit whose sub-item that is."""
    for child in draft.children:
        _give_back(child)
    if not draft.children:
        return
    last = draft.children[-1]
    if last.children or last.mark is None or last.mark.kind is LabelKind.NOTE:
        return
    for index, paragraph in enumerate(last.paragraphs):
        if _speaks_for_all(paragraph.text.text, draft, last):
            draft.paragraphs += last.paragraphs[index:]
            del last.paragraphs[index:]
            return


def _speaks_for_all(text: str, parent: Draft, item: Draft) -> bool:
    """Whether a paragraph after the last sub-item is the parent's own.

    It names the parent's subject and not the item's, or it is a full sentence after items that
    are mere noun phrases (…こと。).
    """
    subject = _subject(_SUBJECT, text)
    own = {_subject(_OWN_SUBJECT, paragraph) for paragraph in _texts(parent)} - {None}
    items = [_texts(child) for child in parent.children]
    if subject and subject in own:
        return subject != _subject(_OWN_SUBJECT, " ".join(_texts(item)[:1]))
    leads = [texts[0] for texts in items if texts]
    return (
        len(leads) >= 2
        and all(_LIST_FORM.search(lead) for lead in leads)
        and bool(_CLAUSE_FORM.search(text))
    )


def _texts(draft: Draft) -> list[str]:
    own = ([draft.lead] if draft.lead else []) + draft.paragraphs
    return [paragraph.text.text for paragraph in own if paragraph.text]


def _subject(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.match(text)
    if match is None or _NOT_A_SUBJECT.search(match["who"]):
        return None
    return match["who"]
