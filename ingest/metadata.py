"""Title, issuer, fiscal year and day of decision, as far as the text itself tells them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from kb.documents import DocumentKind
from kb.fiscal_year import FiscalYear

_OPENING_LINES = 25
_LONGEST_TITLE = 120
_SHORTEST_TITLE = 4
_TITLE = re.compile(
    r"(?:方針|事例集|ご?案内|要領|要綱|指針|計画|基準|規程|規則|条例|法律?|施行令|ガイドライン|マニュアル|手引き?|仕様書"
    r"|説明書|公告|報告書?|調査|概要|について)(?:[（(].*[）)])?$"
)
_NUMBERED = re.compile(
    r"第\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[\s条章節編]|の\d)|[(\d]+[.)]\s|\d{1,2}\s+(?!\d)"
)
"""The heading of a clause; a text that begins with one has no title of its own."""
_BRACKETED_LINE = re.compile(r"[（(【].*[）)】]$")
_DATE = r"(明治|大正|昭和|平成|令和)\s*(元|\d{1,2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_DECIDED = re.compile(
    rf"[（(〔\[]?\s*{_DATE}\s*(?:付け?|付)?\s*(閣議)?\s*(?:決定|制定|策定|公表|定める|施行|改定|改正)?\s*[）)〕\]]?"
)
_DATED = re.compile(
    r"^(?:明治|大正|昭和|平成|令和)\s*(?:元|\d{1,2})\s*年(?:度|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?\s*"
)
_ISSUER_IN_TITLE = re.compile(
    r"(?:年度)?(?:における|の)?(?P<who>[^、。\s]{2,40}?)(?:における|の)(?:令和|平成)?[\d元]*(?:年度)?(?:の|における)?中小企業者に関する(?:国等の)?契約"
)
_OFFICE = re.compile(
    r"^[^、。：:]{2,30}?(?:省|庁|局|府|都|道|県|市|区|町|村|機構|法人[^、。\s]{1,20}|大学|事業団|公庫|課|室|部|委員会|裁判所|院)$"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; `decided_on` is an ISO date."""

    title: str
    issuer: str
    fiscal_year: FiscalYear | None
    decided_on: str | None


def find_metadata(lines: Sequence[Line], kind: DocumentKind, stem: str) -> Metadata:
    """Look at the opening lines; the file's `stem` is the title of last resort."""
    opening = [line for line in lines if not line.blank and not line.is_row][:_OPENING_LINES]
    texts = [unicodedata.normalize("NFKC", line.text.text) for line in opening]
    title = _title(texts, opening, stem)
    year = FiscalYear.parse(re.sub(r"\s", "", title)) or next(
        (found for text in texts[:6] if len(text) <= 30 and (found := FiscalYear.parse(text))), None
    )
    return Metadata(title, _issuer(title, texts, kind), year, _decided_on(texts))


def _title(texts: Sequence[str], lines: Sequence[Line], stem: str) -> str:
    short = [
        (text, line)
        for text, line in zip(texts, lines, strict=True)
        if _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE
        and not text.endswith("。")
        and not _BRACKETED_LINE.match(text)
        and not _NUMBERED.match(text)
    ]
    for text, _ in short[:8]:
        if _TITLE.search(text):
            return _tidy(text)
    for text, line in short:
        if line.depth:
            return _tidy(text)
    return _tidy(short[0][0]) if short else stem


def _tidy(title: str) -> str:
    """Without the spaces that OCR put between Japanese characters and digits."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=\d)|(?<=\d)\s+(?=[^\x00-\x7f])", "", title)


def _issuer(title: str, texts: Sequence[str], kind: DocumentKind) -> str:
    if kind is DocumentKind.KIHON:
        return "閣議決定"
    if kind is DocumentKind.LAW:
        return ""
    bare = re.sub(r"^(?:令和|平成)\s*(?:元|\d+)\s*年度", "", re.sub(r"\s", "", title))
    if kind is DocumentKind.KIKAN and (match := _ISSUER_IN_TITLE.match(bare)):
        return re.sub(r"^(?:における|の)", "", match["who"])
    offices = [_DATED.sub("", text) for text in texts[1:] if text != title]
    return next((text for text in offices if _OFFICE.match(text)), "")


def _decided_on(texts: Sequence[str]) -> str | None:
    """A date that stands on a line of its own near the title; a cited decision's does not."""
    for text in texts:
        if (match := _DECIDED.fullmatch(text)) and (iso := _iso(match)):
            return iso
    return None


def _iso(match: re.Match[str]) -> str | None:
    year = 1 if match[2] == "元" else int(match[2])
    month, day = int(match[3]), int(match[4])
    if not (year and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{FiscalYear.of(match[1], year).western:04d}-{month:02d}-{day:02d}"
