"""Where the documents say what their terms mean, for questions about the meaning of a term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kb.documents import Document, DocumentKind, Passage
from retrieval.analysis import normalise

Positions = npt.NDArray[np.int64]

_SPACE = re.compile(r"\s+")
_NAMED = re.compile(r"「([^「」]{2,24})」(?:とは|と(?:いう|いい|総称|呼ぶ|略称))")
_IN_BRACKETS = re.compile(r"([\u4e00-\u9fffァ-ヴー・]{2,24})\([^()]*を(?:いう|指す)")
_AT_THE_START = re.compile(r"(?:^|。)「?([^、。「」]{2,20})」?とは、")
_BY_CERTIFICATE = re.compile(
    r"[\u4e00-\u9fff](?:が|により|から)(?:証明|認定|指定|登録|認証)(?:した|された|を受けた)"
    r"([\u4e00-\u9fffァ-ヴー・]{4,16})"
)
_IN_LAW = re.compile(r"「([^「」]{2,24})」とは、")
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
        """
        at = {passage.node: position for position, passage in enumerate(passages)}
        laws = {doc for doc, item in documents.items() if item.kind is DocumentKind.LAW}
        plain = [
            "" if passage.doc in laws else _SPACE.sub("", normalise(passage.text))
            for passage in passages
        ]
        everything = "\0".join(plain)
        named = {doc for doc in laws if normalise(documents[doc].title) in everything}
        places: dict[str, list[int]] = {}
        for position, passage in enumerate(passages):
            text = plain[position]
            if passage.doc in named:
                for match in _IN_LAW.finditer(normalise(passage.text)):
                    places.setdefault(match[1], []).append(position)
            for term in _defined(text):
                places.setdefault(term, []).append(position)
            if note := at.get(passage.node + _NOTE):
                for match in _NOTED.finditer(text):
                    places.setdefault(match[1], []).append(note)
        return cls(places)

    def of(self, text: str) -> Positions:
        """Passages that define the longest terms in normalised `text`, in index order."""
        flat = _SPACE.sub("", text)
        named = [term for term in self._places if term in flat and _stands_alone(term, flat)]
        longest = [term for term in named if not any(term in other != term for other in named)]
        found = {position for term in longest for position in self._places[term]}
        return np.array(sorted(found), dtype=np.int64)

    def to_json(self) -> Mapping[str, Sequence[int]]:
        """Plain data that the constructor takes."""
        return self._places


def _stands_alone(term: str, text: str) -> bool:
    """Whether it begins a word somewhere in `text`: 小企業者 does not in 中小企業者."""
    return re.search(rf"(?<![\u4e00-\u9fffァ-ヴー]){re.escape(term)}", text) is not None


def _defined(text: str) -> Iterator[str]:
    for pattern in (_NAMED, _IN_BRACKETS, _AT_THE_START, _BY_CERTIFICATE):
        for match in pattern.finditer(text):
            yield match[1].removeprefix("いわゆる")
