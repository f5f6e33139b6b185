"""Answers to take away: as text for the clipboard, with footnotes for a 起案, and as tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.comparison.sheets import Cell, Report, Sheet
from kb.addresses import clause_number
from kb.documents import Document, Node
from kb.results import Answer

_NUMBER = re.compile(r"\[(\d+)\]")
_BULLET = re.compile(r"^\s*[・\-•]\s*", re.MULTILINE)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 1, 25), "明治"),
)


def formal_source(document: Document, node: Node) -> str:
    """A place as a footnote names it: 「題名」（令和5年4月25日、作成機関）第2-2(3)③."""
    decided = japanese_date(document.decided_on) if document.decided_on else ""
    known = "、".join(part for part in (decided, document.issuer) if part)
    return f"「{document.title}」{f'（{known}）' if known else ''}{clause_number(node)}"


def japanese_date(iso: str) -> str:
    """2023-04-25 as 令和5年4月25日; what is no date stays as it is."""
    try:
        day = date.fromisoformat(iso)
        first, era = next(item for item in _ERAS if item[0] <= day)
    except (ValueError, StopIteration):
        return iso
    year = day.year - first.year + 1
    return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def plain_text(answer: Answer, addresses: Mapping[str, str]) -> str:
    """The answer and its citations with their quotes; `addresses` names the cited nodes."""
    sources = [
        f"[{citation.n}] {addresses.get(citation.id, citation.id)}「{citation.quote}」"
        for citation in answer.citations
    ]
    return "\n".join([answer.text, "", *sources]).strip()


def draft_text(answer: Answer, sources: Mapping[str, str]) -> str:
    """Paragraphs for a 起案: （注１） in the text, below it what each note rests on.

    `sources` maps cited nodes to what `formal_source` calls them.
    """
    notes = [
        f"{_note(citation.n)}{sources.get(citation.id, citation.id)}"
        for citation in answer.citations
    ]
    return "\n".join([*_paragraphs(answer), "", *notes]).strip()


def for_word(answer: Answer, sources: Mapping[str, str]) -> Report:
    """The question, the answer in prose with notes, its table and the sources below."""
    paragraphs = tuple(_paragraphs(answer))
    sheets = [_table(answer)] if answer.table else []
    sheets.append(_sources(answer, sources))
    first, *others = sheets
    # Notes of the first sheet stand above its table: that is where the prose belongs.
    prose = Sheet(first.name, first.columns, first.widths, first.rows, paragraphs)
    return Report(answer.question, (prose, *others))


def for_excel(answer: Answer, sources: Mapping[str, str]) -> Report:
    """The answer line by line, its table and the sources, a tab each."""
    rows = tuple((Cell.of(line),) for line in _paragraphs(answer))
    sheets = [Sheet("回答", ("回答",), (1.0,), rows)]
    if answer.table:
        sheets.append(_table(answer))
    return Report(answer.question, (*sheets, _sources(answer, sources)))


def _table(answer: Answer) -> Sheet:
    assert answer.table is not None
    rows = tuple(
        tuple(
            Cell.of(cell.text + (_note(cell.citation) if cell.citation is not None else ""))
            for cell in row
        )
        for row in answer.table.rows
    )
    widths = tuple(float(max(len(name), 6)) for name in answer.table.columns)
    return Sheet("比較表", answer.table.columns, widths, rows)


def _sources(answer: Answer, sources: Mapping[str, str]) -> Sheet:
    rows = tuple(
        tuple(
            map(
                Cell.of,
                (
                    _note(citation.n),
                    sources.get(citation.id, citation.id),
                    citation.quote,
                    citation.id,
                    f"{citation.start}〜{citation.end}",
                    "一致" if citation.verified else "未確認",
                ),
            )
        )
        for citation in answer.citations
    )
    columns = ("注", "出典", "引用", "箇所のID", "原文の文字位置", "原文との一致")
    return Sheet("出典", columns, (6, 26, 50, 24, 14, 10), rows, answer.warnings)


def _paragraphs(answer: Answer) -> list[str]:
    cited = {citation.n for citation in answer.citations}

    def note(match: re.Match[str]) -> str:
        number = int(match[1])
        return _note(number) if number in cited else match[0]

    text = _NUMBER.sub(note, _BULLET.sub("", answer.text))
    return [line.strip() for line in text.split("\n") if line.strip()]


def _note(number: int) -> str:
    return f"（注{str(number).translate(_WIDE)}）"
