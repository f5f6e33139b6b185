"""A case's sections cut into statements, each under the field it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.comparison.case_fields import OF_OTHERS, announced
from assistant.sentences import split_sentences
from kb.documents import Node

_MARK = re.compile(
    r"\s*(?:(?P<sign>[・■◆●○□◇▼▶☆★◎※【])|(?P<kana>[ア-ン])[ 　.．]|(?P<number>[(（]\s*\d{1,2}\s*[)）]|[①-⑳]))"
)
_ASIDE = re.compile(r"\s*[（(].*[）)]\s*$")
_INTRODUCES = re.compile(
    r"(?:次|以下)の(?:とおり|通り|各号|[^。]{0,12}条件)|次に掲げる|以下の通り|次に該当"
)
_CUT_OFF = re.compile(r"[っゃゅょぁ-ぉー、。，）」』]")
"""What no sentence begins with: its head stands in another cell or on another page."""
_NAMED_ITEM = re.compile(r"[^。、：:]{2,14}[：:]")
_LONGEST_LABEL = 40
_LONGEST_LIST = 240
_LINES_OF_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """node.text[start:end], what it says under `field`; None under a heading that names none.

    `first` marks the first statement of its section or labelled block.
    """

    node: Node
    start: int
    end: int
    field: str | None
    first: bool

    @property
    def text(self) -> str:
        """The words."""
        return self.node.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def statements(section: Node) -> tuple[Statement, ...]:
    """The statements of a section's body, in order."""
    found: list[Statement] = []
    for field, lines in _blocks(section):
        ranges = list(_joined(section, list(_sentences(section, lines))))
        found += [
            Statement(section, start, end, field, place == 0)
            for place, (start, end) in enumerate(ranges)
        ]
    return tuple(found)


def block_of(section: Node, statement: Statement) -> tuple[int, int]:
    """The range of the section's or labelled block's lines around a statement."""
    for _, lines in _blocks(section):
        if lines and lines[0].start <= statement.start < lines[-1].end:
            return lines[0].start, lines[-1].end
    return statement.start, statement.end


def _lines(section: Node) -> list[_Line]:
    begin = len(section.heading) + 1 if section.heading and section.body else 0
    lines: list[_Line] = []
    for text in section.text[begin:].split("\n"):
        if text.strip():
            lines.append(_Line(begin, begin + len(text), text))
        begin += len(text) + 1
    return lines


def _section_field(section: Node) -> str | None:
    if section.field_name == "概要" and OF_OTHERS.search(section.heading):
        return None
    return section.field_name


def _blocks(section: Node) -> Iterator[tuple[str | None, list[_Line]]]:
    """Runs of lines under one field: the section's own, or that of a label among its lines.

    A label's block ends at the next label, or at a bullet where its own lines have none; an aside
    in brackets right after the label belongs to the label.
    """
    own = field = _section_field(section)
    block: list[_Line] = []
    opened: str | None = None
    for line in _lines(section):
        if opened and not block and _ASIDE.match(line.text):
            continue
        label = _announced(line)
        if label or (opened and _closes(opened, line, block)):
            if block:
                yield field, block
            block, field, opened = [], label or own, label and _mark(line)
        if not label:
            block.append(line)
    if block:
        yield field, block


def _closes(opened: str, line: _Line, block: Sequence[_Line]) -> bool:
    """Whether a line's mark ends the block of a label that has the mark `opened`.

    A bullet like the label's own does; where the block's lines have such bullets themselves, one
    that is a caption among sentences.
    """
    mark = _mark(line)
    if opened == "kana":
        return mark in ("kana", "number")
    if mark != opened or not block:
        return False
    return _mark(block[0]) != opened or (
        block[0].text.endswith("。") and not line.text.endswith("。")
    )


def _mark(line: _Line) -> str | None:
    """The kind of mark a line begins with: the sign itself, `kana` (ア), `number` ((1), ①)."""
    match = _MARK.match(line.text)
    return match and (match["sign"] or match.lastgroup)


def _announced(line: _Line) -> str | None:
    """The field that a line of its own announces: ・認定要件, ア 対象となる企業."""
    text = line.text.strip()
    if _mark(line) in (None, "number") or len(text) > _LONGEST_LABEL or text.endswith("。"):
        return None
    return announced(_MARK.sub("", text, count=1))


def _sentences(section: Node, lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """The sentences of the lines; a row of a table is one, for its cells say little apart."""
    columns, row_end = 0, 0
    for place, line in enumerate(lines):
        columns = columns or line.text.count("\t")
        if line.end <= row_end:
            continue
        if "\t" in line.text:
            row_end = _end_of_row(lines[place : place + _LINES_OF_A_ROW], columns)
            yield line.start, row_end
            continue
        for sentence in split_sentences(line.text):
            if not _CUT_OFF.match(sentence.text):
                yield line.start + sentence.start, line.start + sentence.end


def _end_of_row(lines: Sequence[_Line], columns: int) -> int:
    """The end of the row that the first of `lines` begins; a cell of several lines breaks it."""
    tabs = 0
    for line in lines:
        tabs += line.text.count("\t")
        if tabs >= columns:
            return line.end if tabs == columns else lines[0].end
    return lines[0].end


def _joined(section: Node, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences; one that introduces a list takes its items, a caption what stands below it."""
    place = 0
    while place < len(ranges):
        start, end = ranges[place]
        text = section.text[start:end]
        place += 1
        takes = _is_item if _INTRODUCES.search(text) else _is_unmarked if is_caption(text) else None
        while takes and place < len(ranges) and ranges[place][1] - start <= _LONGEST_LIST:
            if not takes(section.text[slice(*ranges[place])]):
                break
            end = ranges[place][1]
            place += 1
        yield start, end


def _is_item(text: str) -> bool:
    return bool(_MARK.match(text) or _NAMED_ITEM.match(text))


def _is_unmarked(text: str) -> bool:
    return not _MARK.match(text)


def is_caption(text: str) -> bool:
    """A short marked line that is no sentence: ・工事件名, ① 工区別分割発注工事."""
    return bool(_MARK.match(text)) and len(text) <= _LONGEST_LABEL and not text.endswith("。")
