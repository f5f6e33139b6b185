"""Character spans in a document's extracted text, and the way back to them from repaired text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of 0-based character offsets."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where each character of a repaired text stands in the source.

    `runs` holds (text offset, source offset, length) in order of the text; characters of the text
    outside every run (a full stop put in, say) have no place of their own in the source.
    """

    runs: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def from_offsets(cls, offsets: Sequence[int]) -> SourceMap:
        """Build from one source offset a character; -1 marks a character without a source."""
        runs: list[tuple[int, int, int]] = []
        for position, offset in enumerate(offsets):
            if offset < 0:
                continue
            if runs:
                text_start, source_start, length = runs[-1]
                if text_start + length == position and source_start + length == offset:
                    runs[-1] = (text_start, source_start, length + 1)
                    continue
            runs.append((position, offset, 1))
        return cls(tuple(runs))

    def to_source(self, start: int, end: int) -> Span:
        """The smallest source span that covers text[start:end].

        Raises ValueError when no character of that range comes from the source.
        """
        covered = self._covered(start, end)
        if not covered:
            raise ValueError(f"no source for {start}..{end}")
        return Span(min(low for low, _ in covered), max(high for _, high in covered))

    def has_source(self, start: int, end: int) -> bool:
        """Whether any character of text[start:end] comes from the source."""
        return bool(self._covered(start, end))

    def _covered(self, start: int, end: int) -> list[tuple[int, int]]:
        return [
            (
                source_start + max(start - text_start, 0),
                source_start + min(end - text_start, length),
            )
            for text_start, source_start, length in self._runs_from(start)
            if text_start < end and text_start + length > start
        ]

    def _runs_from(self, start: int) -> Iterable[tuple[int, int, int]]:
        first = bisect_right(self.runs, start, key=lambda run: run[0]) - 1
        return self.runs[max(first, 0) :]
