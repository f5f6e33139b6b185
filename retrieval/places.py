"""Where clauses and cases stand in the index, looked up by their numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.documents import Passage

Positions = npt.NDArray[np.int64]

NONE: Positions = np.empty(0, dtype=np.int64)

_EXACT = 0
_TAIL = 1
_PARENT = 2
_TAIL_OF_PARENT = 3
_GROUP = 4
_LOOSE = 5
_ENDS = 6
_ENDS_OF = 2
"""Of so many labels the first and last are all of them."""
_LOOKED_UP = (_EXACT, _PARENT, _GROUP, _TAIL, _TAIL_OF_PARENT)


class Places:
    """Passages by the labels of their node, without a document: 第2/14/(2), 事例15, 区分6.

    `_keys` has the shape (7, passages): hashes of the labels, of the labels without the first, of
    the parent's labels, of these without the first, of the numbered group in the headings above, of
    the labels as plain numbers, and of the first and last of three or more. `depths` counts the labels: 2 for 第2/14.
    """

    def __init__(
        self,
        keys: npt.NDArray[np.int64],
        docs: Sequence[str],
        doc_of: Positions,
        depths: npt.NDArray[np.int8],
    ) -> None:
        self.depths = depths
        self._keys = keys
        self._docs = tuple(docs)
        self._numbers = {doc: number for number, doc in enumerate(self._docs)}
        self._doc_of = doc_of

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> Places:
        """Hash the labels of every passage's node."""
        docs: dict[str, int] = {}
        keys = np.zeros((7, len(passages)), dtype=np.int64)
        doc_of = np.zeros(len(passages), dtype=np.int64)
        depths = np.zeros(len(passages), dtype=np.int8)
        for position, passage in enumerate(passages):
            doc_of[position] = docs.setdefault(passage.doc, len(docs))
            _, *labels = passage.node.split("/")
            depths[position] = len(labels)
            keys[:, position] = (
                _key(labels),
                _key(labels[1:]),
                _key(labels[:-1]),
                _key(labels[1:-1]),
                _key([_group(passage)]),
                _key(_plain(labels)),
                _key([labels[0], labels[-1]] if len(labels) > _ENDS_OF else []),
            )
        return cls(keys, tuple(docs), doc_of, depths)

    @property
    def docs(self) -> tuple[str, ...]:
        """Ids of the documents, in index order."""
        return self._docs

    def in_documents(self, docs: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which passages stand in one of `docs`, shape (passages,)."""
        named = np.zeros(len(self._docs), dtype=np.bool_)
        named[[self._numbers[doc] for doc in docs if doc in self._numbers]] = True
        return named[self._doc_of]

    def at(self, labels: Sequence[str], docs: Collection[str]) -> Positions:
        """Passages of the node with these labels; of its children when it has no text itself."""
        allowed = self.in_documents(docs)
        wanted = _key(labels)
        tries = [(column, wanted) for column in _LOOKED_UP]
        # 第2-14-2 for 第2-14(2), 第3⑥ for 第3-1(1)⑥: who types in a hurry leaves things out.
        for column, key in (*tries, (_LOOSE, _key(_plain(labels))), (_ENDS, wanted)):
            found = np.flatnonzero((self._keys[column] == key) & allowed)
            if found.size:
                return found
        return found

    def of_node(self, node: str) -> Positions:
        """Passages of the node with this id; of its children when it has no text itself."""
        doc, *labels = node.split("/")
        if doc not in self._numbers or not labels:
            return NONE
        there = self.in_documents((doc,))
        wanted = _key(labels)
        found = np.flatnonzero((self._keys[_EXACT] == wanted) & there)
        return found if found.size else np.flatnonzero((self._keys[_PARENT] == wanted) & there)

    def below(self, labels: Sequence[str], docs: Collection[str]) -> Positions:
        """Passages of the nodes right below the node with these labels, in index order."""
        of_parent = self._keys[_PARENT] == _key(labels)
        return np.flatnonzero(of_parent & self.in_documents(docs))

    def save(self, path: Path) -> None:
        """Write the arrays into `path` (.npz)."""
        np.savez(path, keys=self._keys, doc_of=self._doc_of, depths=self.depths)

    @classmethod
    def load(cls, path: Path, docs: Sequence[str]) -> Places:
        """What `save` wrote, of the documents `docs` in index order. Raises OSError, ValueError, KeyError."""
        with np.load(path) as file:
            return cls(file["keys"], docs, file["doc_of"], file["depths"])


def _key(labels: Sequence[str]) -> int:
    if not any(labels):
        return 0
    digest = blake2b("/".join(labels).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _plain(labels: Sequence[str]) -> list[str]:
    """(2) and ② as 2."""
    return [unicodedata.normalize("NFKC", label).strip("()") for label in labels]


def _group(passage: Passage) -> str:
    """区分6 of the heading 「区分6 行政施策目的に…」."""
    for crumb in passage.breadcrumbs:
        first = crumb.split(" ", 1)[0]
        if first.startswith("区分") and first[2:].isdigit():
            return first
    return ""
