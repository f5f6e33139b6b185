"""Letters that announce or ask for something: the letter, then its annexes with their parts."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.draft import Draft
from ingest.headings import heading_depth, new_section
from ingest.labels import LabelKind, read_labels
from ingest.lines import Line
from ingest.policy import read_preamble
from ingest.repair import Layout, Paragraph, goes_on
from kb.documents import NodeKind

_NAMES = (("案内", "案内文"), ("通知", "通知文"), ("依頼", "依頼文"), ("お知らせ", "お知らせ"))
_LETTER = "本文"
_COURTESY = re.compile(
    r"ご?案内(?:申し上げ|いた?し|します)|お願い(?:いた?し|申し上げ)|(?:通知|依頼)(?:いた?し|します)|拝啓|敬具|[殿様]$|各位|御中|お申し?込みください"
)
_ANNEX_NAME = re.compile(r"別\s*[紙添]\s*\d*\s*[「『](?P<name>[^「」『』]{3,80})[」』]")
_ANNEX_LABEL = re.compile(r"別紙|別添")
_SUBJECT = re.compile(
    r"(?:ご?案内|お知らせ|通知|依頼|送付|照会|周知)(?:について)?(?:[（(].*[）)])?$|(?:各位|御中|[殿様])$|拝啓",
    re.M,
)
_OPENING_LINES = 12
_LEAST_COURTESIES = 2
_ALIKE = 0.8


def is_notice(lines: Sequence[Line]) -> bool:
    """Whether title and words are those of a letter."""
    filled = [line for line in lines if not line.blank]
    opening = "\n".join(_plain(line) for line in filled[:_OPENING_LINES])
    courtesies = sum(bool(_COURTESY.search(line.text.text[-200:])) for line in filled)
    return bool(_SUBJECT.search(opening)) and courtesies >= _LEAST_COURTESIES


def read_notice(lines: Sequence[Line]) -> list[Draft]:
    """The letter as one section and each annex with a section for each heading in it."""
    layout = Layout.of(lines)
    cuts = _annexes(lines)
    letter = lines[: cuts[0]] if cuts else lines
    drafts = _read_letter(letter, layout)
    for begin, end in itertools.pairwise([*cuts, len(lines)]):
        drafts.append(_read_annex(lines[begin:end], layout))
    return drafts


def _annexes(lines: Sequence[Line]) -> list[int]:
    """Where annexes begin: at 「別紙」, or at the title that the letter gave its annex."""
    found: list[int] = []
    names: list[str] = []
    for index, line in enumerate(lines):
        text = _plain(line)
        if line.blank or line.is_row:
            continue
        labels = read_labels(line.text.text)
        labelled = any(
            label.kind is LabelKind.ANNEX and _ANNEX_LABEL.match(label.name) for label in labels
        )
        named = len(text) <= 90 and any(_alike(text, name) for name in names)
        if index and (labelled or named) and "別紙「" not in text:
            found.append(index)
            names.clear()
        names += [_squeeze(match["name"]) for match in _ANNEX_NAME.finditer(text)]
    return found


def _alike(text: str, name: str) -> bool:
    return SequenceMatcher(None, _squeeze(text), name, autojunk=False).ratio() >= _ALIKE


def _read_letter(lines: Sequence[Line], layout: Layout) -> list[Draft]:
    head = next((index for index, line in enumerate(lines) if heading_depth(line)), len(lines))
    first = next((index for index, line in enumerate(lines) if not line.blank), 0)
    if head <= first:
        head = next(
            (index for index in range(first + 1, len(lines)) if heading_depth(lines[index])),
            len(lines),
        )
    title = _plain(lines[first]) if lines else ""
    name = next((label for word, label in _NAMES if word in title), _LETTER)
    drafts = read_preamble(lines[:head], layout, name)
    if drafts:
        _read_parts(drafts[0], lines[head:], layout)
    return drafts


def _read_annex(lines: Sequence[Line], layout: Layout) -> Draft:
    line = lines[0]
    label = next(
        (label for label in read_labels(line.text.text) if label.kind is LabelKind.ANNEX), None
    )
    if label:
        draft = Draft(label.name, NodeKind.ANNEX, Paragraph.of(line, skip=label.length))
        if draft.lead and draft.lead.text:
            draft.heading = draft.lead.text
    else:
        draft = Draft("別紙", NodeKind.ANNEX, Paragraph.of(line), heading=line.text)
    _read_parts(draft, lines[1:], layout)
    return draft


def _read_parts(draft: Draft, lines: Sequence[Line], layout: Layout) -> None:
    """Sections at each heading, all directly under the draft."""
    current = draft
    for line in lines:
        if line.blank:
            if current.last:
                current.last.cover(line)
        elif heading_depth(line) is not None:
            current = new_section(line)
            draft.children.append(current)
        else:
            _add_line(current, line, layout)


def _add_line(draft: Draft, line: Line, layout: Layout) -> None:
    """Join a line to the draft's last paragraph or begin another."""
    last = draft.paragraphs[-1] if draft.paragraphs else None
    if last and goes_on(last, line, layout):
        last.absorb(line)
    else:
        draft.paragraphs.append(Paragraph.of(line))


def _plain(line: Line) -> str:
    return unicodedata.normalize("NFKC", line.text.text)


def _squeeze(text: str) -> str:
    return re.sub(r"[\s「」『』（）()]", "", text)
