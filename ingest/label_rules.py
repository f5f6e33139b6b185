"""Which labels of lines are headings in their place: sequences, lists in the text, look-ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.draft import Draft, is_sentence
from ingest.labels import DEPTH, Label, LabelKind, read_labels
from ingest.lines import Line
from ingest.repair import Layout, Paragraph, looks_like_heading

_LOOKAHEAD = 600
_WIDEST_JUMP = 4
_SHORT = 45
_BRACKETED = (LabelKind.PAREN, LabelKind.CIRCLED, LabelKind.PAREN_KATA)


def labels_of(line: Line) -> list[Label]:
    """What a line may be labelled; a row of a table is not."""
    return [] if line.is_row else read_labels(line.text.text)


@dataclass(slots=True)
class LabelRules:
    """Judges labels against the units that are open.

    `labels` are those of each of the `lines`; `stack` holds the open units, the root first, and is
    shared with the outline that is being built.
    """

    lines: Sequence[Line]
    labels: Sequence[Sequence[Label]]
    layout: Layout
    stack: list[Draft]
    _inner: tuple[LabelKind, int] | None = None

    def begin_unit(self) -> None:
        """A unit was opened: no list in the text is under way."""
        self._inner = None

    def enter(self, label: Label, index: int, open_sentence: bool) -> bool:
        """Whether a label of line `index` is one in its place; on yes, its parent ends the stack."""
        if label.kind is LabelKind.NOTE:
            return self._enter_note(open_sentence)
        if label.kind is LabelKind.ANNEX:
            return self._enter_annex(open_sentence)
        if self._is_bare(label, index) and (open_sentence or not self._heads_next(label, index)):
            return False
        level = self._level_of(label)
        if level is None:
            return self._enter_new(label, index, open_sentence)
        last = self.stack[level].mark
        assert last is not None
        if label.number == last.number + 1:
            if self._belongs_to_inner_list(label, last, index):
                return False
        elif (label.repaired and not self._lacks_one(label, last, index)) or not self._may_jump(
            label, last, index, open_sentence
        ):
            return False
        del self.stack[level:]
        return True

    def _lacks_one(self, label: Label, last: Label, index: int) -> bool:
        """Whether a mended number (1.4) skips just one and stands before a heading."""
        rest = self.lines[index].text.text[label.length :]
        return label.number == last.number + 2 and 0 < len(rest) <= _SHORT and not is_sentence(rest)

    def _is_bare(self, label: Label, index: int) -> bool:
        """Whether nothing stands beside the label: it may be the number of a page."""
        numeric = label.kind in (LabelKind.NUM, LabelKind.DOTTED, LabelKind.KANJI)
        return numeric and label.length >= len(self.lines[index].text)

    def _heads_next(self, label: Label, index: int) -> bool:
        """Whether the next line stands like a heading, and no later line has the label beside it."""
        following = [line for line in self.lines[index + 1 : index + 8] if not line.blank][:2]
        if not following or following[0].is_row or read_labels(following[0].text.text):
            return False
        paragraph = Paragraph.of(following[0])
        after = following[1].text.text if len(following) > 1 else ""
        if not looks_like_heading(paragraph, after, self.layout):
            return False
        level = self._level_of(label) or len(self.stack)
        return not self._finds(label, index, level)

    def _level_of(self, label: Label) -> int | None:
        for level in range(len(self.stack) - 1, 0, -1):
            mark = self.stack[level].mark
            if mark and mark.kind is label.kind and mark.prefix == label.prefix:
                return level
        return None

    def _enter_note(self, open_sentence: bool) -> bool:
        if open_sentence or len(self.stack) < 2:
            return False
        mark = self.stack[-1].mark
        if mark and mark.kind is LabelKind.NOTE:
            self.stack.pop()
        return True

    def _enter_annex(self, open_sentence: bool) -> bool:
        if open_sentence or not self.stack[0].children:
            return False
        del self.stack[1:]
        return True

    def _enter_new(self, label: Label, index: int, open_sentence: bool) -> bool:
        """A style that is not on the stack: it must begin at 1, or plainly lack its first items."""
        if label.repaired:
            return False
        if label.kind is LabelKind.DOTTED:
            return not open_sentence and self._enter_dotted(label)
        if label.number != 1 and (open_sentence or not self._may_lack_first(label, index)):
            return False
        if open_sentence and not label.spaced:
            return False
        level = len(self.stack) - 1
        while level > 0 and not self._may_hold(level, label, index):
            level -= 1
        del self.stack[level + 1 :]
        return True

    def _may_lack_first(self, label: Label, index: int) -> bool:
        """Whether a sequence may begin here although its first numbers are missing."""
        if label.kind is LabelKind.DAI or self._goes_on_later(label, index):
            return True
        if label.number != 2:
            return False
        rest = self.lines[index].text.text[label.length :]
        return label.kind in _BRACKETED or (
            label.kind is LabelKind.NUM and len(rest) <= _SHORT and not is_sentence(rest)
        )

    def _enter_dotted(self, label: Label) -> bool:
        """1.1 belongs under 1, 1.1.1 under 1.1."""
        numbers = (*label.prefix,)
        for level in range(len(self.stack) - 1, 0, -1):
            mark = self.stack[level].mark
            if mark and (*_outer(mark), mark.number) == numbers:
                last = max(
                    (at for at, draft in enumerate(self.stack) if at > level and _is_part(draft)),
                    default=level,
                )
                del self.stack[last + 1 :]
                return True
        return False

    def _may_hold(self, level: int, label: Label, index: int) -> bool:
        mark = self.stack[level].mark
        if mark is None:
            return True
        if mark.kind is LabelKind.NOTE:
            return False
        if DEPTH[mark.kind] < DEPTH[label.kind]:
            return True
        if DEPTH[mark.kind] == DEPTH[label.kind]:
            # 第1節 below 第1章.
            return mark.kind is not label.kind or mark.prefix < label.prefix
        # Below what usually stands lower only a whole sequence begins.
        return label.number == 1 and self._finds(
            replace(mark, number=mark.number + 1), index, level
        )

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
        return next(level for level, draft in enumerate(self.stack) if draft.mark is mark)

    def _goes_on_later(self, label: Label, index: int) -> bool:
        following = replace(label, number=label.number + 1)
        return self._finds(following, index, len(self.stack) - 1, inclusive=True)

    def _finds(self, wanted: Label, index: int, level: int, *, inclusive: bool = False) -> bool:
        """Whether `wanted` comes later, before what would end the units above stack `level`."""
        above = self.stack[1 : level + 1 if inclusive else level]
        # The next number but one ends a unit too: the next may have been lost.
        ends = {
            (mark.kind, mark.number + step, mark.prefix)
            for mark in (draft.mark for draft in above)
            for step in (1, 2)
            if mark
        }
        for labels in self.labels[index + 1 : index + 1 + _LOOKAHEAD]:
            for label in labels:
                place = (label.kind, label.number, label.prefix)
                if place == (wanted.kind, wanted.number, wanted.prefix):
                    return True
                if place in ends or label.kind is LabelKind.ANNEX:
                    return False
        return False


def _outer(mark: Label) -> tuple[int, ...]:
    """The numbers before the last one; 第1章 has none."""
    return () if mark.kind is LabelKind.DAI else mark.prefix


def _is_part(draft: Draft) -> bool:
    """Whether it is a 第2節, which holds the 1.3 of its chapter."""
    return draft.mark is not None and draft.mark.kind is LabelKind.DAI
