"""Labelled lines that were moved up to the end of the sentence before them, cut off again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.draft import is_sentence
from ingest.labels import Label, LabelKind, read_labels
from ingest.lines import Line
from kb.documents import Repair
from kb.spans import Span

_AFTER_SENTENCE = re.compile(r"(?<=[。」）)])[ \t\u3000]*(?=[第０-９0-9（(①-⑳⑴-⒇ア-ン附])")
_HEADING = 45
_BRACKETED = (
    LabelKind.PAREN, LabelKind.CIRCLED, LabelKind.PAREN_KATA, LabelKind.KATA, LabelKind.NOTE,
)  # fmt: skip
_ALWAYS = (LabelKind.NOTE, LabelKind.ANNEX)
_SPACED = (LabelKind.DAI, LabelKind.NUM)


def cut_merged(lines: Sequence[Line]) -> list[Line]:
    """The lines, cut before a label within one that the labels at line starts around it lack.

    It must be the next after the last one of its style, and no line may begin with it before the
    style goes on or begins anew.
    """
    starts = _Starts(lines)
    whole: list[Line] = []
    for index, line in enumerate(lines):
        rest = line
        if not (line.blank or line.is_row or line.depth):
            for place, label in _inner_labels(line):
                if starts.lack(label, index):
                    at = place - (len(line.text) - len(rest.text))
                    head, rest = _cut(rest, at)
                    whole.append(head)
                    starts.add(label, index)
        whole.append(rest)
    return whole


class _Starts:
    """The numbers that lines begin with or may have begun with, by style, in their order."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._sure: dict[LabelKind, list[tuple[int, int]]] = defaultdict(list)
        self._likely: dict[LabelKind, list[tuple[int, int]]] = defaultdict(list)
        for index, line in enumerate(lines):
            for label in () if line.is_row else read_labels(line.text.text):
                self._sure[label.kind].append((index, label.number))
                self._likely[label.kind].append((index, label.number))
            for _, label in () if line.is_row else _inner_labels(line):
                self._likely[label.kind].append((index, label.number))

    def lack(self, label: Label, index: int) -> bool:
        """Whether a label within the line `index` is missing at the starts of lines.

        Notes have no order; after a full stop one begins.
        """
        if label.kind in _ALWAYS:
            return True
        before = self._before(label, index)
        following = self._after(label, index)
        if label.number == 1:
            return following == 2 and before != 1
        return before == label.number - 1 and following != label.number

    def add(self, label: Label, index: int) -> None:
        """Count a label that was cut off as the start of a line."""
        row = self._sure[label.kind]
        row.insert(bisect_left(row, (index + 1, 0)), (index, label.number))

    def _before(self, label: Label, index: int) -> int | None:
        row = self._sure[label.kind]
        place = bisect_left(row, (index + 1, 0))
        return row[place - 1][1] if place else None

    def _after(self, label: Label, index: int) -> int | None:
        row = self._likely[label.kind]
        place = bisect_left(row, (index + 1, 0))
        return row[place][1] if place < len(row) else None


def _inner_labels(line: Line) -> Iterator[tuple[int, Label]]:
    """Labels after a sentence within the line, with their places."""
    text = line.text.text
    for match in _AFTER_SENTENCE.finditer(text):
        rest = text[match.end() :]
        for label in read_labels(rest):
            words = rest[label.length :]
            heading = 2 <= len(words) <= _HEADING and not is_sentence(words)
            if (
                (label.kind in _BRACKETED and words)
                or (label.kind in _SPACED and heading)
                or (label.kind is LabelKind.ANNEX and not words)
            ):
                yield match.end(), label
                break


def _cut(line: Line, place: int) -> tuple[Line, Line]:
    """Both parts of a line; the second begins with the character at `place` of its text."""
    source = line.text.offsets[place]
    spans = Span(line.span.start, source), Span(source, line.span.end)
    moved = Repair("merged_line", Span(source, source), "", "\n")
    return (
        replace(
            line,
            text=line.text[:place].strip(),
            span=spans[0],
            repairs=tuple(r for r in line.repairs if r.span.start < source),
        ),
        replace(
            line,
            text=line.text[place:].strip(),
            span=spans[1],
            listed=False,
            repairs=(moved, *(r for r in line.repairs if r.span.start >= source)),
        ),
    )
