"""Labelled lines to a tree: which labels are headings in their place, and what hangs under what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.draft import Draft
from ingest.labels import DEPTH, Label, LabelKind, read_labels
from ingest.lines import Line
from ingest.repair import Layout, Paragraph, goes_on
from kb.documents import NodeKind, Repair

_LOOKAHEAD = 600
_WIDEST_JUMP = 4


def labels_of(line: Line) -> list[Label]:
    """What a line may be labelled; a row of a table is not."""
    return [] if line.is_row else read_labels(line.text.text)


@dataclass(slots=True)
class Outline:
    """Reads labelled lines from `start` on into drafts under a common root.

    A label counts when it continues the sequence of its style or opens a new one, stands at the
    beginning of a paragraph, and is not one of a list inside a clause's text.
    """

    lines: Sequence[Line]
    layout: Layout
    kind: NodeKind = NodeKind.CLAUSE
    start: int = 0
    _labels: list[list[Label]] = field(init=False)
    _root: Draft = field(init=False)
    _stack: list[Draft] = field(init=False)
    _inner: tuple[LabelKind, int] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._labels = [labels_of(line) for line in self.lines]
        self._root = Draft("", self.kind)
        self._stack = [self._root]

    def read(self) -> list[Draft]:
        """The top-level drafts, in document order."""
        for index in range(self.start, len(self.lines)):
            self._take(index)
        return self._root.children

    def _take(self, index: int) -> None:
        line = self.lines[index]
        current = self._stack[-1]
        if line.blank:
            if current.last:
                current.last.cover(line)
            return
        open_sentence = bool(current.last and goes_on(current.last, line, self.layout))
        for label in self._labels[index]:
            if self._enter(label, index, open_sentence):
                self._open(label, line)
                return
        self._continue(line, open_sentence)

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
        self._inner = None

    # Whether a label is one in its place; on yes, the stack is left at its parent.

    def _enter(self, label: Label, index: int, open_sentence: bool) -> bool:
        if label.kind is LabelKind.NOTE:
            return self._enter_note(open_sentence)
        if label.kind is LabelKind.ANNEX:
            return self._enter_annex(open_sentence)
        level = self._level_of(label)
        if level is None:
            return self._enter_new(label, index, open_sentence)
        last = self._stack[level].mark
        assert last is not None
        if label.number == last.number + 1:
            if self._belongs_to_inner_list(label, last, index):
                return False
        elif label.repaired or not self._may_jump(label, last, index, open_sentence):
            return False
        del self._stack[level:]
        return True

    def _level_of(self, label: Label) -> int | None:
        for level in range(len(self._stack) - 1, 0, -1):
            mark = self._stack[level].mark
            if mark and mark.kind is label.kind and mark.prefix == label.prefix:
                return level
        return None

    def _enter_note(self, open_sentence: bool) -> bool:
        if open_sentence or len(self._stack) < 2:
            return False
        mark = self._stack[-1].mark
        if mark and mark.kind is LabelKind.NOTE:
            self._stack.pop()
        return True

    def _enter_annex(self, open_sentence: bool) -> bool:
        if open_sentence or not self._root.children:
            return False
        del self._stack[1:]
        return True

    def _enter_new(self, label: Label, index: int, open_sentence: bool) -> bool:
        """A style that is not on the stack: it must begin at 1, or plainly lack its first items."""
        if label.repaired:
            return False
        if label.kind is LabelKind.DOTTED:
            return not open_sentence and self._enter_dotted(label)
        if label.number != 1 and (
            open_sentence or not (label.kind is LabelKind.DAI or self._goes_on_later(label, index))
        ):
            return False
        if open_sentence and not label.spaced:
            return False
        level = len(self._stack) - 1
        while level > 0 and not self._may_hold(level, label, index):
            level -= 1
        del self._stack[level + 1 :]
        return True

    def _enter_dotted(self, label: Label) -> bool:
        """1.1 belongs under 1, 1.1.1 under 1.1."""
        numbers = (*label.prefix,)
        for level in range(len(self._stack) - 1, 0, -1):
            mark = self._stack[level].mark
            if mark and (*mark.prefix, mark.number) == numbers:
                del self._stack[level + 1 :]
                return True
        return False

    def _may_hold(self, level: int, label: Label, index: int) -> bool:
        mark = self._stack[level].mark
        if mark is None:
            return False
        if mark.kind is LabelKind.NOTE:
            return False
        if DEPTH[mark.kind] < DEPTH[label.kind]:
            return True
        if DEPTH[mark.kind] == DEPTH[label.kind]:
            return mark.kind is not label.kind
        return self._finds(replace(mark, number=mark.number + 1), index, level)

    def _belongs_to_inner_list(self, label: Label, last: Label, index: int) -> bool:
        """Whether an enumeration inside the clause's text goes on, not the clauses themselves."""
        if self._inner is None or self._inner != (label.kind, label.number - 1):
            return False
        if label.number == last.number + 1 and not self._finds(label, index, self._depth(last)):
            return False
        self._inner = (label.kind, label.number)
        return True

    def _may_jump(self, label: Label, last: Label, index: int, open_sentence: bool) -> bool:
        level = self._depth(last)
        if label.number == 1:
            outer_goes_on = self._finds(replace(last, number=last.number + 1), index, level)
            if open_sentence or outer_goes_on:
                self._inner = (label.kind, 1)
                return False
            return self._goes_on_later(label, index)
        if self._inner == (label.kind, label.number - 1):
            self._inner = (label.kind, label.number)
            return False
        if open_sentence or not last.number < label.number <= last.number + _WIDEST_JUMP:
            return False
        return not self._finds(replace(last, number=last.number + 1), index, level)

    def _depth(self, mark: Label) -> int:
        return next(level for level, draft in enumerate(self._stack) if draft.mark is mark)

    def _goes_on_later(self, label: Label, index: int) -> bool:
        following = replace(label, number=label.number + 1)
        return self._finds(following, index, len(self._stack) - 1, inclusive=True)

    def _finds(self, wanted: Label, index: int, level: int, *, inclusive: bool = False) -> bool:
        """Whether `wanted` comes later, before what would end the units above stack `level`."""
        above = self._stack[1 : level + 1 if inclusive else level]
        ends = {
            (mark.kind, mark.number + 1, mark.prefix)
            for mark in (draft.mark for draft in above)
            if mark
        }
        for labels in self._labels[index + 1 : index + 1 + _LOOKAHEAD]:
            for label in labels:
                place = (label.kind, label.number, label.prefix)
                if place == (wanted.kind, wanted.number, wanted.prefix):
                    return True
                if place in ends or label.kind is LabelKind.ANNEX:
                    return False
        return False


def _node_kind(label: LabelKind, default: NodeKind) -> NodeKind:
    if label is LabelKind.NOTE:
        return NodeKind.NOTE
    return default
