"""How a text says what a term means: 「…をいう」, 「以下「…」という」, 「…と称し」, headings 「…とは」, tables of terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.analysis import normalise

_SPACE = re.compile(r"\s+")
_WORD = r"\u4e00-\u9fffァ-ヴー・"
_NAMED = re.compile(
    r"「([^「」]{2,24})」(?:とは|と(?:いう|いい|総称|呼ぶ|呼び|略称|略す|称する|称し|称される))"
)
_SO_CALLED = re.compile(r"[いたなのる]いわゆる「([^「」]{2,24})」")
_IN_BRACKETS = re.compile(rf"([{_WORD}]{{2,24}})\(([^()]*)を(?:いう|指す)")
_AT_THE_START = re.compile(r"(?:^|。)「?([^、。「」]{2,20})」?とは、")
_BY_CERTIFICATE = re.compile(
    r"[\u4e00-\u9fff](?:が|により|から)(?:証明|認定|指定|登録|認証)(?:した|された|を受けた)"
    rf"([{_WORD}]{{4,16}})"
)
_OF_LAWS = (
    re.compile(r"「([^「」]{2,24})」とは、"),
    re.compile(rf"([{_WORD}]{{3,24}})\([^()]*をいう。以下[^()]*同じ"),
)
_POINTS = re.compile(r"に(?:規定する|定める|掲げる)[^()]*$")
_NUMBER = re.compile(r"^(?:[\d().・■◆●○□\s-]|第[\d一二三四五六七八九十]+[章節款]?)+")
_HEADED = re.compile(r"^「?([^「」、。]{2,24}?)」?とは(?:何か|なにか)?[?]?$")
_BARE = re.compile(r"([\u4e00-\u9fff]{2})を(?:いう|指す)。?$")
_SUBJECT = re.compile(r"は、|とは|「[^「」]*」と")
_TAIL = re.compile(r"の?(?:概要|内容|定義|意義|意味|説明|仕組み|について)$")
_TERMS = re.compile(r"^(?:用語|語句|言葉|ことば)$")
_MEANINGS = re.compile(r"^(?:定義|意味|説明|解説|内容)(?:・(?:定義|意味|説明|解説))?$")
_CONTENTS = re.compile(r"^(?:目次|もくじ|索引|キーワード)$")
_LEADER = re.compile(r"(?:[.・…‥]{3,}|\t)\s*\d+$")
_KEYWORDS = re.compile(r"^\s*(?:【?キーワード】?|keywords?)\s*[::】 ]")
_LONGEST_HEADING = 24
_SHORTEST = 4
_BY_IT = re.compile(r"による|に基づく|を(?:採用|適用)した")
_BEGINS = re.compile(rf"[{_WORD}]")


def squeezed(text: str) -> str:
    """Normalised text without white space, in which terms are looked for."""
    return _SPACE.sub("", normalise(text))


def stands_alone(term: str, text: str) -> bool:
    """Whether it begins a word somewhere in `text`: 小企業者 does not in 中小企業者."""
    return re.search(rf"(?<![{_WORD}]){re.escape(term)}", text) is not None


def means(term: str, asked: str) -> bool:
    """Whether a `term` is what is `asked` for, its last word or done by it.

    新商品 is the last word of 県の新商品; 一抜け方式による入札 is done by 一抜け方式.
    """
    if asked.endswith(term):
        return asked == term or stands_alone(term, asked[-len(term) - 1 :])
    return term.startswith(asked) and _BY_IT.match(term[len(asked) :]) is not None


def terms_defined(text: str) -> Iterator[str]:
    """The terms that squeezed `text` says the meaning of."""
    for term, _ in terms_and_pointers(text):
        yield term


def terms_and_pointers(text: str) -> Iterator[tuple[str, bool]]:
    """The same; with each whether only the law is named that says it (「…法に規定する…をいう」)."""
    for pattern in (_NAMED, _SO_CALLED, _AT_THE_START, _BY_CERTIFICATE):
        for match in pattern.finditer(text):
            yield match[1].removeprefix("いわゆる"), False
    for match in _IN_BRACKETS.finditer(text):
        yield match[1], bool(_POINTS.search(match[2]))


def terms_of_law(text: str) -> Iterator[str]:
    """The terms that squeezed text of a law defines for more than one place."""
    for pattern in _OF_LAWS:
        for match in pattern.finditer(text):
            yield match[1]


def headed_term(heading: str) -> str:
    """The term of a heading 「Xとは」; "" for any other."""
    match = _HEADED.match(_NUMBER.sub("", squeezed(heading)))
    return match[1] if match else ""


def named_above(text: str, headings: Sequence[str]) -> Iterator[str]:
    """The terms that sentences of normalised `text` without a subject (「…方式をいう。」) give a meaning.

    They are named by the line before the sentence or by one of `headings`, the nearest first.
    """
    before = ""
    for line in text.split("\n"):
        for sentence in _sentences(line):
            if (match := _bare(sentence)) and (
                term := _named_by([before, *headings], match[1], squeezed(sentence))
            ):
                yield term
        if line.strip():
            before = line if "。" not in line and len(line) <= _LONGEST_HEADING else ""


def says_without_subject(sentence: str) -> bool:
    """Whether a sentence ends in 「…方式をいう。」 without saying what."""
    return _bare(normalise(sentence)) is not None


def _sentences(line: str) -> Iterator[str]:
    """Cut at every 。 that stands in no bracket."""
    begin = depth = 0
    for at, character in enumerate(line):
        depth += (character == "(") - (character == ")")
        if character == "。" and depth <= 0:
            yield line[begin : at + 1]
            begin, depth = at + 1, 0
    yield line[begin:]


def _bare(sentence: str) -> re.Match[str] | None:
    if sentence.count("(") > sentence.count(")") or _SUBJECT.search(squeezed(sentence)):
        return None
    return _BARE.search(sentence.strip())


def _named_by(headings: Sequence[str], sort: str, sentence: str) -> str:
    """The term of the nearest heading: up to the `sort` of thing that it is, else without 「の概要」."""
    for heading in headings:
        whole = _NUMBER.sub("", squeezed(heading))
        name = _TAIL.sub("", whole)
        if not name or sentence.rstrip("。").endswith(f"{name}をいう"):
            continue
        if sort in name:
            return name[: name.rindex(sort) + len(sort)]
        if name != whole:
            return name
    return ""


def endings_alone(term: str, text: str) -> Iterator[str]:
    """The term, and its ends that squeezed `text` uses as words: 取り抜け方式 of 建設工事取り抜け方式."""
    yield term
    elsewhere = text.replace(term, "")
    for start in range(1, len(term) - _SHORTEST + 1):
        ending = term[start:]
        if _BEGINS.match(ending) and stands_alone(ending, elsewhere):
            yield ending
            elsewhere = elsewhere.replace(ending, "")


def rows_defined(text: str) -> Iterator[tuple[str, str]]:
    """Terms of a table of terms (用語, 定義) in normalised `text`, squeezed, each with its line."""
    column: int | None = None
    for line in text.split("\n"):
        cells = [squeezed(cell) for cell in line.split("\t")]
        if len(cells) < 2:
            column = None
        elif any(map(_MEANINGS.match, cells)) and any(map(_TERMS.match, cells)):
            column = next(at for at, cell in enumerate(cells) if _TERMS.match(cell))
        elif column is not None and column < len(cells) and cells[column]:
            yield cells[column], line


def without_lists(heading: str, text: str) -> str:
    """Normalised text less lines of keywords; "" for a table of contents, which defines nothing."""
    lines = [line for line in text.split("\n") if line.strip()]
    led = sum(_LEADER.search(line) is not None for line in lines)
    if _CONTENTS.match(squeezed(heading)) or (led > 2 and 2 * led > len(lines)):
        return ""
    return "\n".join(line for line in lines if not _KEYWORDS.match(line))
