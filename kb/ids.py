"""Document and node ids: `DOC/第2/2/(3)/③`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff/\\#?%&:*\"'<>|]+")
_HYPHENS = str.maketrans("‐‑‒–—−", "------")


def document_id(stem: str) -> str:
    """An id made from a file's stem: NFKC, no white space, nothing that a path or URL reserves."""
    return _UNSAFE.sub("-", unicodedata.normalize("NFKC", stem)).strip("-.") or "資料"


def node_id(doc: str, labels: Iterable[str]) -> str:
    """Join a document id and labels; a slash inside a label becomes a full-width one."""
    return "/".join((doc, *(label.replace("/", "／") for label in labels)))


def document_of(node: str) -> str:
    """The document id that a node id begins with."""
    return node.partition("/")[0]


def is_at_or_below(node: str, ancestor: str) -> bool:
    """Whether `node` is `ancestor` or stands under it."""
    return node == ancestor or node.startswith(f"{ancestor}/")


def plain_id(written: str) -> str:
    """An id as it compares with what a person typed: half-width, lower case, without white space.

    Circled numbers stay (NFKC would turn ③ into 3), slashes at the ends and doubled ones do not.
    """
    composed = unicodedata.normalize("NFC", written)
    # One by one, because NFKC of the whole would take the circled numbers too.
    half = "".join(
        character
        if unicodedata.category(character) == "No"
        else unicodedata.normalize("NFKC", character)
        for character in composed
    )
    labels = "".join(unicodedata.normalize("NFC", half).lower().translate(_HYPHENS).split())
    return "/".join(filter(None, labels.split("/")))


class IdAllocator:
    """Hands out ids of one document; a label repeated among siblings gets #2, #3."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """The wanted id, or the first free #n of it."""
        number, candidate = 1, wanted
        while candidate in self._taken:
            number += 1
            candidate = f"{wanted}#{number}"
        self._taken.add(candidate)
        return candidate
