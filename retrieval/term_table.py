"""Terms and their numbers on disk, looked up without reading the table into memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

_TERMS = "terms.npy"
_ENDS = "ends.npy"
_NUMBERS = "numbers.npy"


class TermTable:
    """Term of rank r, in the order of UTF-8 bytes, ends at `ends[r]` and has `numbers[r]`.

    `terms` holds the bytes of all terms one after another. Opening a table takes no time however
    many terms it has, which a dictionary does not offer to a command that asks once.
    """

    def __init__(
        self,
        terms: npt.NDArray[np.uint8],
        ends: npt.NDArray[np.int64],
        numbers: npt.NDArray[np.int32],
    ) -> None:
        self._terms = terms
        self._ends = ends
        self._numbers = numbers

    @classmethod
    def of(cls, numbers: Mapping[str, int]) -> TermTable:
        """Make a table of terms and their numbers."""
        ranked = sorted((term.encode(), number) for term, number in numbers.items())
        return cls(
            np.frombuffer(b"".join(term for term, _ in ranked), dtype=np.uint8),
            np.cumsum([len(term) for term, _ in ranked], dtype=np.int64),
            np.array([number for _, number in ranked], dtype=np.int32),
        )

    def get(self, term: str) -> int | None:
        """The term's number; None for a term that is not in the table."""
        wanted = term.encode()
        low, high = 0, len(self._ends)
        while low < high:
            middle = (low + high) // 2
            begin = int(self._ends[middle - 1]) if middle else 0
            found = self._terms[begin : self._ends[middle]].tobytes()
            if found == wanted:
                return int(self._numbers[middle])
            if found < wanted:
                low = middle + 1
            else:
                high = middle
        return None

    def __contains__(self, term: str) -> bool:
        return self.get(term) is not None

    def save(self, folder: Path) -> None:
        """Write the table into an existing folder."""
        np.save(folder / _TERMS, self._terms)
        np.save(folder / _ENDS, self._ends)
        np.save(folder / _NUMBERS, self._numbers)

    @classmethod
    def load(cls, folder: Path) -> TermTable:
        """Open what `save` wrote, memory-mapped. Raises OSError or ValueError."""
        # As plain arrays: slicing a memmap costs more than the comparison it is for.
        return cls(
            *(
                np.asarray(np.load(folder / name, mmap_mode="r"))
                for name in (_TERMS, _ENDS, _NUMBERS)
            )
        )
