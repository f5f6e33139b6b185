"""What the encoder learns from: pairs of texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<=[。！？])|\n\s*\n")
_SENTENCE_LENGTH = range(12, 160)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together: what is asked and what should be found.

    Pairs of the same `group`, unless it is empty, may answer each other: none is a wrong answer.
    """

    query: str
    passage: str
    group: str = ""


def sentences(text: str) -> list[str]:
    """Sentences of ordinary length without white space."""
    parts = (re.sub(r"\s+", "", part) for part in _SENTENCE_END.split(text))
    return [part for part in parts if len(part) in _SENTENCE_LENGTH]
