"""Numbers and dates of two texts, and which of them differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.comparison.results import Difference, Matter
from assistant.comparison.wording import essence, narrow

_ERA = r"(?:令和|平成|昭和|大正|明治)(?:元|\d+)年"
_DATE = re.compile(
    rf"{_ERA}度|{_ERA}(?:\d+月(?:\d+日)?)?|(?:19|20)\d\d年度?(?:\d+月(?:\d+日)?)?|\d+月\d+日"
)
_UNIT = (
    r"(?:%|パーセント|割|円|者|社|件|人|名|箇所|か所|回|倍|分の\d+|以上|以下|未満|"
    r"(?:か|箇|ヶ)月|週間?|日間?|年間?|時間|等級|つ)"
)
_AMOUNT = r"\d[\d,.]*(?:[兆億万千百]+\d*[\d,.]*)*"
_NUMBER = re.compile(rf"{_AMOUNT}{_UNIT}+|{_AMOUNT}")
# Numbers that name a law, its articles or its passing are citations; numbers in ranks are labels.
_CITED = re.compile(
    r"第\d+(?:条|項|号|章|節|回|期|次)(?:の\d+)*|(?:法律|政令|省令|告示|規則|訓令)第\d+号"
    rf"|\({_ERA}(?:法律|政令|省令|条例|規則)第\d+号[^()]*\)|{_ERA}[^、。()年]*告示第\d+号|[①-⑳]|\(\d+\)"
)


def dates(text: str) -> tuple[str, ...]:
    """Years, fiscal years and dates as written, half-width, but those that name a law."""
    return tuple(match[0] for match in _DATE.finditer(_CITED.sub("", narrow(text))))


def numbers(text: str) -> tuple[str, ...]:
    """Numbers with their units, half-width; not dates, clause numbers or articles of laws."""
    plain = _CITED.sub("、", essence(_CITED.sub("、", narrow(text))))
    return tuple(match[0].rstrip(",.") for match in _NUMBER.finditer(_DATE.sub("、", plain)))


def figure_differences(a: str, b: str) -> tuple[Difference, ...]:
    """What the two texts state in other numbers and dates, in order; None where one has none."""
    return (
        *_differences(Matter.DATE, dates(a), dates(b)),
        *_differences(Matter.NUMBER, numbers(a), numbers(b)),
    )


def _differences(matter: Matter, a: tuple[str, ...], b: tuple[str, ...]) -> tuple[Difference, ...]:
    found: list[Difference] = []
    for edit, a_from, a_to, b_from, b_to in SequenceMatcher(
        None, a, b, autojunk=False
    ).get_opcodes():
        if edit == "equal":
            continue
        mine, theirs = a[a_from:a_to], b[b_from:b_to]
        for at in range(max(len(mine), len(theirs))):
            found.append(
                Difference(
                    matter,
                    mine[at] if at < len(mine) else None,
                    theirs[at] if at < len(theirs) else None,
                )
            )
    return tuple(dict.fromkeys(found))
