"""Whether extracted text is Japanese or English at all, from statistics of its characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from enum import Enum
from functools import lru_cache

from ingest.glyphs import RADICALS

_GARBLED_SHARE = 0.3
_SUSPECT_SHARE = 0.05
_FEWEST = 20
# What the lead bytes E3 81, E3 82 and E3 83 of UTF-8 kana become when read as CP932.
_MISREAD_KANA = "縺繧繝"
_MISREAD_SHARE = 0.04
# Letters, digits, kana and kanji make up far more than this of any page of prose or figures.
_WORDS_SHARE = 0.25
# Leaders of a table of contents, underlines of a form.
_REPEATED = re.compile(r"(.)\1{3,}")
_VOICED_MARKS = "\u3099\u309a"


class Health(Enum):
    """What the statistics say of a page."""

    GOOD = "good"
    EMPTY = "empty"
    SUSPECT = "suspect"  # some characters are lost, most can be read
    GARBLED = "garbled"


def health(text: str) -> Health:
    """Judge the text of one page. Good Japanese pages have < 2 % strange characters."""
    solid = _REPEATED.sub(r"\1", "".join(text.split()))
    if not solid:
        return Health.EMPTY
    counts = Counter(solid)
    strange = _share(counts, _is_strange)
    if strange >= _GARBLED_SHARE:
        return Health.GARBLED
    if len(solid) >= _FEWEST and (
        sum(counts[character] for character in _MISREAD_KANA) >= _MISREAD_SHARE * len(solid)
        or _share(counts, str.isalnum) < _WORDS_SHARE
    ):
        return Health.GARBLED
    return Health.SUSPECT if strange >= _SUSPECT_SHARE else Health.GOOD


def _share(counts: Counter[str], test: Callable[[str], bool]) -> float:
    return sum(number for character, number in counts.items() if test(character)) / counts.total()


@lru_cache(maxsize=20_000)
def _is_strange(character: str) -> bool:
    """Whether no Japanese or English text is written with it: other scripts, controls, rare kanji."""
    if character.isascii():
        return not character.isprintable()
    category = unicodedata.category(character)
    if category[0] in "PS" or category == "No" or character in _VOICED_MARKS:
        return False
    plain = RADICALS.get(character, unicodedata.normalize("NFKC", character))
    return not (_in_cp932(character) or _in_cp932(plain))


def _in_cp932(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return unicodedata.category(text[0]) not in ("Cc", "Co")
