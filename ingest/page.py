"""What a reader hands to the parsers: the extracted text and the pages it came on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.documents import TableData
from kb.spans import Span


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `start` is the offset of its text in the document's text, `number` counts from 1.

    `extractor` names what read the page where a format has several ways (pypdf, pypdfium2).
    """

    number: int
    text: str
    start: int
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table that a reader found: its cells, merged ones repeated, and where it stands."""

    data: TableData
    span: Span


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A heading that a reader told by its print; it may run over several lines.

    `depth` counts from 1; 0 is the title of the document.
    """

    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Extract:
    """All that was read from one file; every span of the document counts in `text`.

    `paged` says whether the format has pages at all. `notes` are warnings in Japanese.
    `tables` are in the order of the text; a row of theirs is a tab-separated line of `text` in
    every format but Markdown, where the lines stay as the file has them. `headings` are
    those that no mark in the text tells, in its order. `styled` says that the format itself knows
    its headings.
    """

    text: str
    pages: tuple[Page, ...]
    paged: bool = True
    notes: tuple[str, ...] = ()
    tables: tuple[FoundTable, ...] = field(default=(), repr=False)
    headings: tuple[FoundHeading, ...] = field(default=(), repr=False)
    styled: bool = False

    @classmethod
    def of_text(cls, text: str) -> Extract:
        """A file without pages."""
        return cls(text, (Page(1, text, 0),), paged=False)

    @classmethod
    def of_pages(cls, texts: Iterable[str], notes: Iterable[str] = ()) -> Extract:
        """Pages one after another, a form feed after each but the last."""
        pages: list[Page] = []
        start = 0
        for number, text in enumerate(texts, start=1):
            pages.append(Page(number, text, start))
            start += len(text) + 1
        return cls("\f".join(page.text for page in pages), tuple(pages), notes=tuple(notes))

    def page_at(self, offset: int) -> int | None:
        """The number of the page that an offset lies on; None for a file without pages."""
        if not self.paged:
            return None
        index = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[max(index, 0)].number
