"""Glyphs that stand one or two on a line, put in a row again, and the table rows among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.traced import TracedText

SAME_LINE, NEW_LINE, BLANK_LINE = range(3)
"""What stands before a glyph."""

_LEAST_FIGURES = 12
_FIGURES = re.compile(r"(?:[\d,.\[\]]|-(?!\d{1,4}-))+")
_HEAD_END = re.compile(r"(?:物件工事役務計)+|単位:[^()]{1,6}\)|。\)?|\([A-C]\)|%\)|-\d{1,4}-")
_NOTE = re.compile(r"注\d*\)")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """All glyphs without the white space: as they stand, NFKC-folded, and what is before each.

    `folded` is as long as `text`; `end` is where the source of the last line ends.
    """

    text: TracedText
    folded: str
    gaps: tuple[int, ...]
    end: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Glyphs:
        """The glyphs of at least one line."""
        parts: list[TracedText] = []
        gaps: list[int] = []
        gap = BLANK_LINE
        for line in lines:
            if line.blank:
                gap = BLANK_LINE
            for at, character in enumerate(line.text.text):
                if character.isspace() or line.text.offsets[at] < 0:
                    gap = BLANK_LINE
                    continue
                parts.append(line.text[at : at + 1])
                gaps.append(gap)
                gap = SAME_LINE
            gap = max(gap, NEW_LINE)
        text = TracedText.join(parts)
        return cls(text, "".join(map(_fold, text.text)), tuple(gaps), lines[-1].span.end)

    def __len__(self) -> int:
        return len(self.folded)

    def offset(self, index: int) -> int:
        """Where a glyph stands in the source."""
        return self.text.offsets[index]

    def start_of(self, index: int, end: int) -> int:
        """The same, `end` for the place after the last glyph."""
        return self.offset(index) if index < len(self) else end


@dataclass(frozen=True, slots=True)
class Row:
    """Glyphs `start..figures` are the row heading, `figures..end` its figures without a gap.

    The heading is empty where a note that breaks off has taken its place.
    """

    start: int
    figures: int
    end: int


def find_rows(glyphs: Glyphs) -> list[Row]:
    """Every long run of figures with the words before it that belong to no head and no note."""
    rows: list[Row] = []
    position = 0
    for match in _FIGURES.finditer(glyphs.folded):
        if len(match[0]) < _LEAST_FIGURES or not {",", "."} & set(match[0]):
            continue
        rows.append(Row(_name_start(glyphs.folded, position, match.start()), *match.span()))
        position = match.end()
    return rows


def _name_start(text: str, start: int, end: int) -> int:
    """Where the row heading begins that ends at `end`; there if none is left."""
    ends = [found.end() for found in _HEAD_END.finditer(text, start, end)]
    begin = ends[-1] if ends else start
    return end if _NOTE.search(text, begin, end) else begin


def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and not folded.isspace() else character
