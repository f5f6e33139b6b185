"""How titles of documents other than laws are written: 指針, 要綱 …, editions, brackets that date."""

from __future__ import annotations

import re

SUFFIX = (
    r"(?:ガイドライン|指針|方針|計画|要綱|要領|要項|規程|規則|基準|マニュアル|手引き?書?|解説書|通達|通知|告示|大綱|戦略|協定書?"
    r"|プラン|プログラム|パッケージ|条例|約款|規約|申合せ|労務単価|単価表)"
)
EDITION = r"(?:[0-9]{4}(?:年(?:度)?版?)?|(?:改訂|改定|第[0-9一二三四五]+)版|[0-9]{4}改訂版)?"
TITLE_END = re.compile(rf"{SUFFIX}{EDITION}(?:改訂版|改定版)?")
QUOTED = re.compile(r"「(?P<title>[^「」\n]{2,120})」")
BRACKET = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_DATED = re.compile(
    r"(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,2})[年・]|[12][0-9]{3}年|(?:閣議)?決定|策定|制定|改定|改正|公表|告示|通達|適用|施行|WTO|抜粋"
)
_MADE = re.compile(
    r"[」)]*(?:等)?を(?:、|毎年度、?)?(?:策定|作成|定め|制定|公表|改定|改正|設け|提出|整備)"
)


def dating_bracket(text: str, end: int) -> re.Match[str] | None:
    """The bracket right behind a title that says when or by whom it was decided."""
    bracket = BRACKET.match(text, end)
    return bracket if bracket and _DATED.search(bracket[0]) else None


def is_dated(text: str, end: int) -> bool:
    """Whether a bracket dates the title; one that brings in a short name (以下…) does not count."""
    bracket = dating_bracket(text, end)
    return bracket is not None and not bracket[0].startswith("(以下")


def with_bracket(text: str, end: int) -> int:
    """The offset past a bracket that dates the title or brings in a short name, else `end`."""
    bracket = BRACKET.match(text, end)
    if bracket and (_DATED.search(bracket[0]) or "以下「" in bracket[0]):
        return bracket.end()
    return end


def is_made(text: str, end: int) -> bool:
    """Whether the document is being made (…を作成する): then no other document is meant."""
    return bool(_MADE.match(text, end))
