"""Headings of a PDF by their print: larger than the running text, bold, or ゴシック among 明朝."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.labels import read_labels
from ingest.page import FoundHeading
from ingest.readers.pdf_print import Face, PrintedLine
from kb.spans import Span

_LARGER = 1.07
_LONGEST = 70
_MOST_LINES = 4
_MOST_OF_TEXT = 0.25
_DEEPEST = 6
_LEADING = 2.2
_NO_HEADING = re.compile(
    r"[。、，．：:；;]$|…{2,}|‥{2,}|[.．･・]{4,}|^[\d\s,.%％\-–―－]+$"
    r"|^[表図]\s*[\d０-９]|^[・●○◎◇◆□■※▪•‣→⇒☆★▼▲△▽➢✓✔❖\ue000-\uf8ff]|^[(（]\D.*[)）]$"
)


@dataclass(frozen=True, slots=True)
class LaidLine:
    """A line of the document's text, `start`..`end`, with its page and how it is printed."""

    page: int
    start: int
    end: int
    text: str
    printed: PrintedLine

    @property
    def style(self) -> _Style:
        """Size to half a point, and face."""
        return round(2 * self.printed.size) / 2, self.printed.face


_Style = tuple[float, Face]


def find_headings(lines: Sequence[LaidLine], skipped: Collection[int]) -> list[FoundHeading]:
    """The headings among the lines, those that start at an offset in `skipped` left out.

    Styles are ranked by size and face; the rank is the depth. Styles that only the cover uses are
    the title's.
    """
    sizes: Counter[_Style] = Counter()
    for line in lines:
        sizes[line.style] += len(line.printed.words)
    if not sizes:
        return []
    body = sizes.most_common(1)[0][0]
    total = sum(sizes.values())
    alone = _alone(lines)
    groups = [
        group
        for group in _groups(line for line in lines if line.start not in skipped)
        if group[0].start in alone
        and _stands_out(group[0].style, body)
        and sizes[group[0].style] <= _MOST_OF_TEXT * total
        and len(group) <= _MOST_LINES
        and _may_be_heading("".join(line.text.strip() for line in group))
    ]
    titles = _title_styles(groups)
    ranked = sorted({group[0].style for group in groups} - titles, reverse=True)
    depths = {style: min(rank, _DEEPEST) for rank, style in enumerate(ranked, start=1)}
    return [
        FoundHeading(Span(group[0].start, group[-1].end), depths.get(group[0].style, 0))
        for group in groups
    ]


def _alone(lines: Sequence[LaidLine]) -> set[int]:
    """Starts of the lines that no other stands beside, as the cells of a table do."""
    alone: set[int] = set()
    for _, page in groupby(lines, key=lambda line: line.page):
        boxes = [(line.start, line.printed.box) for line in page]
        for start, (_, bottom, _, top) in boxes:
            middle = (bottom + top) / 2
            if sum(box[1] < middle < box[3] for _, box in boxes) == 1:
                alone.add(start)
    return alone


def _groups(lines: Iterator[LaidLine]) -> Iterator[list[LaidLine]]:
    """Neighbouring lines of one style, as a long heading is broken; a label begins another."""
    group: list[LaidLine] = []
    for line in lines:
        if group and not _continues(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(above: LaidLine, line: LaidLine) -> bool:
    gap = above.printed.box[1] - line.printed.box[3]
    return (
        line.page == above.page
        and line.style == above.style
        and line.start == above.end + 1
        and gap <= (_LEADING - 1) * line.printed.size
        and not read_labels(line.text.strip())
    )


def _stands_out(style: _Style, body: _Style) -> bool:
    size, face = style
    if size >= _LARGER * body[0]:
        return True
    return size >= body[0] and face > body[1]


def _may_be_heading(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST and not _NO_HEADING.search(text)


def _title_styles(groups: Sequence[Sequence[LaidLine]]) -> set[_Style]:
    """Styles of the cover: those of the first groups, without labels, that come up nowhere else."""
    styles = [group[0].style for group in groups]
    titles: set[_Style] = set()
    for count, group in enumerate(groups[:-1], start=1):
        if group[0].page != groups[0][0].page or read_labels(group[0].text.strip()):
            break
        if not set(styles[:count]) & set(styles[count:]):
            titles = set(styles[:count])
    return titles
