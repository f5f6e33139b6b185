"""Annexes, supplementary provisions and notes: 別紙1, 附則第2項, (注2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.flat import Flat
from ingest.references.index import Index, bare_label
from ingest.references.mention import Mention
from ingest.references.neighbours import DEEPER
from kb.documents import Node, NodeKind
from kb.numbers import NUMBER, read_number

_ANNEX = re.compile(
    r"(?<![一-龥])(?:(?P<name>別紙様式|別紙|別添|別記様式|別記|別図|別表|様式)"
    r"(?P<number>(?:[第-]?[0-9]{1,2}|第[一二三四五六七八九十]{1,3})(?:-[0-9]{1,2})?(?:号|様式)?(?:の[0-9]{1,2}(?![0-9]))?)"
    r"|(?P<alone>別紙|別添|別記|別表)(?![0-9一-龥]))(?:「[^」\n]{1,80}」)?"
)
_OF_PAPER = re.compile(r"(?:方針|計画|要綱|要領|基準|指針|ガイドライン|通知|規程|規則|条例)」?の\Z")
_SUPPLEMENT = re.compile(
    rf"(?<![一-龥」)])附則(?:第?(?P<number>{NUMBER})(?P<unit>[項条])?{DEEPER})?(?=に|の|を|は|、|で|及び|による)"
)
_NOTE = re.compile(r"[(（]注(?P<number>[0-9]{0,2})[)）]|(?<=[^\n])注(?P<bare>[0-9]{1,2})\)")


def find_annexes(flat: Flat, index: Index) -> list[Mention]:
    """別紙1, 附則 and (注), with the annex or note of the document when it has one."""
    return [
        *_annexes(flat, index),
        *(
            Mention(match.start(), match.end(), "annex", _supplement(index, match))
            for match in _SUPPLEMENT.finditer(flat.text)
        ),
        *_notes(flat, index),
    ]


def _annexes(flat: Flat, index: Index) -> Iterator[Mention]:
    """別紙1 in a sentence; (別紙1) alone at the head of a text labels that text."""
    text = flat.text
    for match in _ANNEX.finditer(text):
        start, end = match.span()
        opening, closing = text[max(0, start - 1) : start], text[end : end + 1]
        if opening not in ("", "\n", "(") or closing not in ("", "\n", ")"):
            target = _annex(index, match)
            elsewhere = not target and bool(_OF_PAPER.search(text, 0, start))
            yield Mention(start, end, "annex", target, outside=elsewhere)
        elif not text[:start].strip("(\n") and flat.node.kind is not NodeKind.ANNEX:
            start, end = start - (opening == "("), end + (closing == ")")
            yield Mention(start, end, "annex_label", outside=True)


def _notes(flat: Flat, index: Index) -> Iterator[Mention]:
    """(注2) in a sentence; at the head of a line it begins the note itself."""
    text = flat.text
    for match in _NOTE.finditer(text):
        begins = text[max(0, match.start() - 1) : match.start()] in ("", "\n")
        if begins and not re.match(r"[のをには]", text[match.end() : match.end() + 1]):
            continue
        number = match["number"] or match["bare"] or ""
        yield Mention(match.start(), match.end(), "note", _note(index, flat.node, number))


def _annex(index: Index, match: re.Match[str]) -> tuple[str, ...]:
    wanted = match["alone"] or match["name"] + _half_width(match["number"])
    for node in index.nodes:
        if bare_label(node) == wanted and node.kind is NodeKind.ANNEX:
            return (node.id,)
    return ()


def _supplement(index: Index, match: re.Match[str]) -> tuple[str, ...]:
    """附則第2項: that paragraph of the document's own supplementary provisions."""
    home = next((node for node in index.nodes if bare_label(node) == "附則"), None)
    if home is None:
        return ()
    number = match["number"] and _half_width(match["number"])
    wanted = {number, f"({number})", f"第{number}{match['unit'] or '項'}"}
    below = [node for node in index.children(home) if bare_label(node) in wanted]
    return (below[0].id if number and below else home.id,)


def _note(index: Index, source: Node, number: str) -> tuple[str, ...]:
    """The note below the source or what it stands in, else the nearest one before in its frame."""
    label = f"(注{number})"
    above = list(index.upwards(source))
    for scope in above:
        for node in index.children(scope):
            if node.kind is NodeKind.NOTE and bare_label(node) == label:
                return (node.id,)
        written = re.search(rf"(?:^|\n)\(?注{number}\)(?![のをには])", index.flats[scope.id].text)
        if written:
            return (scope.id,)
    for node in index.before(source):
        if node.kind is NodeKind.NOTE and bare_label(node) == label:
            return (node.id,)
        if node.id == above[-1].id:
            break
    return ()


def _half_width(number: str) -> str:
    return re.sub(NUMBER, lambda match: str(read_number(match[0])), number)
