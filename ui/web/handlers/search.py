"""Search with facets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from kb.errors import KbError
from kb.fiscal_year import FiscalYear
from kb.results import Filters
from ui.web.render import lists
from ui.web.render.markup import problem
from ui.web.shelf import Shelf
from ui.web.understood import FILTERS

_STEP = 20
_EMPTY = "探す言葉を入力してください。例: 新規中小企業者"


@dataclass(frozen=True, slots=True)
class SearchState:
    """What a search page shows: the words, the filters, how many hits."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    shown: int = _STEP


class SearchHandlers:
    """The search page."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def search(self, text: str) -> tuple[str, SearchState]:
        """Results for new words, without filters."""
        return self._results(SearchState(text.strip()))

    def narrow(self, name: str, value: str, state: SearchState) -> tuple[str, SearchState]:
        """The same with one filter set or, for an empty value, lifted."""
        if name not in FILTERS:
            return self._results(state)
        changed: dict[str, Any] = {name: value or None}
        if name == "year":
            changed = {name: FiscalYear.parse(value)}
        filters = replace(state.filters, **changed)
        return self._results(SearchState(state.text, filters))

    def more(self, state: SearchState) -> tuple[str, SearchState]:
        """The same with more hits."""
        return self._results(replace(state, shown=state.shown + _STEP))

    def _results(self, state: SearchState) -> tuple[str, SearchState]:
        if not state.text:
            return problem(_EMPTY), state
        library = self._shelf.library()
        try:
            found = library.search(state.text, state.filters)
        except KbError as error:
            return problem(str(error)), state
        html = lists.results(state.text, found, state.filters, state.shown, library.documents)
        return html, state
