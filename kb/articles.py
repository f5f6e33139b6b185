"""Addresses in laws and rules as people write them: 官公需法第5条第3項, 会計法29条の3, 第二条第一項第二号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.numbers import NUMBER, read_number
from kb.spans import Span

_BRANCHES = rf"(?:の{NUMBER}(?![0-9０-９項号つ点人社者]))*"
_ARTICLE = re.compile(
    # 条件, 条例 and 条約 are other words; 5条項 counts clauses.
    rf"(?P<article>第? ?{NUMBER} ?条(?![件例約項]){_BRANCHES})"
    rf"(?:の? ?(?P<paragraph>第? ?{NUMBER} ?項))?"
    rf"(?:の? ?(?P<item>第? ?{NUMBER} ?号(?![機車室館]){_BRANCHES}))?"
)
_NUMBER = re.compile(NUMBER)
_UNIT = re.compile(r"[条項号]")


@dataclass(frozen=True, slots=True)
class ArticleMention:
    """An article, paragraph or item: its labels as in ids (第5条, 第3項) and where it stands.

    `marked` says that it begins with 第, so that it is an address even where no law is named.
    """

    labels: tuple[str, ...]
    span: Span
    marked: bool


def article_mentions(text: str) -> Iterator[ArticleMention]:
    """Every article in `text`, in its order."""
    for match in _ARTICLE.finditer(text):
        labels = tuple(_label(part) for part in match.groups() if part)
        yield ArticleMention(labels, Span(*match.span()), match[0].startswith("第"))


def _label(written: str) -> str:
    """29条の三 as 第29条の3."""
    first, *branches = (read_number(number) for number in _NUMBER.findall(written))
    unit = _UNIT.search(written)
    assert unit is not None
    return f"第{first}{unit[0]}" + "".join(f"の{branch}" for branch in branches)
