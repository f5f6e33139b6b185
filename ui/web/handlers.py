"""What happens on a click: values of the page in, escaped HTML out. Knows no Gradio."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.documents import Node
from kb.errors import KbError
from kb.fiscal_year import FiscalYear
from kb.results import Answer, Filters
from kb.spans import Span
from ui.web.library import Library
from ui.web.render import answers, lists, reader
from ui.web.render.answers import Turn
from ui.web.render.markup import problem

_HITS = 20
_PACE = 0.03
_STREAMING = 0.4
_EMPTY_QUESTION = "質問を入力してください。例: 分離・分割発注に当たって国等が努めることは何ですか。"
_EMPTY_QUERY = "探す言葉を入力してください。例: 新規中小企業者"


@dataclass(frozen=True, slots=True)
class Chat:
    """The parts of the chat page after a step."""

    past: str
    current: str
    turns: list[Turn]
    question: str
    notice: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The reader after a click; `doc` is the document shown, None when nothing was found."""

    reader: str
    doc: str | None


class Handlers:
    """The app's behaviour over one open library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def welcome(self) -> str:
        """The first screen of the chat."""
        return answers.welcome(len(self._library.holdings()))

    def ask(self, question: str, turns: Sequence[Turn], filters: Filters) -> Iterator[Chat]:
        """Answer sentence by sentence; the earlier turns move up first."""
        question = question.strip()
        past = answers.conversation(turns)
        if not question:
            current = "" if turns else self.welcome()
            yield Chat(past, current, list(turns), "", problem(_EMPTY_QUESTION))
            return
        yield Chat(past, answers.turn(Turn(question)), list(turns), "", "")
        try:
            answer = self._library.ask(question, filters)
            names = self._library.addresses(citation.id for citation in answer.citations)
            turn = Turn(question, answer, names)
        except KbError as error:
            turn = Turn(question, problem=str(error))
        else:
            for shown in _paced(answer):
                yield Chat(past, answers.turn(turn, shown), list(turns), "", "")
        yield Chat(past, answers.turn(turn), [*turns, turn], "", "")

    def search(self, query: str, filters: Filters) -> str:
        """Hits for a query, or a hint."""
        if not query.strip():
            return problem(_EMPTY_QUERY)
        began = time.perf_counter()
        try:
            found = self._library.search(query, _HITS, filters)
            names = self._library.addresses(hit.id for hit in found)
        except KbError as error:
            return problem(str(error))
        return lists.hits(query, found, names, time.perf_counter() - began)

    def open(self, place: str, start: str = "", end: str = "") -> Opened:
        """A node (with a quote) or the front page of a document in the reader."""
        try:
            if "/" not in place:
                front = self._library.front(place)
                return Opened(reader.front(front), front.document.id)
            found = self._library.place(place, _span(start, end))
            return Opened(reader.place(found), found.document.id)
        except KbError as error:
            return Opened(problem(str(error)), None)

    def outline(self, doc: str) -> str:
        """The tree of a document."""
        try:
            nodes: Sequence[Node] = self._library.nodes(doc)
        except KbError as error:
            return problem(str(error))
        return reader.outline(nodes)

    def documents(self) -> str:
        """All documents as cards."""
        return lists.documents(self._library.holdings())


def read_filters(doc: str, kind: str, year: str, prefecture: str, category: str) -> Filters:
    """Filters from the values of the dropdowns; an empty value lets everything through."""
    return Filters(
        doc=doc or None,
        kind=kind or None,
        prefecture=prefecture or None,
        category=category or None,
        year=FiscalYear.parse(year) if year else None,
    )


def _paced(answer: Answer) -> Iterator[str]:
    """The answer's text growing at a pace that eyes can follow, all within a moment."""
    steps = list(answers.prefixes(answer.text))
    for shown in steps:
        yield shown
        time.sleep(min(_PACE, _STREAMING / len(steps)))


def _span(start: str, end: str) -> Span | None:
    if not (start.isdecimal() and end.isdecimal()):
        return None
    low, high = int(start), int(end)
    return Span(low, high) if low < high else None
