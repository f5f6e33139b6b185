"""くらべる: two policies, one clause in all policies."""

from __future__ import annotations

from kb.errors import KbError
from ui.web import bench
from ui.web.render import compare
from ui.web.render.markup import problem
from ui.web.shelf import Shelf

_CHOOSE = "比べる資料を二つ選んでください。"


class CompareHandlers:
    """The page of comparisons."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def versus(self, a: str | None, b: str | None) -> str:
        """Two policies side by side."""
        if not a or not b:
            return problem(_CHOOSE)
        try:
            return compare.versus(bench.versus(self._shelf.library(), a, b))
        except KbError as error:
            return problem(str(error))

    def clause(self, node: str) -> str:
        """One clause in all policies."""
        try:
            return compare.clause(bench.clause(self._shelf.library(), node))
        except KbError as error:
            return problem(str(error))
