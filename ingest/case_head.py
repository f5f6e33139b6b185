"""The first lines of a case: its number, category, title and organisation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ingest.case_fields import field_of, may_be_heading
from ingest.lines import Line
from ingest.traced import TracedText

HEAD_LINES = 8
"""Filled lines that a head has at most."""

NUMBERED = re.compile(
    r"【?\s*事例\s*(?:No\.?)?\s*(?P<number>\d{1,3})\s*(?:】\s*|[:：.]\s*|\s+|$)(?P<title>.*)$"
)
"""「事例3 …」, in NFKC."""

UNNUMBERED = re.compile(
    r"(?:【\s*事例\s*】|■?\s*事例(?=[\s:：]))[\s:：]*(?P<title>[^\s。].{2,60})$"
)
"""「事例　小規模修繕登録制度」, in NFKC."""

_FIELD = re.compile(
    r"(?P<key>区\s*分|取\s*組\s*団\s*体名?|事\s*例\s*名|実施主体|自治体名?|取\s*組[^:：]{0,8}|事\s*業\s*名|施\s*策[^:：]{0,6}|件\s*名|タイトル|地方公共団体名?|団\s*体\s*名|機\s*関\s*名|発注機関名?|実施(?:団体|機関))"
    r"\s*[:：]\s*(?P<value>.*)$"
)
_ORGANISATION = re.compile(
    r"^[^、。：:\s]{1,30}(?:都|道|府|県|市|区|町|村|組合|企業団|広域連合|機構|大学|法人\S{0,25}|省|庁|局|署|公庫|事業団|センター|研究所|会社)$"
)
_AHEAD = 2
_TITLE_KEY = re.compile(r"(?!取\s*組\s*団)[取事施件タ]")
_LISTED_CATEGORY = re.compile(r"\d{1,2}[.．、\s]")
_BARE_NUMBER = re.compile(r"\d{1,4}")
_MIDWAY = re.compile(r"(?:[のをとやにがはへ、・]|及び|又は|並びに)$")


@dataclass(slots=True)
class CaseHead:
    """What the first lines say; `lines` is how many they are, `title_lines` those of the title."""

    number: int | None = None
    category: str = ""
    category_number: int | None = None
    title: TracedText | None = None
    title_lines: set[int] = field(default_factory=set)
    organisation: str = ""
    lines: int = 1


def field_line(line: Line) -> re.Match[str] | None:
    """「区分：…」 or 「取組・事業名：…」; with a list mark only where a category's number stands."""
    match = _FIELD.match(_plain(line))
    if match and line.listed:
        numbered = _LISTED_CATEGORY.match(match["value"])
        return (
            match
            if (numbered if match["key"][0] == "区" else _TITLE_KEY.match(match["key"]))
            else None
        )
    return match


def read_head(lines: Sequence[Line]) -> CaseHead:
    """The head that the lines begin with.

    A field may run on over the next line, as a page break leaves it.
    """
    head = CaseHead()
    seen = 0
    open_key = ""
    for index, line in enumerate(lines):
        if line.blank:
            continue
        seen += 1
        text = _plain(line)
        if index == 0 and (match := NUMBERED.match(text)):
            head.number = int(match["number"])
            if match["title"]:
                _set_title(head, line.text[len(line.text) - len(match["title"]) :], index)
        elif index == 0 and (match := UNNUMBERED.match(text)):
            _set_title(head, line.text[len(line.text) - len(match["title"]) :], index)
        elif match := field_line(line):
            open_key = _note_field(head, match, line, index)
        elif is_organisation(text) and not head.organisation:
            head.organisation = re.sub(r"\s", "", line.text.text).strip("（）()")
            open_key = ""
        elif head.title is None and index > 0 and may_be_heading(text) and head.number is not None:
            _set_title(head, line.text, index)
        elif open_key and _BARE_NUMBER.fullmatch(text):
            pass
        elif open_key and _runs_on(head, open_key, lines, index):
            _extend(head, open_key, line, index)
        else:
            break
        head.lines = index + 1
        if seen >= HEAD_LINES:
            break
    return head


def is_organisation(text: str) -> bool:
    """Whether a line in NFKC is the name of an organisation and nothing else."""
    return bool(_ORGANISATION.match(text.replace(" ", "").strip("()")))


def _set_title(head: CaseHead, title: TracedText, index: int) -> None:
    head.title = title
    head.title_lines = {index}


def _note_field(head: CaseHead, match: re.Match[str], line: Line, index: int) -> str:
    """Take a field over; returns its key."""
    key, value = str(match["key"]), match["value"].strip()
    if key.startswith("区"):
        number = re.match(r"(\d{1,2})[.．、\s]*", value)
        head.category_number = int(number[1]) if number else None
        head.category = value[number.end() :] if number else value
    elif _TITLE_KEY.match(key) and head.title is None:
        _set_title(head, line.text[len(line.text) - len(value) :], index)
    elif not _TITLE_KEY.match(key):
        head.organisation = re.sub(r"\s", "", value)
    return key


def _runs_on(head: CaseHead, key: str, lines: Sequence[Line], index: int) -> bool:
    """Whether the line goes on with the field above it: another part of the head follows it."""
    text = _plain(lines[index])
    if lines[index].depth or not may_be_heading(text) or field_of(text):
        return False
    value = head.category if key.startswith("区") else head.title.text if head.title else ""
    if _MIDWAY.search(value):
        return True
    following = islice(_filled(lines[index + 1 :]), _AHEAD)
    return any(field_line(line) or is_organisation(_plain(line)) for line in following)


def _extend(head: CaseHead, key: str, line: Line, index: int) -> None:
    if key.startswith("区"):
        head.category += _plain(line)
    elif _TITLE_KEY.match(key) and head.title is not None:
        head.title = head.title + line.text
        head.title_lines.add(index)


def _filled(lines: Sequence[Line]) -> Iterator[Line]:
    return (line for line in lines if not line.blank)


def _plain(line: Line) -> str:
    return unicodedata.normalize("NFKC", line.text.text)
