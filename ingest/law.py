"""Laws, orders and rules (編章節款 · 条 · 項 · 号 · イロハ, 附則, 別表) to drafts.

How places are named: an article is `DOC/第167条の2` whatever chapter it stands in (chapters are
its parents and part of its path, not of its id), an article of supplementary provisions
`DOC/附則/第1条`. Paragraphs are `第1項`, `第2項` … when an article has several; the text of an
article with one paragraph is the article's own. Items of the first rank are `第4号`, those below
keep their sign (`イ`, `(1)`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.draft import Draft
from ingest.law_labels import (
    SECTION_UNITS,
    ItemStyle,
    LawLabel,
    read_annex,
    read_article,
    read_items,
    read_paragraph,
    read_section,
    read_supplement,
)
from ingest.lines import Line
from ingest.repair import Layout, Paragraph, goes_on, is_complete
from ingest.traced import TracedText
from kb.documents import NodeKind
from kb.numbers import NUMBER, branched_name

PREAMBLE = "前文"
CONTENTS = "目次"
_CONTENTS = re.compile(r"目\s*次")
_CAPTION = re.compile(r"[（(](?P<words>[^。]{1,120})[）)]")
_ISSUED = re.compile(rf".{{0,8}}(?:明治|大正|昭和|平成|令和)(?:元|{NUMBER})年.*号")
"""What a bracket below the title says: 昭和四十一年法律第九十七号, 最終改正 令和元年告示第一号."""
_CELL = re.compile(r"\s[|｜]\s|^[|｜]\s?|\t")
_LARGEST_STEP = 400
_NUMBERED_STYLES = (ItemStyle.KANJI, ItemStyle.PAREN)


def read_law(lines: Sequence[Line]) -> list[Draft]:
    """Drafts of a law's text, in document order."""
    return _Reader(lines).read()


@dataclass(slots=True)
class _Item:
    """An open item: its style, the last number taken and its draft."""

    style: ItemStyle
    last: tuple[int, ...]
    draft: Draft


@dataclass(slots=True)
class _Article:
    """An open article, or the unnumbered frame of supplementary provisions."""

    draft: Draft
    number: tuple[int, ...]
    paragraph: int = 1


@dataclass(slots=True)
class _Reader:
    lines: Sequence[Line]
    _layout: Layout = field(init=False)
    _drafts: list[Draft] = field(init=False, default_factory=list)
    _sections: list[tuple[int, Draft]] = field(init=False, default_factory=list)
    _supplement: Draft | None = field(init=False, default=None)
    _annex: Draft | None = field(init=False, default=None)
    _article: _Article | None = field(init=False, default=None)
    _items: list[_Item] = field(init=False, default_factory=list)
    _unit: Draft | None = field(init=False, default=None)
    _caption: Line | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._layout = Layout.of(self.lines)

    def read(self) -> list[Draft]:
        for index in range(self._read_opening(), len(self.lines)):
            line = self.lines[index]
            if line.blank:
                self._cover(line)
            elif _is_row(line) or not self._open(index, line):
                self._go_on(line)
        for draft in self._drafts:
            _number_paragraphs(draft)
        return self._drafts

    # The title, and the table of contents whose entries look like chapters.

    def _read_opening(self) -> int:
        first = self._first_unit()
        contents = next(
            (i for i in range(first) if _CONTENTS.fullmatch(self.lines[i].text.text)), first
        )
        for label, start, end in ((PREAMBLE, 0, contents), (CONTENTS, contents, first)):
            self._add_opening(label, self.lines[start:end])
        return first

    def _first_unit(self) -> int:
        """The line of the first chapter, caption or article that is not a table of contents'."""
        in_contents, seen = False, set[str]()
        for index, line in enumerate(self.lines):
            text = line.text.text
            if _CONTENTS.fullmatch(text):
                in_contents = True
            elif section := read_section(text):
                name = section[1].name
                if not in_contents or name in seen:
                    return index
                seen.add(name)
            elif read_article(text) or self._is_caption(index):
                return index
        return len(self.lines)

    def _add_opening(self, label: str, lines: Sequence[Line]) -> None:
        filled = [line for line in lines if not line.blank]
        if not filled:
            return
        lead = Paragraph.of(filled[0])
        draft = Draft(label, NodeKind.SECTION, lead, heading=lead.text)
        last = lead
        for line in lines[lines.index(filled[0]) + 1 :]:
            if line.blank:
                last.cover(line)
            else:
                last = Paragraph.of(line)
                draft.paragraphs.append(last)
        self._drafts.append(draft)

    # One line: does it open a unit?

    def _open(self, index: int, line: Line) -> bool:
        text = line.text.text
        if self._caption is None and self._is_caption(index):
            self._caption = line
            return True
        if (name := read_supplement(text)) and not self._is_open_sentence(line):
            self._open_supplement(name, line)
        elif (annex := read_annex(text)) and self._may_open_annex(annex, line):
            self._open_annex(annex, line)
        elif self._annex is not None:
            return False
        elif section := read_section(text):
            self._open_section(*section, line)
        elif (article := read_article(text)) and self._continues(article):
            self._open_article(article, line)
        elif (label := read_paragraph(text)) and self._is_next_paragraph(label):
            self._open_paragraph(label, line)
        else:
            return self._open_item(line)
        return True

    def _is_caption(self, index: int) -> bool:
        """（目的） before an article, or before a paragraph of supplementary provisions."""
        match = _CAPTION.fullmatch(self.lines[index].text.text)
        words = match["words"] if match else ""
        if not words or not _is_balanced(words) or _ISSUED.fullmatch(words):
            return False
        following = next((line for line in self.lines[index + 1 :] if not line.blank), None)
        if following is None or self._annex is not None:
            return False
        text = following.text.text
        if article := read_article(text):
            return self._continues(article)
        label = read_paragraph(text)
        return bool(self._supplement and label and self._is_next_paragraph(label))

    def _continues(self, article: LawLabel) -> bool:
        """Articles count upwards; a new 附則 begins anew."""
        if self._article is None or not self._article.number:
            return True
        last = self._article.number
        return last < article.first and article.first[0] - last[0] <= _LARGEST_STEP

    def _is_next_paragraph(self, label: LawLabel) -> bool:
        number = label.first[0]
        if self._article is None:
            return self._supplement is not None and number == 1
        empty = not self._article.draft.has_text
        return number == self._article.paragraph + 1 or (number == 1 and empty)

    def _may_open_annex(self, annex: LawLabel, line: Line) -> bool:
        rest = line.text.text[annex.length :]
        return not self._is_open_sentence(line) and not rest.endswith("。") and len(rest) <= 80

    def _is_open_sentence(self, line: Line) -> bool:
        """Whether the line may be the rest of a hard-wrapped sentence."""
        last = self._unit.last if self._unit else None
        if last is None or self._layout.width is None or is_complete(last.text.text):
            return False
        return goes_on(last, line, self._layout)

    # Opening units.

    def _open_supplement(self, name: str, line: Line) -> None:
        self._close_article()
        self._annex = None
        self._supplement = Draft(name, NodeKind.ANNEX, _lead(line), heading=line.text)
        self._drafts.append(self._supplement)
        self._sections = []
        self._unit = self._supplement

    def _open_annex(self, annex: LawLabel, line: Line) -> None:
        self._close_article()
        heading = line.text[annex.length :].strip()
        self._annex = Draft(annex.name, NodeKind.ANNEX, _lead(line), heading=heading)
        self._drafts.append(self._annex)
        self._unit = self._annex

    def _open_section(self, unit: str, label: LawLabel, line: Line) -> None:
        depth = SECTION_UNITS.index(unit)
        while self._sections and self._sections[-1][0] >= depth:
            self._sections.pop()
        draft = Draft(
            label.name, NodeKind.SECTION, _lead(line), heading=line.text[label.length :].strip()
        )
        self._siblings().append(draft)
        self._sections.append((depth, draft))
        self._items = []
        self._unit = draft

    def _open_article(self, label: LawLabel, line: Line) -> None:
        draft = self._captioned(label, line, NodeKind.CLAUSE)
        draft.at_root = self._supplement is None
        self._siblings().append(draft)
        self._article = _Article(draft, label.last)
        self._items = []
        self._unit = draft

    def _open_paragraph(self, label: LawLabel, line: Line) -> None:
        if self._article is None:
            assert self._supplement is not None
            self._article = _Article(self._supplement, ())
        self._article.paragraph = label.first[0]
        draft = self._captioned(label, line, NodeKind.CLAUSE)
        self._article.draft.children.append(draft)
        self._items = []
        self._unit = draft

    def _captioned(self, label: LawLabel, line: Line, kind: NodeKind) -> Draft:
        """A unit with the caption on the line before it, or right after its label."""
        text = line.text[label.length :]
        lead = _lead(line, label.length)
        heading = TracedText()
        if self._caption is not None:
            lead.start = self._caption.span.start
            heading = self._caption.text[1:-1].strip()
            self._caption = None
        elif match := re.match(r"[（(]([^（）()]{1,60})[）)](?=\s|$)", text.text):
            heading = text[match.start(1) : match.end(1)]
            text = text[match.end() :]
            lead = _lead(line, label.length + match.end())
        draft = Draft(label.name, kind, lead, heading=heading)
        if text.strip():
            draft.paragraphs.append(_rest(line, lead.end))
        else:
            lead.end = line.span.end
        return draft

    def _open_item(self, line: Line) -> bool:
        home = self._home()
        if home is None:
            return False
        readings = read_items(line.text.text)
        for level in range(len(self._items) - 1, -1, -1):
            item = self._items[level]
            for reading in readings:
                if reading.style is item.style and _follows(reading.label, item.last):
                    del self._items[level:]
                    return self._add_item(reading.style, reading.label, line)
        open_styles = {item.style for item in self._items}
        for reading in readings:
            if reading.label.first == (1,) and reading.style not in open_styles:
                return self._add_item(reading.style, reading.label, line)
        return False

    def _add_item(self, style: ItemStyle, label: LawLabel, line: Line) -> bool:
        home = self._items[-1].draft if self._items else self._home()
        assert home is not None
        numbered = not self._items and style in _NUMBERED_STYLES
        name = _item_name(label) if numbered else label.name
        draft = Draft(name, NodeKind.CLAUSE, _lead(line, label.length), heading=TracedText())
        assert draft.lead is not None
        draft.paragraphs.append(_rest(line, draft.lead.end))
        home.children.append(draft)
        self._items.append(_Item(style, label.last, draft))
        self._unit = draft
        return True

    # Where things go.

    def _home(self) -> Draft | None:
        """The paragraph or article that items belong to."""
        if self._article is None:
            return self._supplement
        children = self._article.draft.children
        paragraphs = [child for child in children if child.label.endswith("項")]
        return paragraphs[-1] if paragraphs else self._article.draft

    def _siblings(self) -> list[Draft]:
        if self._sections:
            return self._sections[-1][1].children
        return self._supplement.children if self._supplement else self._drafts

    def _close_article(self) -> None:
        self._article, self._items, self._caption = None, [], None

    def _cover(self, line: Line) -> None:
        if self._caption is None and self._unit and self._unit.last:
            self._unit.last.cover(line)

    def _go_on(self, line: Line) -> None:
        """A wrapped line, a further sentence or a row of a table."""
        if self._unit is None:
            self._unit = Draft(PREAMBLE, NodeKind.SECTION)
            self._drafts.append(self._unit)
        last = self._unit.paragraphs[-1] if self._unit.paragraphs else None
        row = _is_row(line)
        if last and not row and not last.is_row and goes_on(last, line, self._layout):
            last.absorb(line)
            return
        paragraph = Paragraph.of(line)
        paragraph.is_row = row
        self._unit.paragraphs.append(paragraph)


def _number_paragraphs(draft: Draft) -> None:
    """Give the first paragraph of an article with several its own draft, 第1項."""
    for child in draft.children:
        _number_paragraphs(child)
    paragraphs = [child for child in draft.children if child.label.endswith("項")]
    if not paragraphs or paragraphs[0].label == "第1項":
        return
    own = [child for child in draft.children if not child.label.endswith("項")]
    if not draft.paragraphs:
        return
    lead, *rest = draft.paragraphs
    first = Draft("第1項", NodeKind.CLAUSE, lead, rest, own, heading=TracedText())
    first.paragraphs = [lead, *rest]
    first.lead = None
    draft.paragraphs = []
    draft.children = [first, *paragraphs]


def _follows(label: LawLabel, last: tuple[int, ...]) -> bool:
    """二 and 一の二 follow 一, 四 does not."""
    return last < label.first and label.first[0] <= last[0] + 1


def _item_name(label: LawLabel) -> str:
    """第2号の2 for 二の二, 第5号から第6号まで for 五から六まで."""
    name = f"第{branched_name(label.first, '号')}"
    return (
        name if label.last == label.first else f"{name}から第{branched_name(label.last, '号')}まで"
    )


def _lead(line: Line, length: int | None = None) -> Paragraph:
    """The label's own part of the line: up to the first character after it, or all of it."""
    paragraph = Paragraph.of(line)
    if length is not None and length < len(line.text):
        paragraph.end = line.text.offsets[length]
    paragraph.text = TracedText()
    return paragraph


def _rest(line: Line, start: int) -> Paragraph:
    """What follows the label on its line."""
    paragraph = Paragraph.of(line)
    skip = next(index for index, offset in enumerate(line.text.offsets) if offset >= start)
    paragraph.text = line.text[skip:].strip()
    paragraph.start = start
    paragraph.repairs = []
    return paragraph


def _is_row(line: Line) -> bool:
    return line.is_row or bool(_CELL.search(line.text.text))


def _is_balanced(words: str) -> bool:
    depth = 0
    for sign in words:
        depth += (sign in "（(") - (sign in "）)")
        if depth < 0:
            return False
    return depth == 0
