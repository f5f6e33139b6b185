"""A node's words without white space, each character one for one in half width."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from kb.documents import Node
from kb.spans import Span

_BREAKS = "\n\t"
_TILDES = str.maketrans("〜∼", "~~")


@dataclass(frozen=True, slots=True)
class Flat:
    """`offsets` lead into the node's own text.

    Of the white space, `text` keeps line breaks (between paragraphs) and tabs (between cells), as
    line breaks both.
    """

    node: Node
    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, node: Node) -> Flat:
        """Fold the node's heading and body."""
        signs: list[str] = []
        offsets: list[int] = []
        for offset, sign in enumerate(node.text):
            if sign in _BREAKS or not sign.isspace():
                signs.append(_fold(sign))
                offsets.append(offset)
        return cls(node, "".join(signs), tuple(offsets))

    def span(self, start: int, end: int) -> Span | None:
        """Where text[start:end] stands in the source; None when a repair put all of it in."""
        if start >= end:
            return None
        try:
            return self.node.source_map.to_source(self.offsets[start], self.offsets[end - 1] + 1)
        except ValueError:
            return None

    def words(self, start: int, end: int) -> str:
        """text[start:end] as it stands in the node, on one line."""
        return "".join(self.node.text[self.offsets[start] : self.offsets[end - 1] + 1].split())


@cache
def _fold(sign: str) -> str:
    """Half width, but ① stays ①, and nothing grows longer."""
    if sign in _BREAKS:
        return "\n"
    if unicodedata.category(sign) == "No":
        return sign
    folded = unicodedata.normalize("NFKC", sign)
    return folded.translate(_TILDES) if len(folded) == 1 and not folded.isspace() else sign
