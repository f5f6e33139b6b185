"""Where clauses and cases stand in the index, looked up by their numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.documents import Passage

Positions = npt.NDArray[np.int64]

_EXACT = 0
_TAIL = 1
_PARENT = 2
_GROUP = 3


class Places:
    """Passages by the labels of their node, without a document: 第2/14/(2), 事例15, 区分6.

    `_keys` has the shape (4, passages): hashes of the labels, of the labels without the first, of
    the parent's labels, and of the numbered group in the headings above.
    """

    def __init__(self, keys: npt.NDArray[np.int64], docs: Sequence[str], doc_of: Positions) -> None:
        self._keys = keys
        self._docs = tuple(docs)
        self._doc_of = doc_of

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> Places:
        """Hash the labels of every passage's node."""
        docs: dict[str, int] = {}
        keys = np.zeros((4, len(passages)), dtype=np.int64)
        doc_of = np.zeros(len(passages), dtype=np.int64)
        for position, passage in enumerate(passages):
            doc_of[position] = docs.setdefault(passage.doc, len(docs))
            _, *labels = passage.node.split("/")
            keys[:, position] = (
                _key(labels),
                _key(labels[1:]),
                _key(labels[:-1]),
                _key([_group(passage)]),
            )
        return cls(keys, tuple(docs), doc_of)

    @property
    def docs(self) -> tuple[str, ...]:
        """Ids of the documents, in index order."""
        return self._docs

    def in_documents(self, docs: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which passages stand in one of `docs`, shape (passages,)."""
        named = np.array([doc in docs for doc in self._docs], dtype=np.bool_)
        return named[self._doc_of]

    def at(self, labels: Sequence[str], docs: Collection[str]) -> Positions:
        """Passages of the node with these labels; of its children when it has no text itself."""
        allowed = self.in_documents(docs)
        wanted = _key(labels)
        for column in (_EXACT, _PARENT, _GROUP, _TAIL):
            found = np.flatnonzero((self._keys[column] == wanted) & allowed)
            if found.size:
                return found
        return found

    def save(self, path: Path) -> None:
        """Write the arrays into `path` (.npz)."""
        np.savez(path, keys=self._keys, doc_of=self._doc_of)

    @classmethod
    def load(cls, path: Path, docs: Sequence[str]) -> Places:
        """What `save` wrote, of the documents `docs` in index order. Raises OSError, ValueError, KeyError."""
        with np.load(path) as file:
            return cls(file["keys"], docs, file["doc_of"])


def _key(labels: Sequence[str]) -> int:
    if not any(labels):
        return 0
    digest = blake2b("/".join(labels).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _group(passage: Passage) -> str:
    """区分6 of the heading 「区分6 行政施策目的に…」."""
    for crumb in passage.breadcrumbs:
        first = crumb.split(" ", 1)[0]
        if first.startswith("区分") and first[2:].isdigit():
            return first
    return ""
