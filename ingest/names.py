"""Where a long name begins: names of laws and documents run over 、 and 及び."""

from __future__ import annotations

import re

_LONGEST = 90
_HARD = "。「」『』【】\n;;<>○●◯◎※■□◆:|\t"
_CONJUNCTION = re.compile(
    r"(?:また|なお|さらに|更に|特に|あわせて|併せて|加えて|その他|その際|ただし|一方|例えば|このため|そのため|もって|かつ|以下|さらには)$"
)
_BREAK = re.compile(
    r"(?:が定める|効力を有する|(?<!又)は|(?<!我)が|から(?!の)|まで|より|も|や|へ|された|された|した|している|している|する場合|において|における(?!.*に関する)|に当たって"
    r"|に基づ(?:き|く|いて)|により|に即し(?:て)?|を踏まえ(?:て|た)?|に規定する|に定める|に掲げる|に係る各種|いわゆる|として|とし、"
    r"|第[0-9]+[条項号](?:の[0-9]+)*(?:ただし書き?)?(?:及び|並びに|又は|若しくは)|として定めた|に準じ(?:て)?|に従い|に従って|(?:法|法律|令|規則|指針|方針|計画|要綱|要領|基準|条例|規程|ガイドライン|事項|\)|[①-⑳])(?:及び|並びに|又は|若しくは|や|と))"
)
_OBJECT = re.compile(
    r"を(?!総合的|理由とする|識別する|図る|促進する|推進する|改正する|確保する|目的とする|害すべき|支援する|行う|営む|受ける|結ぶ|除く|活用した|有する|防止する)"
)
_LIST_TAIL = re.compile(r"[^、]*(?:及び|並びに|又は)")


def name_start(text: str, end: int, *, amending: bool = False, lists: bool = False) -> int:
    """The offset where the name that goes on to `end` begins.

    Scans back to a sign or particle that no name holds. A 、 belongs to the name when a noun with
    の stands before it and 及び follows (コンテンツの創造、保護及び活用…), with `lists` any noun. With
    `amending` the name may hold other laws' names (…法及び…法律の一部を改正する法律).
    """
    low = max(0, end - _LONGEST)
    start = _phrase(text, low, end, lists)
    if not amending:
        for match in _OBJECT.finditer(text, start, end):
            start = match.end()
        for match in _BREAK.finditer(text, start, end):
            if match.end() < end:
                start = max(start, match.end())
    return _skip_bullets(text, start, end)


def phrase_start(text: str, end: int) -> int:
    """Where the noun phrase with all its attributes begins: back to 、 or a hard sign."""
    return _skip_bullets(text, _phrase(text, max(0, end - 2 * _LONGEST), end, lists=True), end)


def _phrase(text: str, low: int, end: int, lists: bool) -> int:
    closed: list[int] = []
    for position in range(end - 1, low - 1, -1):
        sign = text[position]
        if sign == ")":
            closed.append(position)
        elif sign == "(" and closed:
            closed.pop()
        elif (
            sign in "(\n"
            or (not closed and sign in _HARD)
            or (
                not closed and sign == "、" and not _is_inner_comma(text, position, end, low, lists)
            )
        ):
            return closed[0] + 1 if closed else position + 1
    return closed[0] + 1 if closed else low


def _is_inner_comma(text: str, position: int, end: int, low: int, lists: bool) -> bool:
    if not _LIST_TAIL.match(text, position + 1, end):
        return False
    before = re.search(r"[^、。「」()\n]*$", text[low:position])
    words = before[0] if before else ""
    if not words or _CONJUNCTION.search(words) or re.search(r"[ぁ-ん]$", words):
        return False
    return lists or "の" in words or len(words) <= 6


def _skip_bullets(text: str, start: int, end: int) -> int:
    while start < end and text[start] in "・-*()、,.)":
        start += 1
    return start
