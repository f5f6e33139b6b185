"""What a writer may say in words of his own: reporting words, other writings, and opposites."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_FILE = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True)
class Vocabulary:
    """`generic` words report and add nothing; words of an `alike` group have one meaning.

    Of an `opposite` group no word may stand for another; those are written forms.
    """

    generic: frozenset[str]
    alike: tuple[frozenset[str], ...]
    opposite: tuple[tuple[str, ...], ...]

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        joined: dict[str, frozenset[str]] = {}
        for group in self.alike:
            for word in group:
                joined[word] = joined.get(word, frozenset()) | group
        return joined

    def like(self, lemma: str) -> frozenset[str]:
        """The word and every other writing of it."""
        return self._groups.get(lemma, frozenset((lemma,)))

    def meets(self, lemma: str, known: Collection[str]) -> bool:
        """Whether `known` has the word or another writing of it."""
        return any(word in known for word in self.like(lemma))


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, read once."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Vocabulary(
        generic=frozenset(rows["generic"].split()),
        alike=tuple(frozenset(line.split()) for line in rows["alike"]),
        opposite=tuple(tuple(line.split()) for line in rows["opposite"]),
    )
