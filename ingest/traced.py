"""Text that remembers where each of its characters stands in the source."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kb.spans import SourceMap, Span

_INSERTED = -1


def _offsets(values: Iterable[int]) -> array[int]:
    return array("q", values)


@dataclass(frozen=True, slots=True)
class TracedText:
    """A string and, for each character, its 0-based source offset (-1: put in by a repair)."""

    text: str = ""
    offsets: array[int] = field(default_factory=lambda: _offsets(()), repr=False)

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> TracedText:
        """`source[start:end]`, each character at its own place."""
        stop = len(source) if end is None else end
        return cls(source[start:stop], _offsets(range(start, stop)))

    @classmethod
    def inserted(cls, text: str) -> TracedText:
        """Text that has no place in the source."""
        return cls(text, _offsets([_INSERTED] * len(text)))

    @classmethod
    def join(cls, parts: Iterable[TracedText], separator: str = "") -> TracedText:
        """The parts in order with an inserted separator between them."""
        texts: list[str] = []
        offsets = _offsets(())
        for part in parts:
            if texts and separator:
                offsets.extend([_INSERTED] * len(separator))
            texts.append(part.text)
            offsets.extend(part.offsets)
        return cls(separator.join(texts), offsets)

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def __getitem__(self, key: slice) -> TracedText:
        return TracedText(self.text[key], self.offsets[key])

    def __add__(self, other: TracedText) -> TracedText:
        return TracedText(self.text + other.text, self.offsets + other.offsets)

    def strip(self) -> TracedText:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : start + len(self.text.strip())]

    def sub(
        self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]
    ) -> TracedText:
        """Like `re.sub`; a replacement of the same length keeps the places, another has none."""
        parts: list[TracedText] = []
        position = 0
        for match in pattern.finditer(self.text):
            text = new(match) if callable(new) else new
            parts.append(self[position : match.start()])
            if len(text) == match.end() - match.start():
                parts.append(TracedText(text, self.offsets[match.start() : match.end()]))
            else:
                parts.append(TracedText.inserted(text))
            position = match.end()
        if not position and not parts:
            return self
        parts.append(self[position:])
        return TracedText.join(parts)

    def replace(self, old: str, new: str) -> TracedText:
        """Every `old` by `new`, as `sub` does."""
        return self.sub(re.compile(re.escape(old)), new)

    def translate(self, form: Callable[[str], str]) -> TracedText:
        """Each character by `form` of it; all that comes of one stands at its place."""
        pieces = [form(character) for character in self.text]
        offsets = _offsets(
            offset
            for piece, offset in zip(pieces, self.offsets, strict=True)
            for _ in range(len(piece))
        )
        return TracedText("".join(pieces), offsets)

    def nfkc(self) -> TracedText:
        """NFKC character by character (no composition across characters)."""
        return self.translate(lambda character: unicodedata.normalize("NFKC", character))

    def source_map(self) -> SourceMap:
        """The way back to the source."""
        return SourceMap.from_offsets(self.offsets)

    def source_span(self) -> Span | None:
        """The smallest source range that covers the text; None when all of it was put in."""
        known = [offset for offset in self.offsets if offset != _INSERTED]
        return Span(min(known), max(known) + 1) if known else None
