"""Titles of documents that stand in a sentence without 「」: …契約規則第3条, …の拡大について（…決定）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.names import name_start
from ingest.references.chains import CLAUSES
from ingest.references.citations import read_places
from ingest.references.issuers import LOCAL
from ingest.references.titles import (
    BRACKET,
    SUFFIX,
    TITLE_END,
    dating_bracket,
    is_dated,
    is_made,
    with_bracket,
)
from kb.numbers import NUMBER

OF_CLAUSE = re.compile(rf"の?{CLAUSES}")
"""What may follow a title: の第2の1(2)及び第3."""
_ABOUT = re.compile(r"について(?=\()")
_ARTICLE = re.compile(rf"第{NUMBER}条")
_CITED = re.compile(
    r"[」)]?(?:\(|及び|に基づ|により|による|において|の(?:規定|定め|工事)|第[0-9]|に定|に従|\n|$)"
)
_CONCERNING = re.compile(
    rf"に関する(?:我が国の)?(?:各種)?(?:取組|行動|基本的な|運用|実施)?{SUFFIX}$"
)
_GENERIC = re.compile(
    r"(?:本|当該|同|この|その|各|上記|両|新|旧|下記|前記|次の|以下の|特記|共通|契約の|基本的な)?"
    + SUFFIX
)
_RULES = ("要綱", "要領", "規程", "条例")
_VAGUE = ("基準", "計画")


def find_plain_titles(text: str, *, in_case: bool, rules: bool) -> Iterator[tuple[int, int]]:
    """Start and end of every title outside 「」, with the bracket or the clauses behind it.

    `rules` says that the text is the 根拠 of a case, where a whole line is a title.
    """
    for match in _ABOUT.finditer(text):
        if bracket := dating_bracket(text, match.end()):
            yield name_start(text, match.start()), bracket.end()
    for match in TITLE_END.finditer(text):
        if _inside_quotes(text, match.start()) or _goes_on(text, match.end()):
            continue
        start, end = name_start(text, match.start()), _with_places(text, match.end())
        if _is_title(text, start, match, in_case, rules) and not is_made(text, end):
            yield start, end


def _with_places(text: str, end: int) -> int:
    """Past the bracket and the places that follow a title: …規則第72条(随意契約のできる額)."""
    behind = with_bracket(text, end)
    if places := read_places(text, end) or read_places(text, behind):
        caption = BRACKET.match(text, places[-1].end)
        return caption.end() if caption else places[-1].end
    if behind > end and (clause := OF_CLAUSE.match(text, behind)):
        return clause.end()
    return behind


def _is_title(text: str, start: int, match: re.Match[str], in_case: bool, rules: bool) -> bool:
    words = text[start : match.end()]
    if _GENERIC.fullmatch(words) or "その他の" in words:
        return False
    if _ARTICLE.match(text, match.end()) and not text.startswith("本", start):
        return True
    if len(words) < 5:
        return False
    if is_dated(text, match.end()) or (rules and _is_whole_line(text, start, match.end())):
        return True
    if _CONCERNING.search(words):
        return match[0] not in _VAGUE or "我が国" in words or words.endswith("行動計画")
    if match[0] in _RULES and len(words) >= 7:
        return True
    named = LOCAL.match(words) or (
        in_case and len(words) >= 10 and not re.search(r"[ぁ-ん]", words)
    )
    return bool(named) and len(words) >= 6 and bool(_CITED.match(text, match.end()))


def _is_whole_line(text: str, start: int, end: int) -> bool:
    begins = start == 0 or text[start - 1] in "\n・*-"
    return begins and (end == len(text) or text[end] in "\n(")


def _inside_quotes(text: str, position: int) -> bool:
    line = text[text.rfind("\n", 0, position) + 1 : position]
    return line.count("「") > line.count("」")


def _goes_on(text: str, end: int) -> bool:
    """方針決定, 計画的, 基準価格: the word goes on, it names no document."""
    return bool(re.match(r"(?!及び|又は|並び|等|第[0-9])[一-龥々ァ-ヶー]", text[end : end + 2]))
