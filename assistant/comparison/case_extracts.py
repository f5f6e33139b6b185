"""What a case says under a field: the statement that answers it in light of the question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.comparison.case_fields import FIELDS, CaseField
from assistant.comparison.case_matches import CaseText
from assistant.comparison.case_statements import Statement, block_of, is_caption, statements
from assistant.comparison.case_table import CaseCell
from assistant.quotes import cite
from kb.documents import Node
from kb.store import KnowledgeBase
from retrieval.relevance import Relevance

_SHORT = 120
"""A section or labelled block of up to so many characters is quoted whole."""
_FIRST = 0.15
_SHOWS = 0.5
"""What a statement gains for standing first, and for saying what its field is about."""
_PHRASE = 1.0
"""Weight of the words with which the question asks for the column."""
_ANOTHERS = 0.5
"""What one loses for standing under the heading of another field."""
_BARE = 0.4
_ROW = 30
"""What a caption or a row of a table below that length loses: it says little by itself."""
_PLAIN = 0.4
"""Weight of the question where the field's best sentence hardly depends on it."""
_EQUAL = 0.85
_LONGEST = 240
_TAG = re.compile(r"</?[a-z]+>")
"""Marks of a table in the source that the node leaves out, as list marks are."""
_BY_NAME = {field.name: field for field in FIELDS}


@dataclass(frozen=True, slots=True)
class CaseStatements:
    """A case read into statements, ready to be asked for any field."""

    text: CaseText
    statements: tuple[Statement, ...]

    @classmethod
    def read(cls, text: CaseText) -> CaseStatements:
        """Cut the sections of a case into statements."""
        return cls(text, tuple(item for node in text.sections for item in statements(node)))

    def candidates(self, column: Column) -> list[Statement]:
        """Statements under the field's own headings; without any, those elsewhere that state it.

        Rows of a table elsewhere must hold what is needed. Where the field was asked for, those
        under its kin come last.
        """
        field, name = _BY_NAME[column.name], column.name
        own = [item for item in self.statements if item.field == name]
        suffices = own if not field.counted else [item for item in own if _shows(field, item)]
        if suffices:
            return suffices
        elsewhere = [
            item
            for item in self.statements
            if field.states
            and field.states.search(plain(item.text))
            and ("\t" not in item.text or column.answers(item.text))
        ]
        kin = [item for item in self.statements if column.phrase and item.field in field.kin]
        return elsewhere or own or kin


@dataclass(frozen=True, slots=True)
class Column:
    """A column to fill.

    `phrase` compares with the piece of the question that asks for it, `needed` finds what that
    piece asks for by 何点, 何年 or いくら, or wants the cases to say.
    """

    name: str
    phrase: Relevance | None = None
    needed: re.Pattern[str] | None = None

    def answers(self, text: str) -> bool:
        """Whether `text` has what is needed; False where nothing is."""
        return bool(self.needed and self.needed.search(plain(text)))


def extract(
    kb: KnowledgeBase, relevance: Relevance, case: CaseStatements, column: Column
) -> CaseCell:
    """The cell of a case under a column: its best statement whose quote is verified."""
    name = column.name
    candidates = case.candidates(column)
    scores = _scores(relevance, candidates, column)
    for place in sorted(range(len(candidates)), key=lambda place: -scores[place]):
        for start, end in _ranges(candidates, scores, place, name):
            if cell := cited(kb, candidates[place].node, start, end):
                return cell
    return CaseCell()


def _scores(relevance: Relevance, candidates: Sequence[Statement], column: Column) -> list[float]:
    field = _BY_NAME[column.name]
    closeness = relevance.closeness([item.text for item in candidates])
    weight = _PLAIN if field.plain else 1.0
    return [
        weight * (relevance.coverage(item.text) + close)
        + (_PHRASE * column.phrase.coverage(item.text) if column.phrase else 0.0)
        + _FIRST * item.first
        + _SHOWS * _shows(field, item)
        + _SHOWS * column.answers(item.text)
        - _BARE * _is_bare(field, item)
        - _ANOTHERS * (item.field not in (field.name, "概要", None))
        for item, close in zip(candidates, closeness, strict=True)
    ]


def _is_bare(field: CaseField, item: Statement) -> bool:
    """Whether it is the head of a table or a caption that does not name what the field is about."""
    if "\t" in item.text:
        return len(item.text) < _ROW
    return is_caption(item.text) and not _shows(field, item)


def _shows(field: CaseField, statement: Statement) -> bool:
    return bool(field.shows and field.shows.search(plain(statement.text)))


def _ranges(
    candidates: Sequence[Statement], scores: Sequence[float], place: int, name: str
) -> Iterator[tuple[int, int]]:
    """What to quote: the whole block when short, else the statement and its equals beside it."""
    statement = candidates[place]
    start, end = block_of(statement.node, statement)
    if statement.field == name and end - start <= _SHORT:
        yield start, end
    yield _with_equals(candidates, scores, place)
    yield statement.start, statement.end


def _with_equals(
    candidates: Sequence[Statement], scores: Sequence[float], place: int
) -> tuple[int, int]:
    """The statement with those right before and after it that answer as well (①…④ of a list)."""
    node, least = candidates[place].node, _EQUAL * scores[place]
    start, end = candidates[place].start, candidates[place].end
    for step in (1, -1):
        at = place + step
        while 0 <= at < len(candidates) and scores[at] >= least:
            other = candidates[at]
            between = node.text[min(end, other.end) : max(start, other.start)]
            wider = min(start, other.start), max(end, other.end)
            if other.node is not node or between.strip() or wider[1] - wider[0] > _LONGEST:
                break
            start, end = wider
            at += step
    return start, end


def cited(kb: KnowledgeBase, node: Node, start: int, end: int) -> CaseCell | None:
    """The cell when the source has these very words; list marks of the source are set aside."""
    citation = cite(kb, node, start, end, 1)
    text = " ".join(node.text[start:end].split())
    same = _unmarked(citation.quote) == _unmarked(text)
    return CaseCell(text, citation) if same and citation.verified else None


def _unmarked(text: str) -> str:
    return _TAG.sub("", plain(text)).replace("-", "")


def plain(text: str) -> str:
    """The text without white space and differences of character width."""
    return "".join(unicodedata.normalize("NFKC", text).split())
