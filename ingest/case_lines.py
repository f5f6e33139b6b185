"""Case books laid out in tables and brackets, as lines that name their fields and headings.

Sheets hold a case in a table of two columns (事業名 | …, 目的 | …). A row becomes a line 「事業名：…」
of the head or, for a section, its heading and its text as two lines; every character keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.case_fields import bracketed, field_of, may_be_heading
from ingest.case_head import field_line
from ingest.lines import Line
from ingest.traced import TracedText
from kb.spans import Span

_LONGEST_KEY = 24
_HEADING = 1
_KEY_IN_BRACKETS = re.compile(r"【\s*([^【】]{2,10}?)\s*】\s*(?=\S)")


def read_sheets(lines: Sequence[Line]) -> list[Line]:
    """The lines, rows of the tables that name a case taken apart; other tables stay."""
    whole: list[Line] = []
    for is_table, run in groupby(lines, key=lambda line: "\t" in line.text.text):
        rows = list(run)
        if is_table and any(_as_field(row) for row in rows):
            whole += [part for row in rows for part in _parts(row)]
        else:
            whole += [_as_bracketed_field(row) or row for row in rows]
    return whole


def mark_bracketed(lines: Sequence[Line], cases: int) -> list[Line]:
    """Lines 【目的】 as headings without their brackets, where a book has one a case at least."""
    found = {
        index: words
        for index, line in enumerate(lines)
        if not line.is_row and (words := bracketed(line.text.text))
    }
    if len(found) < cases:
        return list(lines)
    return [
        replace(line, text=line.text[slice(*found[index])], depth=_HEADING)
        if index in found
        else line
        for index, line in enumerate(lines)
    ]


def _parts(line: Line) -> Iterator[Line]:
    cells = line.text.text.split("\t")
    key = unicodedata.normalize("NFKC", cells[0]).strip()
    if len(cells) != 2 or not cells[1].strip() or not 1 < len(key) <= _LONGEST_KEY:
        yield line
        return
    at = len(cells[0])
    if as_field := _as_field(line):
        yield as_field
    elif may_be_heading(key) and field_of(key):
        # The mark between the cells may have been put in by the reader.
        middle = next(offset for offset in line.text.offsets[at:] if offset >= 0)
        yield replace(
            line,
            text=line.text[:at].strip(),
            span=Span(line.span.start, middle),
            depth=_HEADING,
            is_row=False,
            table=None,
            repairs=tuple(r for r in line.repairs if r.span.start < middle),
        )
        yield replace(
            line,
            text=line.text[at + 1 :].strip(),
            span=Span(middle, line.span.end),
            depth=0,
            is_row=False,
            table=None,
            repairs=tuple(r for r in line.repairs if r.span.start >= middle),
        )
    else:
        yield line


def _as_bracketed_field(line: Line) -> Line | None:
    """「団体名：…」 of 【団体名】…; None for any other line."""
    match = _KEY_IN_BRACKETS.match(line.text.text)
    if match is None:
        return None
    key, rest = line.text[slice(*match.span(1))], line.text[match.end() :]
    named = replace(line, text=key + TracedText.inserted("：") + rest)
    return named if field_line(named) else None


def _as_field(row: Line) -> Line | None:
    """「事業名：…」 of a row 事業名 | …; None for any other row."""
    cells = row.text.text.split("\t")
    if len(cells) != 2 or not cells[1].strip():
        return None
    at = len(cells[0])
    named = row.text[:at] + TracedText.inserted("：") + row.text[at + 1 :]
    line = replace(row, text=named, is_row=False, table=None)
    return line if field_line(line) else None
