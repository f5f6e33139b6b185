"""Addresses in laws and rules as people write them: 官公需法第5条第3項, 会計法29条の3, 第二条第一項第二号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.numbers import NUMBER, read_number
from kb.series import HALF_WIDTH, Labels, end_of_range, following, series, up_to
from kb.spans import Span

_BRANCHES = rf"(?:の{NUMBER}(?![0-9０-９項号つ点人社者]))*"
_SIGN = r"(?:[～〜~\-・、,]|から|と|及び)"
_ONE = rf"第? ?{NUMBER}"
_SEVERAL = rf"{_ONE}(?: ?{_SIGN} ?{_ONE})*"
"""第2～7 of 第2～7号."""
_ARTICLE = re.compile(
    # 条件, 条例 and 条約 are other words; 5条項 counts clauses.
    rf"(?P<article>{_SEVERAL} ?条(?![件例約項]){_BRANCHES})"
    rf"(?:の? ?(?P<paragraph>{_SEVERAL} ?項))?"
    rf"(?:の? ?(?P<item>{_SEVERAL} ?号(?![機車室館]){_BRANCHES}))?"
)
_BELOW = re.compile(
    rf"の? ?(?:(?P<paragraph>第 ?{NUMBER} ?項)|(?P<item>第 ?{NUMBER} ?号(?![機車室館]){_BRANCHES}))"
)
_NUMBER = re.compile(NUMBER)
_UNIT = re.compile(r"[条項号]")
_NUMBER_OR_RANGE = re.compile(rf"({NUMBER})|[～〜~\-]|から")


@dataclass(frozen=True, slots=True)
class ArticleMention:
    """An article, paragraph or item: its labels as in ids (第5条, 第3項) and where it stands.

    `marked` says that it begins with 第, so that it is an address even where no law is named. One of
    several `listed` together (第3条から第5条まで) has the span of them all.
    """

    labels: Labels
    span: Span
    marked: bool
    listed: bool = False


def article_mentions(text: str) -> Iterator[ArticleMention]:
    """Every article in `text`, in its order."""
    plain = text.translate(HALF_WIDTH)
    runs: list[tuple[list[Labels], int, int]] = []
    for match in _ARTICLE.finditer(plain):
        if runs and match.start() < runs[-1][2]:
            continue
        *before, first = _all(part for part in match.groups() if part)
        rest, end = series(plain, first, match.end(), _descend)
        if runs and not before:
            labels, start, stop = runs[-1]
            if between := up_to(plain, labels[-1], stop, first, match.start()):
                runs[-1] = ([*labels, *between, *rest[1:]], start, end_of_range(plain, end))
                continue
        runs.append(([*before, *rest], match.start(), end))
    for listed, start, end in runs:
        span, marked = Span(start, end), plain.startswith("第", start)
        for every in listed:
            yield ArticleMention(every, span, marked, len(listed) > 1)


def _all(parts: Iterator[str]) -> list[Labels]:
    """第99条, 第2～7号 as six addresses; what stands below several numbers is the last one's."""
    found: list[Labels] = [()]
    for part in parts:
        above = found.pop()
        found += [(*above, label) for label in _listed(part)]
    return found


def _listed(written: str) -> list[str]:
    """2～4条 as 第2条, 第3条, 第4条; 29条の三 as 第29条の3."""
    unit = _UNIT.search(written)
    assert unit is not None
    labels: list[str] = []
    is_range = False
    for match in _NUMBER_OR_RANGE.finditer(written, 0, unit.start()):
        if match[1] is None:
            is_range = True
            continue
        label = f"第{read_number(match[1])}{unit[0]}"
        labels += (following(labels[-1], label) if is_range else []) or [label]
        is_range = False
    branches = _NUMBER.findall(written, unit.end())
    labels[-1] += "".join(f"の{read_number(branch)}" for branch in branches)
    return labels


def _descend(text: str, labels: Labels, end: int) -> tuple[Labels, int]:
    """The labels with the paragraph and item that `text` has below them from `end` on."""
    while match := _BELOW.match(text, end):
        (label,) = _listed(match["paragraph"] or match["item"])
        if _UNIT.findall(label)[0] in "".join(labels):
            break
        labels, end = (*labels, label), match.end()
    return labels, end
