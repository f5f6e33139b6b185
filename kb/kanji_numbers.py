"""Whole numbers below 100 in kanji: 二十一, 一四 (as digits), 元."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}

KANJI_NUMBER = (
    r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九][〇一二三四五六七八九]?)"
)
"""Pattern of a number from 1 to 99."""


def kanji_to_int(text: str) -> int:
    """The value of what KANJI_NUMBER matches. Raises ValueError for anything else."""
    tens, ten, ones = text.rpartition("十")
    if not text or any(character not in _DIGITS for character in tens + ones) or len(tens) > 1:
        raise ValueError(f"not a number below 100: {text}")
    if not ten:
        return int("".join(str(_DIGITS[character]) for character in ones))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
