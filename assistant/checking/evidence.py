"""What a part of a statement cites, made ready to be compared with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checking.names import without_short_names
from assistant.checking.quantities import Quantity, quantities
from assistant.checking.source import Source
from assistant.checking.vocabulary import vocabulary
from assistant.checking.words import content
from assistant.sentences import split_sentences
from kb.addresses import place_mentions

_RESTS_ON = 0.6
_RETOLD = 0.9
_CLAUSE = re.compile(r"[、。,;\n]")
_PROVISO = ("ただし", "但し")


@dataclass(frozen=True)
class Cited:
    """The cited places for `text`."""

    text: str
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, text: str, sources: Sequence[Source]) -> Cited:
        """The places that `text` cites."""
        return cls(text, tuple(sources))

    @cached_property
    def context(self) -> str:
        """Titles, issuers, years and headings."""
        return "\n".join(source.context for source in self.sources)

    @cached_property
    def owners(self) -> str:
        """Whose places they are."""
        return "\n".join(owner for source in self.sources for owner in source.owners)

    @cached_property
    def everything(self) -> str:
        """Their words and what names them."""
        return "\n".join((*(source.text for source in self.sources), self.context))

    @cached_property
    def originals(self) -> str:
        """Their words before any repair."""
        return "\n".join(source.original for source in self.sources)

    @cached_property
    def stated(self) -> tuple[Quantity, ...]:
        """Every number in them."""
        text = "\n".join(source.text for source in self.sources)
        return (*quantities(text), *self.named)

    @cached_property
    def named(self) -> tuple[Quantity, ...]:
        """The numbers of what names them; a bare one is the number of a heading."""
        return tuple(quantity for quantity in quantities(self.context) if quantity.unit)

    @cached_property
    def plain(self) -> str:
        """The text without its clause numbers and short names of whose document it is."""
        return self.reduced(self.text)

    def reduced(self, text: str) -> str:
        """`text` with every clause number and short name blanked."""
        plain = list(text)
        for mention in place_mentions(text):
            span = mention.span
            plain[span.start : span.end] = " " * (span.end - span.start)
        return without_short_names("".join(plain), self.context)

    @cached_property
    def nearest(self) -> tuple[str, ...]:
        """The sentences that the text as a whole is about, the nearest first.

        A proviso belongs to the sentence before it.
        """
        return self._resting(())

    @cached_property
    def retold(self) -> tuple[str, ...]:
        """The sentences that the text tells again almost word by word."""
        wanted = _telling(self.plain)
        return tuple(item for item in self.nearest if _alikeness(wanted, item) >= _RETOLD)

    @cached_property
    def copied(self) -> tuple[str, ...]:
        """Those of them of which the text leaves out almost nothing either."""
        return tuple(
            item for item in self.retold if _alikeness(_telling(item), self.plain) >= _RETOLD
        )

    @cached_property
    def excepting(self) -> tuple[str, ...]:
        """The sentences whose exceptions hold for the text: the one it copies, if any, and provisos."""
        if not self.copied:
            return self.nearest
        return tuple(
            item for item in self.nearest if item == self.copied[0] or item.startswith(_PROVISO)
        )

    @cached_property
    def around(self) -> tuple[str, ...]:
        """Those and the nearest ones to each clause of the text."""
        return self._resting(
            [part for clause in _CLAUSE.split(self.plain) if len(part := _telling(clause)) > 1]
        )

    def _resting(self, parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
        whole = _telling(self.plain)
        found: list[tuple[float, str]] = []
        for source in self.sources:
            sentences = [sentence.text for sentence in split_sentences(source.text)]
            alike = [_alikeness(whole, sentence) for sentence in sentences]
            least = max(alike, default=0.0) * _RESTS_ON
            rests = [bool(share) and share >= least for share in alike]
            for part in parts:
                shares = [_alikeness(part, sentence) for sentence in sentences]
                best = max(shares, default=0.0)
                for at, share in enumerate(shares):
                    rests[at] |= share == best and best >= _RESTS_ON
            for at, sentence in enumerate(sentences):
                proviso = at and sentence.startswith(_PROVISO) and rests[at - 1]
                if rests[at] or proviso:
                    found.append((alike[at], sentence))
        return tuple(sentence for _, sentence in sorted(found, key=lambda pair: -pair[0]))


def _telling(text: str) -> list[str]:
    """The content words of a text that are not those of any report."""
    return [word for word in content(text) if word not in vocabulary().generic]


def _alikeness(wanted: Sequence[str], sentence: str) -> float:
    """Share of the wanted words that the sentence has, 0 to 1."""
    known = content(sentence)
    return sum(vocabulary().meets(word, known) for word in wanted) / len(wanted) if wanted else 0.0
