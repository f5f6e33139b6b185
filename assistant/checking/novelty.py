"""Words of a statement that its evidence does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.checking.vocabulary import vocabulary
from assistant.checking.words import Word, content, words
from retrieval.analysis import normalise

_SPACE = re.compile(r"\s+")
_ASCII = re.compile(r"[a-z0-9]+")
_NEEDED = re.compile(r"必要(?:です|で(?:ある|あり|す)|と(?:なり|され|なる|する)|があり)?")
_REQUIREMENT = re.compile(
    r"必要|要件|条件|資格|要する|要し|なければ|不可欠|求め|義務|次に掲げる|満た|こと(?:。|$|とする|[\s)）])"
    r"|ものとする|留意|あること|要$"
)
_SYMBOLS = "%"
_DENYING = frozenset(["非", "未", "不", "無"])
_CHANCE = 2
_KANA = re.compile(r"[ぁ-ゖー]+")


def new_words(text: str, evidence: str) -> tuple[str, ...]:
    """Content words of `text` that neither the evidence nor any report has, as written."""
    plain = _SPACE.sub("", normalise(evidence))
    normal = normalise(text)
    # Most words stand in the evidence as they are; only the rest needs its dictionary forms.
    left = [word for word in words(normal) if word.is_content and not _stands(word, plain)]
    known = content(evidence) if left else frozenset()
    found = [word.surface for word in left if not vocabulary().meets(word.lemma, known)]
    found += _denied(normal, plain)
    if _NEEDED.search(normal) and not _REQUIREMENT.search(plain):
        found.append("必要")
    return tuple(dict.fromkeys(found))


def _denied(normal: str, plain: str) -> Iterator[str]:
    """非被災地域, where the evidence has 被災地域 alone."""
    for ahead, word in pairwise(words(normal)):
        if ahead.lemma in _DENYING and ahead.kind.startswith("接頭辞"):
            written = ahead.surface + word.surface
            if written not in plain:
                yield written


def _stands(word: Word, plain: str) -> bool:
    """Whether the word is of any report, or it or another writing of it is in `plain`."""
    rules = vocabulary()
    if word.lemma in rules.generic or word.lemma == "必要":
        return True
    if _ASCII.fullmatch(word.surface):
        return re.search(rf"(?<![a-z]){word.surface}(?![a-z])", plain) is not None
    # A kana word of two letters stands by chance inside any other.
    if _KANA.fullmatch(word.surface):
        return len(word.surface) <= _CHANCE or (len(word.surface) > 3 and word.surface in plain)
    return word.surface in plain or any(
        len(other) > 1 or other in _SYMBOLS for other in rules.like(word.lemma) if other in plain
    )
