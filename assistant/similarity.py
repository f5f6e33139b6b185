"""How alike two wordings are, whatever their spacing and width."""

from __future__ import annotations

import unicodedata


def bigrams(text: str) -> frozenset[str]:
    """Character pairs of the letters, kanji and kana of `text`."""
    plain = "".join(
        character for character in unicodedata.normalize("NFKC", text) if character.isalnum()
    )
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def containment(part: str, whole: str) -> float:
    """Share of the character pairs of `part` that `whole` has too, 0 to 1."""
    pairs = bigrams(part)
    return len(pairs & bigrams(whole)) / len(pairs) if pairs else 0.0


def likeness(first: str, second: str) -> float:
    """Dice coefficient of the character pairs, 0 to 1."""
    one, other = bigrams(first), bigrams(second)
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
