"""基本方針 and 契約の方針: preamble, clauses, notes, supplementary provisions, statistics."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.draft import Draft, is_sentence
from ingest.labels import LabelKind, read_labels
from ingest.lines import Line
from ingest.outline import Outline
from ingest.repair import Layout, Paragraph, goes_on
from ingest.glyph_table import find_glyph_table, read_glyph_table
from ingest.traced import TracedText
from kb.documents import NodeKind

PREAMBLE = "前文"
_TITLE_END = re.compile(
    r"(?:方針|要領|要綱|指針|計画|基準|規程|規則|ガイドライン|マニュアル)(?:について)?(?:[（(].*[）)])?$"
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
    content = [*lines[:table_start]]
    layout = Layout.of(content)
    first = first_clause(content)
    drafts = read_preamble(content[:first], layout)
    clauses = Outline(content, layout, NodeKind.CLAUSE, first).read()
    for clause in clauses:
        _mark_annex(clause)
        _give_back(clause)
    drafts += clauses
    if table_start < table_end:
        drafts.append(read_glyph_table(lines[table_start:table_end]))
        drafts += read_rest(lines[table_end:], layout)
    return drafts


def first_clause(lines: Sequence[Line]) -> int:
    """The line that the clauses begin at; the number of lines when nothing is numbered.

    第1 if there is one, else the first 1, Ⅰ or (1) that a 2 follows. A table of contents, whose
    entries follow one another without text, is passed over.
    """
    for kinds in ((LabelKind.DAI,), (LabelKind.ROMAN, LabelKind.NUM, LabelKind.PAREN)):
        starts = [
            (index, label)
            for index, line in enumerate(lines)
            for label in read_labels(line.text.text)
            if label.kind in kinds and label.number == 1 and not label.repaired
        ]
        starts = [
            (index, label)
            for index, label in starts
            if label.kind is LabelKind.DAI or _is_followed(lines, index, label.kind)
        ]
        for (index, _), (following, _) in itertools.pairwise(starts):
            if any(is_sentence(line.text.text) for line in lines[index:following]):
                return index
        if starts:
            return starts[-1][0]
    return len(lines)


def _is_followed(lines: Sequence[Line], index: int, kind: LabelKind) -> bool:
    return any(
        label.kind is kind and label.number == 2
        for line in lines[index + 1 :]
        for label in read_labels(line.text.text)
    )


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
        head, draft.paragraphs = paragraphs[: titles[-1] + 1], paragraphs[titles[-1] + 1 :]
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
