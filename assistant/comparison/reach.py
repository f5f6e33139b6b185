"""How much matter one text has that another lacks: what a rule's reach is read from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.comparison.wording import essence, narrow

# Dates, law numbers, definitions and names of sections say nothing on what a rule covers.
_ASIDE = re.compile(
    r"\((?:[^()]*(?:法律|政令|省令|告示|閣議決定|本部決定|会議決定|策定)[^()]*"
    r"|以下[^()]*という。?|以下同じ。?|[^()]*をいう。(?:以下同じ。)?)\)"
)
_SECTION = re.compile(r"[一-龥]{2,}(?:課|室|係)")
_MATTER = re.compile(r"[^ぁ-んa-zA-Z0-9\W_]{2}")


def matter(text: str) -> frozenset[str]:
    """Character pairs of the kanji and katakana that name things."""
    plain = _SECTION.sub("、", _ASIDE.sub("", narrow(essence(text))))
    return frozenset(
        pair for at in range(len(plain) - 1) if _MATTER.fullmatch(pair := plain[at : at + 2])
    )


def lacking(text: str, others: Iterable[str]) -> int:
    """How many pairs of `text`'s matter stand in none of the others."""
    return len(matter(text).difference(*map(matter, others)))
