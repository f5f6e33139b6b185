"""Addresses as officers write them: 「令和5年度基本方針 第2-2(3)③」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kb.articles import article_mentions
from kb.documents import Document, DocumentKind, Node, NodeKind
from kb.kanji_numbers import KANJI_NUMBER, kanji_to_int
from kb.series import HALF_WIDTH, end_of_range, is_bracketed, same_sort, series, up_to
from kb.spans import Span

_KIND_NAME = {
    DocumentKind.KIHON: "基本方針",
    DocumentKind.JIREI: "事例集",
}
_ITEM = re.compile(r"\d+")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\0(?=\d)")
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
_STEP = re.compile(rf"({_JOINT})({_PART.pattern})(?![\d条年月章編節割%円])")
_LISTING = ("、", "・", "/")
"""Joints that lead down (第2・14・(2)) unless the label has the sort of one before: (1)・(2)."""
_CLAUSE = re.compile(
    # 第3、4条 and 第3～5条 are articles.
    rf"第 ?{_NUMBER}(?![\d条項号章編節回次期四版種者事]|(?: ?[～〜~\-・、,] ?第? ?\d{{1,4}})+ ?[条項号])"
)
# Without 第 a number needs a part in brackets to be an address (2-19(5)③, 14(1)), or 上記 before it.
_BARE = re.compile(
    rf"(?<![\d.,A-Za-z第])(\d{{1,2}})((?: ?[の\-] ?\d{{1,2}})?{_JOINT}(?:\( ?\d{{1,2}} ?\)|[①-⑳]))"
)
_ABOVE = re.compile(r"[上前]記 ?(\d{1,2})(?![\d.,%年月日])")
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
        return number_of(labels)
    return " ".join(labels)


def number_of(labels: Sequence[str]) -> str:
    """第2, 2, (3), ③ as 第2-2(3)③."""
    numbered = len(labels) > 1 and _ITEM.fullmatch(labels[1])
    first, rest = (f"{labels[0]}-", labels[1:]) if numbered else ("", labels)
    return first + _BETWEEN_NUMBERS.sub(" ", "\0".join(rest)).replace("\0", "")


def address(document: Document, node: Node) -> str:
    """The full address of a node."""
    return f"{document_name(document)} {clause_number(node)}".strip()


@dataclass(frozen=True, slots=True)
class ClauseMention:
    """A clause or case number in a text: its id labels and where it stands.

    One of several `listed` together (①～③) has the span of them all. `documents` are ids of those
    that a question names for this number and not for the others in it.
    """

    labels: tuple[str, ...]
    span: Span
    listed: bool = False
    documents: tuple[str, ...] = ()

    def written(self, text: str) -> str:
        """The number as `text` has it; one of several as officers write it: 第2-2(3)②."""
        return number_of(self.labels) if self.listed else text[self.span.start : self.span.end]


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
    14, (1)); 「(1)から(4)まで」 and 「①、②」 give each of them. Articles of laws (第5条) are not clause
    numbers.
    """
    plain = text.translate(HALF_WIDTH)
    runs: list[_Run] = []
    for match in _CLAUSE.finditer(plain):
        if not _lies_in(runs, match.start()):
            labels, end = _descend(plain, (f"第{_number(match[1])}",), match.end())
            runs.append(_run(plain, labels, match.start(), end))
    for match in _BARE.finditer(plain):
        if not _lies_in(runs, match.start()):
            labels, end = _descend(plain, _bare_labels(match[1], match[2]), match.end())
            runs.append(_run(plain, labels, match.start(), end))
    for match in _ABOVE.finditer(plain):
        if not _lies_in(runs, match.start(1)):
            runs.append(_Run([(match[1],)], *match.span()))
    for pattern, name in ((_CASE, "事例"), (_CASE_BEHIND, "事例"), (_GROUP, "区分")):
        for match in pattern.finditer(plain):
            within = [run for run in runs if match.start() <= run.start < match.end()]
            # 事例集の第4-1(2) is a clause, 事例集の第4 and 事例第4 are a case.
            if not _lies_in(runs, match.start()) and all(run.end <= match.end() for run in within):
                runs = [run for run in runs if run not in within]
                first = (f"{name}{_number(match[match.lastindex or 0])}",)
                listed, end = series(plain, first, match.end(), _stay)
                runs.append(_Run(listed, match.start(), end))
    return tuple(
        ClauseMention(labels, Span(run.start, run.end), len(run.labels) > 1)
        for run in _ranges(plain, sorted(runs, key=lambda run: run.start))
        for labels in run.labels
    )


def place_mentions(text: str) -> tuple[ClauseMention, ...]:
    """The same, and the articles of laws and rules: 第5条第3項, 29条の3."""
    articles = (
        ClauseMention(item.labels, item.span, item.listed) for item in article_mentions(text)
    )
    return tuple(sorted((*clause_mentions(text), *articles), key=lambda mention: mention.span))


def _bare_labels(first: str, rest: str) -> tuple[str, ...]:
    labels = _labels(rest)
    return (f"第{first}", *labels) if labels[0].isdecimal() else (first, *labels)


@dataclass(frozen=True, slots=True)
class _Run:
    """An address and what is listed behind it, from `start` to `end` of a text."""

    labels: list[tuple[str, ...]]
    start: int
    end: int


def _lies_in(runs: Sequence[_Run], at: int) -> bool:
    return any(run.start <= at < run.end for run in runs)


def _run(text: str, labels: tuple[str, ...], start: int, end: int) -> _Run:
    listed, end = series(text, labels, end, _descend)
    return _Run(listed, start, end)


def _ranges(text: str, runs: Sequence[_Run]) -> list[_Run]:
    """Runs that a sign of a range joins (事例6から事例8まで) as one, with what lies between."""
    joined: list[_Run] = []
    for run in runs:
        if joined:
            last = joined[-1]
            between = up_to(text, last.labels[-1], last.end, run.labels[0], run.start)
            if between:
                labels = [*last.labels, *between, *run.labels[1:]]
                joined[-1] = _Run(labels, last.start, end_of_range(text, run.end))
                continue
        joined.append(run)
    return joined


def _stay(_: str, labels: tuple[str, ...], end: int) -> tuple[tuple[str, ...], int]:
    """Nothing is numbered below a case: 事例3・5・7 are three."""
    return labels, end


def _descend(text: str, labels: tuple[str, ...], end: int) -> tuple[tuple[str, ...], int]:
    """The labels with those that `text` has below them from `end` on, and where they end."""
    while match := _STEP.match(text, end):
        joint, label = match[1].strip(), _label(match[2].replace(" ", ""))
        sibling = same_sort(label, labels[-1]) and is_bracketed(label) and joint != "の"
        known = joint in _LISTING and any(same_sort(label, other) for other in labels)
        if sibling or known:
            break
        labels, end = (*labels, label), match.end()
    return labels, end


def _labels(rest: str) -> tuple[str, ...]:
    return tuple(_label(match[0].replace(" ", "")) for match in _PART.finditer(rest))


def _label(written: str) -> str:
    """(三) as (3), 十四 as 14; the rest as it is."""
    return _KANJI.sub(lambda match: str(kanji_to_int(match[0])), written)


def _number(text: str) -> int:
    if len(text) == 1 and unicodedata.category(text) == "No":
        return int(unicodedata.numeric(text))
    return int(text) if text.isdecimal() else kanji_to_int(text)
