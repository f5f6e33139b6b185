"""Lists and ranges behind an address: 第2-2(3)①～③, (1)・(2), 事例6から8まで, 第3条及び第5条."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kb.kanji_numbers import KANJI_NUMBER, kanji_to_int
from kb.numbers import NUMBER, read_number

Labels = tuple[str, ...]
Descend = Callable[[str, Labels, int], tuple[Labels, int]]
"""Reads on below some labels from an offset: the longer labels and where they end."""

MOST = 200
"""Labels that one range gives; no document numbers so many siblings, who writes so errs."""

# One character for one, so that offsets hold; NFKC would turn ① into 1.
HALF_WIDTH = str.maketrans("０１２３４５６７８９（）－‐–—−ー　", "0123456789()------ ")
_RANGE = re.compile(r" ?(?:[～〜~\-]|から) ?")
_AND = r"(?:[、,，・/&＆]|及び|並びに|および|ならびに|又は|または|若しくは|もしくは|と|や)"
_LIST = re.compile(rf"(?: ?{_AND}){{1,2}} ?")
_NOTHING = re.compile(" ?")
_UP_TO = re.compile(r" ?まで")
_NUMBERED = re.compile(r"(.*?)(\d+)(\D*)")
_KANA = ("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
         "イロハニホヘトチリヌルヲワカヨタレソツネナラム")  # fmt: skip
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"
# 5年, 3つ, 2か月 and 10.5 are quantities; 3及び5 and 3番 are numbers of places.
_ENDS = r"(?!\d|[.,]\d|[%％A-Za-zつヶカケヵ]|か[月年所国]|(?![及並又若番])[\u4e00-\u9fff])"
_BRACKETED = ("(", "(ア", "①", "ア")
_UNITS = ("項", "号")
"""Units that follow one another without what stands above; whoever means another 条 says so anew."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """What labels that follow one another have in common: ("(", ")") of (3), ("第", "条") of 第5条."""

    before: str
    after: str


def series(text: str, labels: Labels, end: int, descend: Descend) -> tuple[list[Labels], int]:
    """`labels`, which end at `end` of the half-width `text`, with what is listed behind them.

    A label of the sort of the last one is its sibling; one of the sort of a bracket or a unit above
    goes on from there (③、(4)①). The offset returned is the end of the whole.
    """
    found = [labels]
    while step := _next(text, found[-1], end):
        siblings, end = step
        *between, last = siblings
        last, end = descend(text, last, end)
        found += [*between, last]
    return found, end


def up_to(text: str, first: Labels, end: int, last: Labels, start: int) -> list[Labels] | None:
    """The labels after `first` to `last`, which begin at `start`, where `text` makes a range of them."""
    if first[:-1] != last[:-1] or not _RANGE.fullmatch(text, end, start):
        return None
    between = following(first[-1], last[-1])
    return [(*first[:-1], label) for label in between] if between else None


def end_of_range(text: str, end: int) -> int:
    """`end`, or the end of the まで that follows it."""
    match = _UP_TO.match(text, end)
    return match.end() if match else end


def following(first: str, last: str) -> list[str]:
    """The labels after `first` to `last`: ①, ③ gives ②, ③; [] where none leads to the other."""
    before, after = _sort(first), _sort(last)
    if before != after or before is None:
        return []
    if before.before in ("ア", "(ア"):
        return _kana_between(before, first, last)
    start, stop = _number(before, first), _number(before, last)
    return [_label(before, number) for number in range(start + 1, min(stop, start + MOST) + 1)]


def same_sort(label: str, other: str) -> bool:
    """Whether two labels can be siblings: (1) and (4), not (1) and ①."""
    return _sort(label) is not None and _sort(label) == _sort(other)


def is_bracketed(label: str) -> bool:
    """Whether a label is told by its form alone: ③, (3), ア."""
    sort = _sort(label)
    return sort is not None and sort.before in _BRACKETED


def _next(text: str, labels: Labels, end: int) -> tuple[list[Labels], int] | None:
    """What the next sign adds to a series, and where that ends; None at its end."""
    for sign in (_RANGE, _LIST, _NOTHING):
        joint = sign.match(text, end)
        if joint is None:
            continue
        for depth, found, after in _siblings(text, labels, joint.end(), bare=sign is _NOTHING):
            above, label = labels[:depth], labels[depth]
            if sign is not _RANGE:
                return [(*above, found)], end_of_range(text, after)
            if depth == len(labels) - 1 and (between := following(label, found)):
                return [(*above, item) for item in between], end_of_range(text, after)
    return None


def _siblings(text: str, labels: Labels, at: int, bare: bool) -> Iterator[tuple[int, str, int]]:
    """Labels at `at` that may follow one of `labels`: the depth of that, the label, its end."""
    last = len(labels) - 1
    for depth in range(last, -1, -1):
        sort = _sort(labels[depth])
        by_form = sort is not None and sort.before in _BRACKETED
        if sort is None or sort.after == "条":
            continue
        if not by_form and (bare or (depth < last and sort.after not in _UNITS)):
            continue
        if match := _pattern(sort).match(text, at):
            yield depth, _written(sort, match[1]), match.end()


@cache
def _pattern(sort: _Sort) -> re.Pattern[str]:
    """How a sibling is written behind another: 8 behind 事例6, 第7号 behind 第2号."""
    number = rf"(\d{{1,3}}|{KANJI_NUMBER}){_ENDS}"
    if sort.before == "①":
        return re.compile(f"([{_CIRCLED}])")
    if sort.before == "ア":
        return re.compile(r"(?<![ァ-ヴー])([ア-ン])(?![ァ-ヴー])")
    if sort.before == "(ア":
        return re.compile(r"\( ?([ア-ン]) ?\)")
    if sort.before == "(":
        return re.compile(rf"\( ?(\d{{1,2}}|{KANJI_NUMBER}) ?\)")
    if sort.after in _UNITS:
        return re.compile(rf"第? ?({NUMBER}) ?{sort.after}(?![件例約項車室館機])")
    if sort.before in ("事例", "区分"):
        return re.compile(rf"([{_CIRCLED}]|(?:\d{{1,3}}|{KANJI_NUMBER}){_ENDS})")
    return re.compile(number)


def _written(sort: _Sort, found: str) -> str:
    if sort.before in ("①", "ア"):
        return found
    if sort.before == "(ア":
        return f"({found})"
    return _label(sort, _value(found))


def _value(written: str) -> int:
    if len(written) == 1 and unicodedata.category(written) == "No":
        return int(unicodedata.numeric(written))
    try:
        return kanji_to_int(written)
    except ValueError:
        return read_number(written)


def _sort(label: str) -> _Sort | None:
    if label in _CIRCLED:
        return _Sort("①", "")
    if label in _KANA[0]:
        return _Sort("ア", "")
    if label.startswith("(") and label.strip("()") in _KANA[0]:
        return _Sort("(ア", ")")
    match = _NUMBERED.fullmatch(label)
    return _Sort(match[1], match[3]) if match else None


def _number(sort: _Sort, label: str) -> int:
    if sort.before == "①":
        return _CIRCLED.index(label) + 1
    return int(label[len(sort.before) : len(label) - len(sort.after)])


def _label(sort: _Sort, number: int) -> str:
    if sort.before == "①":
        return _CIRCLED[number - 1]
    return f"{sort.before}{number}{sort.after}"


def _kana_between(sort: _Sort, first: str, last: str) -> list[str]:
    """In the order of アイウ or イロハ, whichever leads sooner from one to the other."""
    one, other = first.strip("()"), last.strip("()")
    ways: Sequence[str] = [
        order[order.index(one) + 1 : order.index(other) + 1]
        for order in _KANA
        if one in order and other in order
    ]
    shortest = min(filter(None, ways), key=len, default="")
    return [f"({kana})" if sort.after else kana for kana in shortest]
