"""The quoted parts of a statement, which must stand in the evidence letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.sentences import split_sentences
from kb.spans import Span

_ELLIPSIS = re.compile(r"…+|\.{3,}|・{3,}|（(?:中|以下)?略）|\((?:中|以下)?略\)")
# Shorter ones name a term, as in 「A」という.
_SHORTEST = 8
_CONTENT = re.compile(r"[\u4e00-\u9fffァ-ヴー]")
_LITTLE = 8


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotes of a text held against the evidence.

    `wrong` ones stand nowhere. `own` is the text without those that do; `rest` is the text without
    those that are whole sentences, or "" when little else is said.
    """

    wrong: tuple[str, ...]
    own: str
    rest: str


def verbatim(text: str, evidence: Sequence[str]) -> Quotations:
    """Hold the quotes of `text` against each wording of the evidence.

    White space and character width are set aside; a quote may be cut with …. A quote that is cut
    without saying so stays in `rest`: what it leaves out may be the exception.
    """
    known = [_bare(words) for words in evidence]
    sentences = [[_end(item.text) for item in split_sentences(words)] for words in evidence]
    if any(_is_whole(text, parts) for parts in sentences):
        return Quotations((), "", "")
    wrong: list[str] = []
    own, rest = list(text), list(text)
    whole = False
    for span in _quoted(text):
        words = text[span.start + 1 : span.end - 1]
        blank = " " * (span.end - span.start)
        if not any(_stands(words, words_known) for words_known in known):
            wrong.append(words)
            continue
        own[span.start : span.end] = blank
        if any(_is_whole(words, parts) for parts in sentences):
            rest[span.start : span.end] = blank
            whole = True
    said = "".join(rest)
    if whole and len(_CONTENT.findall(_after(said, text))) <= _LITTLE:
        said = ""
    return Quotations(tuple(wrong), "".join(own), said)


def _is_whole(words: str, sentences: Sequence[str]) -> bool:
    """Whether `words` are one or more sentences that follow each other."""
    wanted = _end(words)
    for first in range(len(sentences)):
        joined = ""
        for sentence in sentences[first:]:
            joined += sentence
            if joined == wanted:
                return True
            if not wanted.startswith(joined):
                break
    return False


def _end(words: str) -> str:
    return _bare(words).replace("。", "")


def _after(own: str, text: str) -> str:
    """What follows the first quote: before it stands the place it is taken from."""
    first = next(_quoted(text))
    return own[first.end :]


def _quoted(text: str) -> Iterator[Span]:
    """Outermost 「…」 of at least the shortest length, brackets included."""
    depth = start = 0
    for at, character in enumerate(text):
        if character == "「":
            start = at if depth == 0 else start
            depth += 1
        elif character == "」" and depth:
            depth -= 1
            if depth == 0 and at - start - 1 >= _SHORTEST:
                yield Span(start, at + 1)


def _stands(quote: str, known: str) -> bool:
    rest = known
    for part in _ELLIPSIS.split(quote):
        wanted = _bare(part).rstrip("。")
        at = rest.find(wanted)
        if at < 0:
            return False
        rest = rest[at + len(wanted) :]
    return True


@lru_cache(maxsize=4_096)
def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
