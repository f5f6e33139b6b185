"""Whose rule a clause tells when a statement cites several places: 国は…とし、事業団は…とする[1][2]."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.names import abbreviates, titled
from assistant.checking.source import Source
from retrieval.analysis import normalise

_CLAUSE = re.compile(r"(?<=[、。])")
_GOVERNMENT = re.compile(
    r"国(?:等)?の?(?:基本)?方針|基本方針|(?<![\u4e00-\u9fff])国(?:等)?(?=は|も|で|の|が|と)"
)
_EACH = re.compile(
    r"いずれも|どちらも|ともに|両者|双方|両機関|共通|同じく|(?:同様|同じ)(?:で|に)|も[^。]{1,30}も(?!の)"
)


def told_of_each(text: str, sources: Sequence[Source]) -> bool:
    """Whether the text says one thing of several owners, so that each place must bear it out."""
    return len({source.owners for source in sources}) > 1 and bool(_EACH.search(normalise(text)))


def without_owners(text: str, sources: Sequence[Source]) -> str:
    """`text` with the names of whose places these are blanked."""
    plain = text
    for name in _named(text):
        if any(_is_of(name, source) for source in sources):
            plain = plain.replace(name, " " * len(name))
    return plain


def attributed(text: str, sources: Sequence[Source]) -> list[tuple[str, tuple[int, ...]]]:
    """The text cut into parts, each with the numbers of the places it is told of.

    A part begins where an owner is named whose place is cited; what comes before rests on all.
    """
    everyone = tuple(source.n for source in sources)
    parts: list[tuple[str, tuple[int, ...]]] = []
    current = everyone
    for clause in _CLAUSE.split(text):
        names = _named(clause)
        meant = tuple(source.n for source in sources if any(_is_of(name, source) for name in names))
        current = meant or current
        if parts and parts[-1][1] == current:
            parts[-1] = (parts[-1][0] + clause, current)
        else:
            parts.append((clause, current))
    return parts


def _named(text: str) -> list[str]:
    """The owners that a text names, as written."""
    normal = normalise(text)
    return [*titled(normal), *(match[0] for match in _GOVERNMENT.finditer(normal))]


def _is_of(name: str, source: Source) -> bool:
    if _GOVERNMENT.fullmatch(f"{name}は") or "基本方針" in name:
        return "国" in source.owners
    return any(
        normalise(owner).endswith(name) or abbreviates(name, owner) for owner in source.owners
    )
