"""Titles of documents in 「」: what else is quoted (terms, headings, slogans) names no document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.references.titles import (
    BRACKET,
    EDITION,
    QUOTED,
    TITLE_END,
    is_dated,
    is_made,
    with_bracket,
)

_WEAK = re.compile(
    r"(?:計画|プラン|プログラム|パッケージ|戦略|約款|規約|通知|告示|(?<!に関する)協定)$"
)
"""Titles that end so name a document only when a bracket dates them."""
_DOTTED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+(?![0-9])")
"""「5.1.5 評価の基準」 is a heading of the document itself."""
_TAIL = re.compile(rf"[一-龥々]{{0,12}}(?:要綱|要領|要項|規程|規則|条例|基準){EDITION}(?![一-龥])")
_ABOUT = "について"
_SHORTEST_ABOUT = 8


def find_quoted_titles(text: str, *, made_too: bool) -> Iterator[tuple[int, int]]:
    """Start and end of every quoted title, with the bracket or the 要綱 behind it.

    `made_too` keeps the documents that the text says are being made (「…」を作成する).
    """
    for match in QUOTED.finditer(text):
        if _is_definition(text, match) or _DOTTED.match(match["title"]):
            continue
        if _is_title(text, match):
            end = _tail(text, match.end()) or with_bracket(text, match.end())
            if made_too or not is_made(text, end):
                yield match.start(), end


def _is_title(text: str, match: re.Match[str]) -> bool:
    """By its own last word, by its bracket, or by the 要綱 that follows it."""
    title = BRACKET.sub("", match["title"])
    dated = is_dated(text, match.end())
    ends = [found.end() for found in TITLE_END.finditer(title)]
    if ends and ends[-1] == len(title):
        return dated or not _WEAK.search(title)
    about = title.endswith(_ABOUT) and len(title) >= _SHORTEST_ABOUT
    followed = TITLE_END.match(text, match.end()) or _tail(text, match.end())
    return dated or about or bool(followed)


def _tail(text: str, end: int) -> int | None:
    """Past 登録要綱 of 「…企業」（…）登録要綱."""
    bracket = BRACKET.match(text, end)
    match = _TAIL.match(text, bracket.end() if bracket else end)
    return match.end() if match else None


def _is_definition(text: str, match: re.Match[str]) -> bool:
    """以下「…」, 「…」という and 「…」とは bring in a term."""
    before = text[max(0, match.start() - 4) : match.start()]
    after = text[match.end() : match.end() + 3]
    return before.endswith(("以下", "単に", "以下、")) or after.startswith(("とい", "とは"))
