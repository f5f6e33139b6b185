"""Numbers as laws write them: 百六十七, １６７, 167, 二〇."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}

NUMBER = r"(?:[0-9０-９]{1,5}|[〇一二三四五六七八九十百千]{1,9})"
"""One number, Arabic (half or full width) or kanji; no white space inside."""

_BRANCHED = re.compile(rf"{NUMBER}(?:\s*の\s*{NUMBER})*")


def read_number(text: str) -> int:
    """百六十七, １６７ and 一六七 are 167. Raises ValueError for anything but a number."""
    plain = unicodedata.normalize("NFKC", text)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if not plain or any(sign not in _DIGITS and sign not in _UNITS for sign in plain):
        raise ValueError(f"not a number: {text}")
    if not any(sign in _UNITS for sign in plain):
        return int("".join(str(_DIGITS[sign]) for sign in plain))
    total, digit = 0, 0
    for sign in plain:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def read_branched(text: str) -> tuple[int, ...]:
    """百六十七の二 is (167, 2). Raises ValueError for anything else."""
    if not _BRANCHED.fullmatch(text.strip()):
        raise ValueError(f"not a number with branches: {text}")
    return tuple(read_number(part.strip()) for part in text.strip().split("の"))


def branched_name(numbers: tuple[int, ...], unit: str = "") -> str:
    """(167, 2) with 条 is 167条の2."""
    first, *branches = numbers
    return f"{first}{unit}" + "".join(f"の{branch}" for branch in branches)
