"""事例比較: the cases that match a question side by side, every cell a verbatim extract."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.comparison.case_extracts import CaseStatements, Column, extract
from assistant.comparison.case_fields import NAMES, asked_phrases, quantity_of
from assistant.comparison.case_matches import CaseMatch, CaseMatches, find_cases
from assistant.comparison.case_states import CaseState, state_asked
from assistant.comparison.case_table import CaseCell, CaseRow, CaseTable
from kb.errors import OptionError
from kb.results import Filters
from kb.store import KnowledgeBase
from retrieval.query import Query
from retrieval.search import ReadQuestion, Searcher

FEWEST, MOST = 3, 6
"""Columns: those asked for, filled up to FEWEST with others; MOST where none is asked for."""
FILLED = 0.5
"""Share of the rows that must fill a column nobody asked for."""


def compare_cases(
    kb: KnowledgeBase, searcher: Searcher, question: str, filters: Filters | None = None
) -> CaseTable:
    """Lay the cases that `question` is about side by side.

    Raises OptionError for an empty question or a filter value that does not occur, and when the
    knowledge base holds no case book.
    """
    began = time.perf_counter()
    if not question.strip():
        raise OptionError("比べたい内容が空です。知りたい事柄を入力してください。")
    read = searcher.read(question)
    found = find_cases(kb, searcher, read, filters or Filters())
    table = table_of_cases(kb, searcher, read, found)
    return replace(table, seconds=time.perf_counter() - began)


def table_of_cases(
    kb: KnowledgeBase, searcher: Searcher, read: ReadQuestion, found: CaseMatches
) -> CaseTable:
    """The cases `found` for a question, with the fields that it asks for."""
    began = time.perf_counter()
    cases = [CaseStatements.read(match.text) for match in found.matches]
    asked = asked_phrases(read.query.asked)
    state = state_asked(read.query.text)
    if state:
        asked = {**asked, state.field: asked.get(state.field, read.query.asked)}
    sought = [
        Column(name, searcher.relevance(asked[name]), _needed(name, read.query.asked, state))
        if name in asked
        else Column(name)
        for name in NAMES
    ]
    cells = {
        column.name: tuple(extract(kb, read.relevance, case, column) for case in cases)
        for column in sought
    }
    columns = _columns(tuple(asked), cells) if cases else ()
    return CaseTable(
        question=read.query.asked,
        columns=columns,
        asked=tuple(asked),
        rows=tuple(
            _row(match, [cells[name][place] for name in columns])
            for place, match in enumerate(found.matches)
        ),
        notes=_notes(read.query, found.matches, found.weak),
        seconds=time.perf_counter() - began,
    )


def _needed(name: str, question: str, state: CaseState | None) -> re.Pattern[str] | None:
    """What a cell must hold: what the cases are to say, or the figure that is asked for."""
    return state.said if state and state.field == name else quantity_of(name, question)


def _columns(asked: Sequence[str], cells: Mapping[str, Sequence[CaseCell]]) -> tuple[str, ...]:
    """The fields asked for, and those that most rows fill, in the order of the fields."""
    filled = {
        name: sum(cell.citation is not None for cell in column) / len(column)
        for name, column in cells.items()
    }
    others = [name for name in NAMES if name not in asked and filled[name] >= FILLED]
    others.sort(key=lambda name: -filled[name])
    room = max((FEWEST if asked else MOST) - len(asked), 0)
    chosen = {*asked, *others[:room]}
    return tuple(name for name in NAMES if name in chosen)


def _row(match: CaseMatch, cells: Sequence[CaseCell]) -> CaseRow:
    return CaseRow(match.text.node.id, match.text.case, match.score, tuple(cells))


def _notes(query: Query, matches: Sequence[CaseMatch], weak: bool) -> tuple[str, ...]:
    notes = [absence.reason for absence in query.absent]
    if not matches:
        notes.append("当てはまる事例は見つかりません。")
    elif weak:
        notes.append("質問の語は事例の本文にほとんどありません。近い事例を示します。")
    return tuple(notes)
