"""Where the documents say what their terms mean, for questions about the meaning of a term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from kb.documents import Document, DocumentKind, Passage
from retrieval.analysis import normalise
from retrieval.meanings import (
    endings_alone,
    headed_term,
    named_above,
    rows_defined,
    squeezed,
    stands_alone,
    terms_and_pointers,
    terms_of_law,
    without_lists,
)

Positions = npt.NDArray[np.int64]

_NOTED = re.compile(r"「([^「」]{2,24})」\(注\d*\)")
_NOTE = "/(注)"


class Definitions:
    """Passages that define a term, by the term in normalised text without white space."""

    def __init__(self, places: Mapping[str, Sequence[int]]) -> None:
        self._places = {term: tuple(positions) for term, positions in places.items()}

    @classmethod
    def build(cls, passages: Sequence[Passage], documents: Mapping[str, Document]) -> Definitions:
        """Collect the definitions in `passages`.

        Of laws only those that another document names: the others define too much for too little.
        A place that only names the law which defines a term counts where that law is not at hand.
        """
        laws = {doc for doc, item in documents.items() if item.kind is DocumentKind.LAW}
        texts = [
            without_lists(normalise(passage.heading), normalise(passage.text))
            for passage in passages
        ]
        plain = [
            "" if passage.doc in laws else squeezed(text)
            for passage, text in zip(passages, texts, strict=True)
        ]
        everything = "\0".join(plain)
        named = {doc for doc in laws if normalise(documents[doc].title) in everything}
        places: dict[str, list[int]] = {}
        pointers: dict[str, list[int]] = {}
        for position, passage in enumerate(passages):
            if passage.doc in named:
                for term in terms_of_law(squeezed(texts[position])):
                    places.setdefault(term, []).append(position)
            for term, points in terms_and_pointers(plain[position]):
                (pointers if points else places).setdefault(term, []).append(position)
        others = [
            *_noted(passages, plain),
            *_headed(passages, plain),
            *_named_above(passages, texts, plain),
        ]
        for term, position in others:
            places.setdefault(term, []).append(position)
        return cls({**pointers, **places})

    def of(self, text: str) -> Positions:
        """Passages that define the longest terms in normalised `text`, in index order."""
        flat = squeezed(text)
        named = [term for term in self._places if term in flat and stands_alone(term, flat)]
        longest = [term for term in named if not any(term in other != term for other in named)]
        found = {position for term in longest for position in self._places[term]}
        return np.array(sorted(found), dtype=np.int64)

    def to_json(self) -> Mapping[str, Sequence[int]]:
        """Plain data that the constructor takes."""
        return self._places


def _noted(passages: Sequence[Passage], plain: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Terms that a note explains: 「地域協議会」（注）."""
    at = {passage.node: position for position, passage in enumerate(passages)}
    for passage, text in zip(passages, plain, strict=True):
        if note := at.get(passage.node + _NOTE):
            for match in _NOTED.finditer(text):
                yield match[1], note


def _headed(passages: Sequence[Passage], plain: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Terms of headings 「Xとは」, at the first words below."""
    seen: set[tuple[str, str]] = set()
    for position, (passage, text) in enumerate(zip(passages, plain, strict=True)):
        for heading in (passage.heading, *passage.breadcrumbs[-1:]):
            term = headed_term(heading)
            if term and text not in ("", squeezed(heading)) and (passage.doc, term) not in seen:
                seen.add((passage.doc, term))
                yield term, position


def _named_above(
    passages: Sequence[Passage], texts: Sequence[str], plain: Sequence[str]
) -> Iterator[tuple[str, int]]:
    """Terms that a heading or the head of a table names, and what stands below it explains."""

    @cache
    def everything(doc: str) -> str:
        own = (text for item, text in zip(passages, plain, strict=True) if item.doc == doc)
        return "\0".join(own)

    for position, (passage, text) in enumerate(zip(passages, texts, strict=True)):
        if not plain[position]:
            continue
        for term, _ in rows_defined(text):
            yield term, position
        title = (passage.case.title,) if passage.case else ()
        headings = [passage.heading, *title, *reversed(passage.breadcrumbs)]
        for term in named_above(text, headings):
            for ending in endings_alone(term, everything(passage.doc)):
                yield ending, position
