"""Where each case of a case book begins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingest.case_head import HEAD_LINES, NUMBERED, UNNUMBERED, field_line
from ingest.lines import Line

_LEADER = re.compile(r"(?:…|\.{3,}|・{4,}|\s{3,})\s*\d{1,4}$")


def case_starts(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that a case begins at.

    「区分：…」 or 「取組・事業名：…」, and a 「事例N …」 shortly before; in books without those,
    every 「事例N …」 that is not an entry of a table of contents, else every 「事例　…」.
    """
    numbered = [index for index, line in enumerate(lines) if _is_numbered(line)]
    fielded: list[int] = []
    filled = 0
    last = -HEAD_LINES
    for index, line in enumerate(lines):
        if line.blank:
            continue
        filled += 1
        field = field_line(line)
        if field and not line.is_row:
            if filled - last > HEAD_LINES // 2 or field["key"].startswith("区"):
                fielded.append(index)
            last = filled
    if not fielded:
        return _without_contents(lines, numbered) or _unnumbered(lines)
    starts = set(fielded)
    for index in numbered:
        following = next((start for start in fielded if start > index), None)
        if following is not None and _filled(lines[index:following]) <= HEAD_LINES // 2:
            starts.discard(following)
            starts.add(index)
    return sorted(starts)


def plain(line: Line) -> str:
    """The line's words in NFKC."""
    return unicodedata.normalize("NFKC", line.text.text)


def _is_numbered(line: Line) -> bool:
    text = plain(line)
    match = NUMBERED.match(text)
    return bool(
        match
        and not line.is_row
        and len(text) <= 100
        and not text.endswith("。")
        and not _LEADER.search(text)
        and not re.match(r"[のをがはにでと、]", match["title"])
    )


def _unnumbered(lines: Sequence[Line]) -> list[int]:
    """「事例　小規模修繕登録制度」, if there are several of them."""
    found = [
        index
        for index, line in enumerate(lines)
        if not line.is_row
        and not line.listed
        and UNNUMBERED.match(plain(line))
        and not _LEADER.search(plain(line))
    ]
    return found if len(found) > 1 else []


def _without_contents(lines: Sequence[Line], numbered: Sequence[int]) -> list[int]:
    """Of entries that carry the same number, the last one: the earlier are a table of contents."""
    last: dict[str, int] = {}
    for index in numbered:
        match = NUMBERED.match(plain(lines[index]))
        assert match is not None
        last[match["number"]] = index
    return sorted(last.values())


def _filled(lines: Sequence[Line]) -> int:
    return sum(not line.blank for line in lines)
