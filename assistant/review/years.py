"""Fiscal years that a draft speaks of and that are not its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.review.findings import Finding, FindingKind, Severity
from assistant.review.places import narrow_digits, place_of, sentence_at
from kb.documents import Node, ParsedDocument
from kb.fiscal_year import FiscalYear

_MENTION = re.compile(r"(?:(令和|平成|昭和)\s*(元|\d{1,2})|([RrHh])\s*(\d{1,2})|(20\d\d))\s*年度")
_LETTERS = {"R": "令和", "H": "平成"}
# What the year modifies: 「令和4年度の国等の官公需総実績金額」, 「令和7年度における官公需予算総額」.
_MODIFIED = re.compile(
    r"(?:における|の|に係る|に)?((?:[^をがはにで、。の]{1,14}の){0,2}[^をがはにで、。の]{0,14})"
)
_OF_THE_PAST = re.compile(r"実績|決算|調査|結果|統計|報告|制定|策定|改定|改正|創設|開始|補正|繰越")
_OF_THE_FUTURE = re.compile(r"目標|見込|予定|に向け")
_FROM_OR_TO = re.compile(r"まで|から|以降|以前|以来")
_NAME_OPENS = "「『"
_NAME_CLOSES = "」』"


def year_findings(draft: ParsedDocument) -> Iterator[Finding]:
    """Mentions of another fiscal year than the draft's where the draft's own is meant.

    Years of the past that modify results, surveys or beginnings are right, and so are those in the
    names of other papers. Nothing is found when the draft's own year is not known.
    """
    own = draft.document.fiscal_year
    if own is None:
        return
    for node in draft.nodes:
        text = narrow_digits(node.text)
        for match in _MENTION.finditer(text):
            year = _year(match)
            if year is None or year == own or _is_in_a_name(text, match.start()):
                continue
            modified = _MODIFIED.match(text, match.end())
            words = modified[1] if modified else ""
            fits = _OF_THE_PAST if year.western < own.western else _OF_THE_FUTURE
            if not fits.search(words) and not _FROM_OR_TO.match(text, match.end()):
                yield _finding(node, match, year, own)


def _year(match: re.Match[str]) -> FiscalYear | None:
    try:
        if match[1]:
            return FiscalYear.of(match[1], 1 if match[2] == "元" else int(match[2]))
        if match[3]:
            return FiscalYear.of(_LETTERS[match[3].upper()], int(match[4]))
    except ValueError:
        return None
    return FiscalYear(int(match[5]))


def _is_in_a_name(text: str, position: int) -> bool:
    before = text[:position]
    return any(
        before.rfind(opens) > before.rfind(closes)
        for opens, closes in zip(_NAME_OPENS, _NAME_CLOSES, strict=True)
    )


def _finding(node: Node, match: re.Match[str], year: FiscalYear, own: FiscalYear) -> Finding:
    last_year = year.western == own.western - 1
    return Finding(
        FindingKind.YEAR,
        Severity.MUST if last_year else Severity.CHECK,
        place_of(node, match.start(), match.end()),
        f"{own}の方針ですが、ここは{year}と書いています。"
        + (
            "前年度の文案が残っていないか確かめてください。"
            if last_year
            else "年度を確かめてください。"
        ),
        sentence_at(node, match.start()),
    )
