"""How alike two wordings are, whatever their spacing and width."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=1_024)
def bigrams(text: str) -> frozenset[str]:
    """Character pairs of the letters, kanji and kana of `text`."""
    plain = _NO_LETTER.sub("", unicodedata.normalize("NFKC", text))
    return frozenset(map("".join, pairwise(plain)))


def containment(part: str, whole: str) -> float:
    """Share of the character pairs of `part` that `whole` has too, 0 to 1."""
    pairs = bigrams(part)
    return len(pairs & bigrams(whole)) / len(pairs) if pairs else 0.0


def likeness(first: str, second: str) -> float:
    """Dice coefficient of the character pairs, 0 to 1."""
    one, other = bigrams(first), bigrams(second)
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
