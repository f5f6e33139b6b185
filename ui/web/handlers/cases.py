"""事例: the map, the cards and the comparison of cases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kb.errors import KbError
from kb.results import Filters
from ui.web import bench
from ui.web.render import cases
from ui.web.render.markup import problem
from ui.web.shelf import Shelf

_BY = ("prefecture", "category")


@dataclass(frozen=True, slots=True)
class CasesState:
    """What the page shows: the question that is compared by, and the filters."""

    question: str = ""
    filters: Filters = field(default_factory=Filters)


class CasesHandlers:
    """The page of cases."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def start(self) -> str:
        """The page without filters."""
        return self._page(CasesState())[0]

    def compare(self, question: str, state: CasesState) -> tuple[str, CasesState]:
        """Compare the cases that pass the filters; no question takes the table away."""
        return self._page(replace(state, question=question.strip()))

    def narrow(self, name: str, value: str, state: CasesState) -> tuple[str, CasesState]:
        """Set or, with an empty value, lift the filter by prefecture or category."""
        if name not in _BY:
            return self._page(state)
        match name:
            case "prefecture":
                filters = replace(state.filters, prefecture=value or None)
            case _:
                filters = replace(state.filters, category=value or None)
        return self._page(replace(state, filters=filters))

    def _page(self, state: CasesState) -> tuple[str, CasesState]:
        library = self._shelf.library()
        comparison = ""
        if state.question:
            try:
                table = bench.table(library, state.question, state.filters)
                comparison = cases.table(table, state.filters)
            except KbError as error:
                comparison = problem(str(error))
        return cases.overview(bench.cases(library), state.filters, comparison), state
