"""Labelled lines to a tree: which labels are headings in their place, and what hangs under what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.draft import Draft
from ingest.headings import heading_depth, new_section
from ingest.label_rules import LabelRules, labels_of
from ingest.labels import Label, LabelKind
from ingest.lines import Line
from ingest.lost_labels import restore_labels
from ingest.repair import Layout, Paragraph, goes_on
from kb.documents import NodeKind, Repair

TABLE = "表"
_CAPTION = re.compile(r"[【（(]?表\s*(?P<number>[\d０-９]{1,2}(?:[-－.．][\d０-９]{1,2})*)(?!.*。)")


@dataclass(slots=True)
class Outline:
    """Reads labelled lines from `start` on into drafts under a common root.

    A label counts when it continues the sequence of its style or opens a new one, stands at the
    beginning of a paragraph, and is not one of a list inside a clause's text. Tables that the reader
    found become units of their own. With `within`, all goes under that draft.
    """

    lines: Sequence[Line]
    layout: Layout
    kind: NodeKind = NodeKind.CLAUSE
    start: int = 0
    within: Draft | None = None
    _labels: list[list[Label]] = field(init=False)
    _root: Draft = field(init=False)
    _stack: list[Draft] = field(init=False)
    _rules: LabelRules = field(init=False)
    _table: tuple[int, Draft] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._labels = [labels_of(line) for line in self.lines]
        self._root = self.within or Draft("", self.kind)
        self._stack = [self._root]
        self._rules = LabelRules(self.lines, self._labels, self.layout, self._stack)

    def read(self) -> list[Draft]:
        """The top-level drafts, in document order."""
        for index in range(self.start, len(self.lines)):
            self._take(index)
        restore_labels(self._root.children)
        return self._root.children

    def _take(self, index: int) -> None:
        line = self.lines[index]
        current = self._table[1] if self._table else self._stack[-1]
        if line.blank:
            if current.last:
                current.last.cover(line)
            return
        if line.table is not None:
            self._take_row(line, line.table)
            return
        after_table, self._table = bool(self._table), None
        current = self._stack[-1]
        after_heading = current.heading is not None and not current.paragraphs
        begins = after_table or after_heading
        open_sentence = not begins and bool(
            current.last and goes_on(current.last, line, self.layout)
        )
        for label in self._labels[index]:
            if self._rules.enter(label, index, open_sentence):
                self._open(label, line)
                return
        if self.within is not None and heading_depth(line) is not None:
            self._open_named(line)
        elif begins:
            current.paragraphs.append(Paragraph.of(line))
        else:
            self._continue(line, open_sentence)

    def _open_named(self, line: Line) -> None:
        """【…】 among numbered items: a unit of the one it stands in, up to the next such heading."""
        named = [level for level, draft in enumerate(self._stack) if level and draft.mark is None]
        del self._stack[named[0] if named else len(self._stack) :]
        draft = new_section(line)
        self._stack[-1].children.append(draft)
        self._stack.append(draft)

    def _take_row(self, line: Line, table: int) -> None:
        if self._table is None or self._table[0] != table:
            draft = new_table(self._stack[-1])
            self._stack[-1].children.append(draft)
            self._table = table, draft
        self._table[1].paragraphs.append(Paragraph.of(line))

    def _continue(self, line: Line, open_sentence: bool) -> None:
        current = self._stack[-1]
        if open_sentence and current.last:
            current.last.absorb(line)
            return
        if current.last and current.last.swallow(line):
            return
        note = current.mark is not None and current.mark.kind is LabelKind.NOTE
        if note:
            current = self._leave_note()
        current.paragraphs.append(Paragraph.of(line))

    def _leave_note(self) -> Draft:
        self._stack.pop()
        return self._stack[-1]

    def _open(self, label: Label, line: Line) -> None:
        paragraph = Paragraph.of(line, skip=label.length)
        if label.repaired:
            span = line.text[: len(label.repaired)].source_span()
            assert span is not None
            paragraph.repairs.append(Repair("label", span, label.repaired, label.name))
        draft = Draft(label.name, _node_kind(label.kind, self.kind), paragraph, mark=label)
        self._stack[-1].children.append(draft)
        self._stack.append(draft)
        self._rules.begin_unit()


def new_table(above: Draft) -> Draft:
    """A table below `above`; a caption that stands right before it becomes its heading."""
    caption = above.paragraphs[-1] if above.paragraphs else None
    match = _CAPTION.match(caption.text.text) if caption else None
    if caption is None or match is None:
        return Draft(TABLE, NodeKind.TABLE)
    above.paragraphs.pop()
    label = TABLE + unicodedata.normalize("NFKC", match["number"])
    return Draft(label, NodeKind.TABLE, caption, heading=caption.text)


def _node_kind(label: LabelKind, default: NodeKind) -> NodeKind:
    if label is LabelKind.NOTE:
        return NodeKind.NOTE
    return default
