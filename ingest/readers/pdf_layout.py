"""The read pages of a PDF put together: painted numbers in their lines, tables, headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.furniture import find_furniture
from ingest.page import Extract, FoundTable, Page
from ingest.readers.pdf_engine import Box
from ingest.readers.pdf_headings import LaidLine, find_headings
from ingest.readers.pdf_print import PrintedLine, lay
from ingest.readers.picture_labels import PictureLabel, trusted
from ingest.readers.tables_pdf import Grid, join_grids
from kb.spans import Span


@dataclass(slots=True)
class ReadPage:
    """One page as the libraries gave it; `number` counts from 1."""

    number: int
    text: str
    extractor: str = ""
    printed: Sequence[PrintedLine] = ()
    labels: Sequence[PictureLabel] = ()
    grids: Sequence[Grid] = ()


@dataclass(slots=True)
class Assembled:
    """The whole text; `labelled` are pages whose painted numbers were read, `unread` the others."""

    extract: Extract
    labelled: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of a page's text, how it is printed, and which of the page's tables it belongs to."""

    text: str
    printed: PrintedLine | None = None
    grid: int | None = None


def assemble(pages: Sequence[ReadPage]) -> Assembled:
    """Pages one after another, a form feed between, with what their layout tells."""
    found = Assembled(Extract("", ()))
    known = iter(trusted([label.text for page in pages for label in page.labels if label.text]))
    lines: list[LaidLine] = []
    placed: list[tuple[Grid, Span]] = []
    made: list[Page] = []
    start = 0
    for page in pages:
        read = [label for label in page.labels if label.text and next(known)]
        entries, used = _with_labels(lay(page.text, page.printed), read)
        if page.labels:
            (found.labelled if used == len(page.labels) else found.unread).append(page.number)
        entries = _with_rows(entries, page.grids)
        offset = start
        spans: dict[int, Span] = {}
        for entry in entries:
            end = offset + len(entry.text)
            if entry.grid is not None:
                first = spans.get(entry.grid, Span(offset, end))
                spans[entry.grid] = Span(first.start, end)
            elif entry.printed is not None:
                lines.append(LaidLine(page.number, offset, end, entry.text, entry.printed))
            offset = end + 1
        placed += [(page.grids[grid], span) for grid, span in spans.items()]
        text = "\n".join(entry.text for entry in entries)
        made.append(Page(page.number, text, start, page.extractor))
        start += len(text) + 1
    extract = Extract("\f".join(page.text for page in made), tuple(made))
    furniture = find_furniture(extract)
    found.extract = replace(
        extract,
        tables=tuple(_tables(placed, extract.text, furniture)),
        headings=tuple(find_headings(lines, furniture.keys())),
        styled=True,
    )
    return found


def _with_labels(
    laid: Sequence[tuple[str, PrintedLine | None]], labels: Sequence[PictureLabel]
) -> tuple[list[_Entry], int]:
    """The lines, each label before the one that it stands left of, and how many found one."""
    before: dict[int, str] = {}
    for label in labels:
        beside = [
            index
            for index, (_, printed) in enumerate(laid)
            if printed is not None and index not in before and _stands_left(label.box, printed.box)
        ]
        if beside:
            before[beside[0]] = label.text
    entries = [
        _Entry(f"{before[index]} {text.lstrip()}" if index in before else text, printed)
        for index, (text, printed) in enumerate(laid)
    ]
    return entries, len(before)


def _stands_left(label: Box, line: Box) -> bool:
    middle = (label[1] + label[3]) / 2
    return line[1] <= middle <= line[3] and label[2] <= line[0] + 2


def _with_rows(entries: Sequence[_Entry], grids: Sequence[Grid]) -> list[_Entry]:
    """The lines of each table as tab-separated rows; as they are where a letter would be lost."""
    whole = list(entries)
    for number, grid in enumerate(grids):
        places = _run_inside(whole, grid.box)
        if not places:
            continue
        lines = [whole[place].text for place in places]
        rows = grid.rows()
        if _letters(rows) != _letters(lines):
            rows = lines
        whole[places.start : places.stop] = [_Entry(row, grid=number) for row in rows]
    return whole


def _run_inside(entries: Sequence[_Entry], box: Box) -> range:
    """The longest run of lines that stand in the box and belong to no other table."""
    best = range(0)
    start = 0
    for place in range(len(entries) + 1):
        entry = entries[place] if place < len(entries) else None
        if entry and entry.grid is None and entry.printed and _is_inside(entry.printed.box, box):
            continue
        if place - start > len(best):
            best = range(start, place)
        start = place + 1
    return best


def _is_inside(line: Box, table: Box) -> bool:
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    return table[0] <= x <= table[2] and table[1] <= y <= table[3]


def _letters(lines: Sequence[str]) -> list[str]:
    return sorted("".join("".join(lines).split()))


def _tables(
    placed: Sequence[tuple[Grid, Span]], text: str, furniture: Mapping[int, str]
) -> Iterator[FoundTable]:
    """Tables where their lines stand, those that a page break cuts as one."""
    run: list[tuple[Grid, Span]] = []
    for grid, span in sorted(placed, key=lambda item: item[1]):
        if run and not (
            run[-1][0].goes_on_in(grid)
            and _only_furniture(text, run[-1][1].end, span.start, furniture)
        ):
            yield _joined(run)
            run = []
        run.append((grid, span))
    if run:
        yield _joined(run)


def _joined(run: Sequence[tuple[Grid, Span]]) -> FoundTable:
    return FoundTable(join_grids([grid for grid, _ in run]), Span(run[0][1].start, run[-1][1].end))


def _only_furniture(text: str, start: int, end: int, furniture: Mapping[int, str]) -> bool:
    """Whether a page break and nothing but running heads stand between."""
    if "\f" not in text[start:end]:
        return False
    position = start
    for part in text[start:end].replace("\f", "\n").split("\n"):
        if part.strip() and position not in furniture:
            return False
        position += len(part) + 1
    return True
