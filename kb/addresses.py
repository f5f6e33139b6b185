"""Addresses as officers write them: 「令和5年度基本方針 第2-2(3)③」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kb.articles import article_mentions
from kb.documents import Document, DocumentKind, Node, NodeKind
from kb.kanji_numbers import KANJI_NUMBER, kanji_to_int
from kb.spans import Span

_KIND_NAME = {
    DocumentKind.KIHON: "基本方針",
    DocumentKind.JIREI: "事例集",
}
_ITEM = re.compile(r"\d+")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\0(?=\d)")
# One character for one, so that offsets hold; NFKC would turn ① into 1.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９（）－‐–—−ー　", "0123456789()------ ")
# Before another kanji it is part of a word: 第三者, 事例一覧.
_IN_KANJI = rf"{KANJI_NUMBER}(?![\u4e00-\u9fff])"
_NUMBER = rf"(\d{{1,3}}|{_IN_KANJI})"
_ANY_NUMBER = rf"(\d{{1,3}}|[①-⑳㉑-㉟]|{_IN_KANJI})"
_PART = re.compile(
    rf"\( ?(?:\d{{1,2}}|[ア-ン]|{KANJI_NUMBER}) ?\)|[①-⑳]|\d{{1,2}}"
    rf"|(?<![ァ-ヴー])[ア-ン](?![ァ-ヴー])|(?<=[の\-・]){_IN_KANJI}"
)
_KANJI = re.compile(KANJI_NUMBER)
_JOINT = r"(?: ?(?:の第|[の\-.・、/])? ?)"
_CLAUSE = re.compile(
    rf"第 ?{_NUMBER}(?![\d条項号章編節回次期四版種者事])((?:{_JOINT}(?:{_PART.pattern})(?![条章編節割%円年月]))*)"
)
# Without 第 a number needs a part in brackets to be an address (2-19(5)③, 14(1)), or 上記 before it.
_BARE = re.compile(
    rf"(?<![\d.,A-Za-z第])(\d{{1,2}})((?: ?[の\-] ?\d{{1,2}})?(?:{_JOINT}(?:\( ?\d{{1,2}} ?\)|[①-⑳]))+)"
)
_ABOVE = re.compile(r"[上前]記 ?(\d{1,2})(?![\d.,%年月日])")
_RANGE = re.compile(r" ?から ?\( ?(\d{1,2}) ?\)")
_GROUP = re.compile(rf"区分 ?{_ANY_NUMBER}")
_CASE = re.compile(
    rf"事例(?:集の?)? ?(?:の?第|その|の?No\.?|№|番号)? ?{_ANY_NUMBER}(?![\d件集社年月つ])",
    re.IGNORECASE,
)
_CASE_BEHIND = re.compile(
    rf"(?:(?:第|No\.?|№) ?{_NUMBER}(?:番目?)?|{_NUMBER} ?番目?)の?事例(?!集)", re.IGNORECASE
)


def document_name(document: Document) -> str:
    """A short name with the year: 令和5年度基本方針, 令和8年度 日本私立学校…事業団 契約の方針."""
    year = str(document.fiscal_year) if document.fiscal_year else ""
    if document.kind in _KIND_NAME:
        return f"{year}{_KIND_NAME[document.kind]}"
    if document.kind is DocumentKind.KIKAN:
        return f"{year} {document.issuer} 契約の方針".strip()
    return document.title


def clause_number(node: Node) -> str:
    """第2-2(3)③ for a clause or a note below one; the labels joined for anything else.

    Of 9, 9.1 and ア the second names the first as well: 9.1ア.
    """
    _, *every = node.id.split("/")
    labels = [
        label
        for label, below in zip(every, [*every[1:], ""], strict=True)
        if not below.startswith(f"{label}.")
    ]
    if node.kind in (NodeKind.CLAUSE, NodeKind.NOTE):
        numbered = len(labels) > 1 and _ITEM.fullmatch(labels[1])
        first, rest = (f"{labels[0]}-", labels[1:]) if numbered else ("", labels)
        return first + _BETWEEN_NUMBERS.sub(" ", "\0".join(rest)).replace("\0", "")
    return " ".join(labels)


def address(document: Document, node: Node) -> str:
    """The full address of a node."""
    return f"{document_name(document)} {clause_number(node)}".strip()


@dataclass(frozen=True, slots=True)
class ClauseMention:
    """A clause or case number in a text: its id labels and where it stands."""

    labels: tuple[str, ...]
    span: Span


_AS_ABOVE = ("上記", "前記", "前掲")
_QUOTED = re.compile(r"「([^「」]+)」")
_ASKED_WITHIN = re.compile(r"(?:の(?:中の|中で|うち)?)(?:どの|どこ|どれ)")


def is_relative(text: str, mention: ClauseMention) -> bool:
    """Whether a number in `text` is not the address of what is asked for.

    It may be a clause's own words (上記4(2)) or where to look (第2のどの条).
    """
    return is_own_words(text, mention) or bool(_ASKED_WITHIN.match(text, mention.span.end))


def is_own_words(text: str, mention: ClauseMention) -> bool:
    """Whether a number in `text` is quoted from a clause: 上記4(2), 「第1の目標」."""
    start, end = mention.span.start, mention.span.end
    written = text[start:end]
    quoted = any(
        quote.start(1) <= start and end <= quote.end(1) and quote[1].strip() != written
        for quote in _QUOTED.finditer(text)
    )
    above = written.startswith(_AS_ABOVE) or text[:start].rstrip().endswith(_AS_ABOVE)
    return quoted or above


def clause_mentions(text: str) -> tuple[ClauseMention, ...]:
    """Clause and case numbers as people write them: 第2の2(3)③, 第２－１４（２）, 事例15, 区分6.

    Labels start with 第 or, where the writer left it out, with the number below it (14(1) gives
    14, (1)); 「(1)から(4)まで」 gives each of the four. Articles of laws (第5条) are not clause numbers.
    """
    plain = text.translate(_HALF_WIDTH)
    found: list[ClauseMention] = []
    for match in _CLAUSE.finditer(plain):
        found += _with_range(plain, (f"第{_number(match[1])}", *_labels(match[2])), match.span())
    taken = [mention.span for mention in found]
    for match in _BARE.finditer(plain):
        if not any(span.start <= match.start() < span.end for span in taken):
            found += _with_range(plain, _bare_labels(match[1], match[2]), match.span())
    taken = [mention.span for mention in found]
    for match in _ABOVE.finditer(plain):
        if not any(span.start <= match.start(1) < span.end for span in taken):
            found.append(ClauseMention((match[1],), Span(*match.span())))
    for pattern, name in ((_CASE, "事例"), (_CASE_BEHIND, "事例"), (_GROUP, "区分")):
        found += [
            ClauseMention((f"{name}{_number(match[match.lastindex or 0])}",), Span(*match.span()))
            for match in pattern.finditer(plain)
        ]
    return tuple(sorted(found, key=lambda mention: mention.span))


def place_mentions(text: str) -> tuple[ClauseMention, ...]:
    """The same, and the articles of laws and rules: 第5条第3項, 29条の3."""
    articles = (ClauseMention(item.labels, item.span) for item in article_mentions(text))
    return tuple(sorted((*clause_mentions(text), *articles), key=lambda mention: mention.span))


def _bare_labels(first: str, rest: str) -> tuple[str, ...]:
    labels = _labels(rest)
    return (f"第{first}", *labels) if labels[0].isdecimal() else (first, *labels)


def _with_range(
    text: str, labels: tuple[str, ...], place: tuple[int, int]
) -> Iterator[ClauseMention]:
    """The mention, and the siblings up to the end of a range that follows it."""
    yield ClauseMention(labels, Span(*place))
    last = labels[-1].strip("()")
    end = _RANGE.match(text, place[1])
    if end and labels[-1] != last and last.isdigit():
        for number in range(int(last) + 1, int(end[1]) + 1):
            yield ClauseMention((*labels[:-1], f"({number})"), Span(place[0], end.end()))


def _labels(rest: str) -> tuple[str, ...]:
    return tuple(_label(match[0].replace(" ", "")) for match in _PART.finditer(rest))


def _label(written: str) -> str:
    """(三) as (3), 十四 as 14; the rest as it is."""
    return _KANJI.sub(lambda match: str(kanji_to_int(match[0])), written)


def _number(text: str) -> int:
    if len(text) == 1 and unicodedata.category(text) == "No":
        return int(unicodedata.numeric(text))
    return int(text) if text.isdecimal() else kanji_to_int(text)
