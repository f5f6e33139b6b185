"""What pages repeat and no reader needs: running heads and feet, page numbers.

Told by repetition across pages, not by a list of words. A text without pages is taken apart at its
page marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.labels import read_labels
from ingest.page import Extract
from kb.spans import Span

RUNNING, PAGE_MARK = "running_head", "page_mark"

_EDGE = 3
_LONGEST = 80
_LEAST_PAGES = 3
_DENSITY = 0.4
_DENSITY_OF_LABELS = 0.75
_DASH = r"[-‐‑‒–—―－−ー]"
_NUMBER = r"[0-9０-９]{1,4}"
MARK = re.compile(
    rf"{_DASH}\s*{_NUMBER}\s*{_DASH}"
    rf"|{_NUMBER}\s*[/／]\s*{_NUMBER}"
    rf"|(?:[pPｐＰ][.．]?|ページ|頁)\s*{_NUMBER}"
    rf"|{_NUMBER}\s*(?:ページ|頁)"
)
"""A line that numbers a page whatever stands around it."""
_BARE = re.compile(rf"(?:{_DASH}\s*)?({_NUMBER})(?:\s*{_DASH})?")
_LINE = re.compile(r"[^\n\f]+")
_GAP = r"(?:\s+|\s*[-|・/]\s*)"
_NUMBERED_HEAD = re.compile(
    rf"(?:(\d{{1,4}}){_GAP}(?P<after>[^\d\s].*)"
    rf"|(?P<before>(?!(?:事例|区分|様式|別[紙添表]|[図表問])\s*\d).*[^\d\s.,]){_GAP}(\d{{1,4}}))"
)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the top or the foot of a page; `place` counts from 0 at the top, -1 at the foot."""

    page: int
    place: int
    start: int
    text: str


def find_furniture(extract: Extract) -> Mapping[int, str]:
    """Start offsets of the lines to leave out, each with the kind of repair that is."""
    pages = list(_pages(extract))
    if len(pages) < _LEAST_PAGES:
        return {}
    edges = [edge for number, page in enumerate(pages) for edge in _edges(extract, number, page)]
    found = {edge.start: RUNNING for edge in _repeated(edges)}
    if extract.paged:
        found |= {edge.start: PAGE_MARK for edge in _counting(edges)}
    return found


def _pages(extract: Extract) -> Iterator[Span]:
    """Pages with text; in a text without, what stands between page marks."""
    if extract.paged:
        for page in extract.pages:
            if page.text.strip():
                yield Span(page.start, page.start + len(page.text))
        return
    marks = [match for match in _LINE.finditer(extract.text) if MARK.fullmatch(match[0].strip())]
    cuts = sorted(
        {0, len(extract.text), *(match.start() for match in marks)}
        | {place for place, sign in enumerate(extract.text) if sign == "\f"}
    )
    for start, end in pairwise(cuts):
        yield Span(start, end)


def _edges(extract: Extract, number: int, page: Span) -> Iterator[_Edge]:
    """The first and last lines of a page that say anything but a page's number by its form."""
    lines = [
        (match.start(), match[0].strip())
        for match in _LINE.finditer(extract.text, page.start, page.end)
        if match[0].strip() and not MARK.fullmatch(match[0].strip())
    ]
    for place, (start, text) in enumerate(lines[:_EDGE]):
        yield _Edge(number, place, start, text)
    for place, (start, text) in enumerate(lines[_EDGE:][-_EDGE:][::-1]):
        yield _Edge(number, -1 - place, start, text)


def _repeated(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """Lines that stand at the same edge of page after page; a page number in them may count on."""
    alike: dict[tuple[bool, str, int | None], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if len(edge.text) <= _LONGEST and not edge.text.endswith("。"):
            words, number = _head_and_number(edge.text)
            step = None if number is None else number - edge.page
            alike[edge.place < 0, words, step].append(edge)
    for group in alike.values():
        pages = {edge.page for edge in group}
        density = len(pages) / (max(pages) - min(pages) + 1)
        least = _DENSITY_OF_LABELS if read_labels(group[0].text) else _DENSITY
        if len(pages) >= _LEAST_PAGES and density >= least:
            yield from group


def _head_and_number(text: str) -> tuple[str, int | None]:
    """基本方針 3 as the words and the number beside them; 事例 3 numbers no page."""
    match = _NUMBERED_HEAD.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        return "".join(text.split()), None
    return "".join((match["after"] or match["before"]).split()), int(match[1] or match[4])


def _counting(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """Bare numbers that count on with the pages, wherever the counting began."""
    steps: dict[tuple[bool, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if match := _BARE.fullmatch(edge.text):
            number = int(unicodedata.normalize("NFKC", match[1]))
            steps[edge.place < 0, number - edge.page].append(edge)
    for group in steps.values():
        if len({edge.page for edge in group}) >= _LEAST_PAGES:
            yield from group
