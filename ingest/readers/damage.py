"""Whether extracted text is Japanese or English at all, from statistics of its characters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from enum import Enum

from ingest.glyphs import fold

_GARBLED_SHARE = 0.3
_SUSPECT_SHARE = 0.05
_FEWEST = 20
# What the lead bytes E3 81, E3 82 and E3 83 of UTF-8 kana become when read as CP932.
_MISREAD_KANA = frozenset("縺繧繝")
_MISREAD_SHARE = 0.04
# Letters, digits, kana and kanji make up far more than this of any page of prose or figures.
_WORDS_SHARE = 0.25


class Health(Enum):
    """What the statistics say of a page."""

    GOOD = "good"
    EMPTY = "empty"
    SUSPECT = "suspect"  # some characters are lost, most can be read
    GARBLED = "garbled"


def health(text: str) -> Health:
    """Judge one page; fewer than 20 characters are too few to call them garbled by statistics."""
    counts = Counter(character for character in text if not character.isspace())
    total = counts.total()
    if not total:
        return Health.EMPTY
    strange = strange_share(counts)
    if total < _FEWEST:
        return Health.GARBLED if strange > 0.5 else Health.GOOD
    words = sum(number for character, number in counts.items() if character.isalnum()) / total
    misread = sum(counts[character] for character in _MISREAD_KANA) / total
    if strange >= _GARBLED_SHARE or misread >= _MISREAD_SHARE or words < _WORDS_SHARE:
        return Health.GARBLED
    return Health.SUSPECT if strange >= _SUSPECT_SHARE else Health.GOOD


def strange_share(counts: Counter[str]) -> float:
    """Share of characters (0 to 1) that no Japanese or English text is written with."""
    strange = sum(number for character, number in counts.items() if _is_strange(character))
    return strange / max(counts.total(), 1)


def _is_strange(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    category = unicodedata.category(character)
    if category[0] in "PSM" or category == "No":
        return False
    if category in ("Co", "Cn", "Cc"):
        return True
    for form in (character, unicodedata.normalize("NFKC", fold(character))):
        try:
            form.encode("cp932")
        except UnicodeEncodeError:
            continue
        return False
    return not ("LATIN" in unicodedata.name(character, ""))
