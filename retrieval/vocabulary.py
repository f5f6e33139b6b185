"""The static encoder's vocabulary: analyser terms to row numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Vocabulary:
    """Numbers terms from 0; a term it does not hold is spelt with shorter ones it holds."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = tuple(terms)
        self._numbers = {term: number for number, term in enumerate(self.terms)}

    def __len__(self) -> int:
        return len(self.terms)

    def numbers(self, terms: Iterable[str]) -> list[int]:
        """Row numbers of `terms`; unknown terms give those of their pieces, or nothing."""
        known = self._numbers
        found: list[int] = []
        for term in terms:
            number = known.get(term)
            if number is None:
                found.extend(self._pieces(term))
            else:
                found.append(number)
        return found

    def _pieces(self, term: str) -> list[int]:
        """Longest known prefixes, at least two characters each, from left to right."""
        found: list[int] = []
        start = 0
        while start < len(term) - 1:
            for end in range(len(term), start + 1, -1):
                number = self._numbers.get(term[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                start += 1
        return found
