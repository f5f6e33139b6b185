"""Chains of clause labels as texts cite them (第2の1(3)①): their grammar and their arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNIT = r"(?![0-9]|[条項号章編節款回次期版種者年月日週時分点円人社件級割倍%階目個つ番世名本度機工層台校]|億|[百千万](?:円|人)|四半期|か(?:所|月|年|国)|排水|上屋|ヶ)"
NUMBER = r"[0-9]{1,2}(?:\.[0-9]{1,2})*"
INNER = r"(?:\([0-9]{1,2}\)|[①-⑳]|\([ア-ン]\)|(?<![ァ-ヴー])[ア-ン](?![ァ-ヴー]))"
_TOP_LABEL = rf"第[0-9]{{1,2}}{_UNIT}"
TOP_CHAIN = rf"{_TOP_LABEL}(?:[-の・]?(?:{NUMBER}{_UNIT}(?:の(?=\())?|{INNER}))*"
"""A place from the root on: 第2の1(3)①, in folded text."""
CLAUSES = rf"(?:{TOP_CHAIN}(?:(?:、|及び|並びに|又は|若しくは){TOP_CHAIN})*)"
"""One such place or several: 第2の1(2)及び第3."""
KANJI = r"[一二三四五六七八九十]{1,3}(?=の[0-9(])"
CHAIN = rf"(?:{TOP_CHAIN}|{KANJI}(?:の?(?:{NUMBER}{_UNIT}|{INNER}))+|{NUMBER}{_UNIT}(?:(?:の|\.(?=\())?{INNER})*|{INNER}(?:の?{INNER})*)"
JOINT = r"(?:、(?:及び|又は)?|,|及び|並びに|又は|若しくは|と|から|~|-|・)"
_LABEL = re.compile(rf"{KANJI}|第[0-9]{{1,2}}|{INNER}|{NUMBER}|[ア-ン]")
CIRCLED = "".join(map(chr, range(0x2460, 0x2474)))
_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_RANKS = {"第": 1, "1": 2, "()": 3, "①": 4, "ア": 4, "(ア)": 5}


def side_by_side(labels: tuple[str, ...]) -> list[tuple[str, ...]]:
    """(1)(2) are two places, 1(2) is one."""
    chains: list[tuple[str, ...]] = [()]
    for label in labels:
        last = chains[-1]
        if last and _style(last[-1]) == _style(label):
            chains.append((*last[:-1], label))
        else:
            chains[-1] = (*last, label)
    return chains


def chain_labels(chain: str) -> tuple[str, ...]:
    """第2の1(3)① as 第2, 1, (3), ①."""
    return tuple(match[0] for match in _LABEL.finditer(chain))


def in_line(last: Sequence[str], labels: tuple[str, ...]) -> tuple[str, ...]:
    """③ after 2(2)① is 2(2)③; 第3 stands for itself."""
    if labels[0].startswith("第"):
        return labels
    for depth in range(len(last) - 1, -1, -1):
        if _style(last[depth]) == _style(labels[0]):
            return (*last[:depth], *labels)
    return labels


def stands_below(label: str, chain: Sequence[str]) -> bool:
    """Whether a label is of a lower rank than all of a chain: 第2, 1, (1), ①."""
    ranks = [_RANKS.get(_style(part), 0) for part in (*chain, label)]
    return len(set(ranks)) == len(ranks) and ranks == sorted(ranks) and ranks[0] == 1


def _style(label: str) -> str:
    if label.startswith("第"):
        return "第"
    if label[0] == "(":
        return "()" if label[1].isdecimal() else "(ア)"
    if label[0] in CIRCLED:
        return "①"
    return "1" if label[0].isdecimal() else "ア"


def between(first: Sequence[str], last: Sequence[str]) -> list[tuple[str, ...]]:
    """The labels between (1) and (4): (2), (3)."""
    if len(first) != len(last) or _style(first[-1]) != _style(last[-1]):
        return []
    low, high = _value(first[-1]), _value(last[-1])
    if low is None or high is None or high - low > 50:
        return []
    return [(*first[:-1], _label(_style(first[-1]), number)) for number in range(low + 1, high)]


def _value(label: str) -> int | None:
    core = label.strip("第()")
    if core.isdecimal() and core.isascii():
        return int(core)
    if core in CIRCLED:
        return CIRCLED.index(core) + 1
    return _KANA.index(core) + 1 if core in _KANA else None


def _label(style: str, number: int) -> str:
    if style == "①":
        return CIRCLED[number - 1]
    if style in ("ア", "(ア)"):
        return f"({_KANA[number - 1]})" if style == "(ア)" else _KANA[number - 1]
    return {"第": f"第{number}", "()": f"({number})", "1": str(number)}[style]
