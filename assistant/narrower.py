"""Whether a text speaks of a narrower thing than the question: of 新規中小企業者, asked for 中小企業."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.analysis import normalise

# 中小企業 of 中小企業向け: before other kana than particles the last sign belongs to a verb.
_WORD = re.compile(
    r"[\u4e00-\u9fff々]{2,}(?=[のはがをにでともへや]|[^\u3041-\u3096\u4e00-\u9fff々]|$)"
    r"|[\u4e00-\u9fff々]{2,}(?=[\u4e00-\u9fff々][\u3041-\u3096])"
)

_YEAR = re.compile(r"(?:(?:令和|平成|昭和)\s*(?:元|\d{1,2})|\d{4})\s*年度?")
"""Of 令和5年度 the 年度 is no word that 前年度 narrows."""
_PART = re.compile(r"(?:こ|そ)のうち、?([\u4e00-\u9fffァ-ヴー]{2})")
"""How a sentence begins that speaks of a part of what the one before does; its first signs."""


def speaks_of_less(question: str, text: str) -> bool:
    """Whether a word of `question` stands in `text` only behind another that narrows it.

    What narrows is not in the question; nor is the part of which `text` says that it speaks (このうち).
    """
    asked, told = _YEAR.sub("", normalise(question)), normalise(text)
    part = _PART.match(told)
    return (part is not None and part[1] not in asked) or any(
        _is_narrowed(word, asked, told) for word in set(_WORD.findall(asked))
    )


def _is_narrowed(word: str, asked: str, told: str) -> bool:
    before = list(_qualifiers(word, told))
    return bool(before) and all(qualifier and qualifier not in asked for qualifier in before)


def _qualifiers(word: str, text: str) -> Iterable[str]:
    """The kanji right before each `word` in `text`, "" where it stands alone."""
    for match in re.finditer(rf"([\u4e00-\u9fff々]*?){re.escape(word)}", text):
        yield match[1]
