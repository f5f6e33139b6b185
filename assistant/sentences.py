"""Sentences of a node's text, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.documents import Node

_OPEN = "（(「『［[【〔"
_CLOSE = "）)」』］]】〕"
_NARROW = {"）": ")", "］": "]"}
_CLOSED_BY = {
    opener: _NARROW.get(closer, closer) for opener, closer in zip(_OPEN, _CLOSE, strict=True)
}
CELL = "\t"
"""Between the cells of a row."""
_SIGN = re.compile(f"[{re.escape(_OPEN + _CLOSE)}。\n]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` stands at node.text[start:end]."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4_096)
def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Cut at 。 and line ends; a 。 inside brackets (「以下「X」という。」) does not end a sentence.

    A bracket that closes none of those open (1) of a list) closes nothing.
    """
    sentences: list[Sentence] = []
    begin, awaited = 0, ""
    for sign in _SIGN.finditer(text):
        position, character = sign.start(), sign[0]
        if character in _OPEN:
            awaited += _CLOSED_BY[character]
        elif (closer := _NARROW.get(character, character)) in awaited:
            awaited = awaited[: awaited.rindex(closer)]
        if character == "\n" or (character == "。" and not awaited):
            _append(sentences, text, begin, position + 1)
            begin, awaited = position + 1, ""
    _append(sentences, text, begin, len(text))
    return tuple(sentences)


def sentences_of(node: Node) -> tuple[Sentence, ...]:
    """The sentences of a node's text that can be quoted: not those put in beside the source's words.

    (A record of a table says in words what its figures mean.) A row of cells is one: its last cell
    without its first says nothing.
    """
    return tuple(
        item
        for item in _with_whole_rows(node.text)
        if node.source_map.has_source(item.start, item.end)
    )


def _with_whole_rows(text: str) -> Iterator[Sentence]:
    for start, end in _lines(text):
        line: list[Sentence] = []
        if CELL in text[start:end].strip():
            _append(line, text, start, end)
            yield from line
        else:
            yield from (
                Sentence(item.text, start + item.start, start + item.end)
                for item in split_sentences(text[start:end])
            )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _append(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        sentences.append(Sentence(text[start:end], start, end))
