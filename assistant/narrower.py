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


def speaks_of_less(question: str, text: str) -> bool:
    """Whether a word of `question` stands in `text` only behind another that narrows it.

    What narrows is not in the question.
    """
    asked, told = normalise(question), normalise(text)
    return any(_is_narrowed(word, asked, told) for word in set(_WORD.findall(asked)))


def _is_narrowed(word: str, asked: str, told: str) -> bool:
    before = list(_qualifiers(word, told))
    return bool(before) and all(qualifier and qualifier not in asked for qualifier in before)


def _qualifiers(word: str, text: str) -> Iterable[str]:
    """The kanji right before each `word` in `text`, "" where it stands alone."""
    for match in re.finditer(rf"([\u4e00-\u9fff々]*?){re.escape(word)}", text):
        yield match[1]
