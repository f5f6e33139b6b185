"""Which of a place's words to quote: the sentence that answers first, then what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.bands import holds_value
from assistant.evidence import Evidence
from assistant.narrower import speaks_of_less
from assistant.sentences import Sentence, sentences_of
from assistant.wanted import states
from assistant.writing.force import ADDED
from kb.documents import Node
from retrieval.relevance import Relevance

Range = tuple[int, int]
"""Start and end of a quote in the node's text."""

_GOES_ON = ("ただし", "但し", "この場合", "その際", "これ", "その他", "同様に")
"""How a sentence begins that cannot be read without the one before it."""
_LEADS_IN = re.compile(r"(?:次の|以下の|次に掲げる|下記|[:：]$)")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
"""Left out beside other words: the check lets no answer lead out of the documents."""
_ALSO = 0.5
"""A further sentence is quoted when it fits the question at least so well as the first."""
_NUMBER_GAIN = 0.3


def answering(
    item: Evidence, question: str, relevance: Relevance, needed: re.Pattern[str] | None
) -> Evidence:
    """The evidence with the sentence that states the quantity asked for, where its own does not.

    One that speaks of less than `question` (of 新規中小企業者, asked for 中小企業) yields to another, and
    so does one whose bounds leave out a value that `question` states (3.5%なら).
    Of a case the sentence is chosen without the owner's name, which says the same in all of them.
    """
    body = _body(item.node)
    stated = needed is None or states(needed, item.sentence.text)
    less = not item.case and speaks_of_less(question, item.sentence.text)
    holding = [
        sentence
        for sentence in body
        if states(needed, sentence.text) and holds_value(question, sentence.text)
    ]
    if holding:
        fits = _fits(item, holding, relevance, needed)
        return replace(item, sentence=holding[fits.index(max(fits))])
    stating = [
        sentence for sentence in body if (less or not stated) and states(needed, sentence.text)
    ]
    fitting = [sentence for sentence in stating if not speaks_of_less(question, sentence.text)]
    among = fitting or ([] if stated else stating) or (body if item.case is not None else [])
    if not among:
        return item
    fits = _fits(item, among, relevance, needed)
    return replace(item, sentence=among[fits.index(max(fits))])


def excerpt(
    item: Evidence, relevance: Relevance, most: int, needed: re.Pattern[str] | None = None
) -> tuple[Range, ...]:
    """What to quote of a place, without its web links; see `_ranges`."""
    ranges = _ranges(item, relevance, most, needed)
    plain = tuple(found for found in ranges if not _LINK.search(item.node.text[slice(*found)]))
    return plain or ranges[:1]


def _ranges(
    item: Evidence, relevance: Relevance, most: int, needed: re.Pattern[str] | None
) -> tuple[Range, ...]:
    """At most about `most` characters of a place, the sentence that answers first.

    A place that is no longer is quoted whole, in its own order where the answering sentence goes on
    from the one before it (ただし、この場合). Of a longer one those sentences follow that fit the
    question, what a sentence that leads in (次のとおり) leads to, and, for a quantity, what states it
    (`needed`). No range runs over a line end: marks that the node leaves out may stand there.
    """
    body = _body(item.node)
    first = _with_proviso(item, body)
    if body and body[-1].end - body[0].start <= most:
        if first[0] == body[0].start or item.sentence.text.startswith(_GOES_ON):
            return _whole(item.node, body[0].start)
        rest = _lines(item.node.text, body[0].start, first[0]) + _lines(
            item.node.text, first[1], body[-1].end
        )
        return (first, *rest)
    others = [sentence for sentence in body if not first[0] <= sentence.start < first[1]]
    chosen = _further(item, first, others, relevance, most, needed)
    return (first, *_merged(item.node.text, chosen))


def operative(item: Evidence) -> tuple[Range, ...]:
    """The sentence that answers, with its proviso."""
    return (_with_proviso(item, _body(item.node)),)


def whole(node: Node) -> tuple[Range, ...]:
    """Every line of a node's text."""
    return _whole(node, 0)


def _whole(node: Node, start: int) -> tuple[Range, ...]:
    return tuple(_lines(node.text, start, len(node.text)))


def _body(node: Node) -> list[Sentence]:
    return [item for item in sentences_of(node) if item.start >= len(node.heading)]


def _with_proviso(item: Evidence, body: Sequence[Sentence]) -> Range:
    text, end = item.node.text, item.sentence.end
    for following in body:
        if following.start < end:
            continue
        if not following.text.startswith(ADDED) or "\n" in text[end : following.start]:
            break
        end = following.end
    return item.sentence.start, end


def _further(
    item: Evidence,
    first: Range,
    others: Sequence[Sentence],
    relevance: Relevance,
    most: int,
    needed: re.Pattern[str] | None,
) -> list[Sentence]:
    """Sentences of `others`, in order, that fit beside the first into `most` characters."""
    sentence = item.sentence
    room = most - (first[1] - first[0])
    fits = _fits(item, others, relevance, needed)
    enough = _ALSO * _fits(item, [sentence], relevance, needed)[0]
    led_to = _LEADS_IN.search(sentence.text) is not None
    wanted = [
        (fit + led_to * (other.start >= first[1]), other)
        for fit, other in zip(fits, others, strict=True)
        if fit >= enough or (led_to and other.start >= first[1])
    ]
    chosen: list[Sentence] = []
    said = {sentence.text}
    for _, other in sorted(wanted, key=lambda pair: (-pair[0], pair[1].start)):
        if len(other.text) <= room and other.text not in said:
            said.add(other.text)
            chosen.append(other)
            room -= len(other.text)
    return sorted(chosen, key=lambda other: other.start)


def _fits(
    item: Evidence,
    sentences: Sequence[Sentence],
    relevance: Relevance,
    needed: re.Pattern[str] | None,
) -> list[float]:
    texts = [sentence.text for sentence in sentences]
    own = relevance.shares(item.case.organisation) if item.case else {}
    return [
        sum(share for term, share in relevance.shares(text).items() if term not in own)
        + near
        + _NUMBER_GAIN * (needed is not None and states(needed, text))
        for text, near in zip(texts, relevance.closeness(texts), strict=True)
    ]


def _merged(text: str, sentences: Sequence[Sentence]) -> list[Range]:
    """Sentences that follow one another on a line as one range."""
    ranges: list[Range] = []
    for sentence in sentences:
        between = text[ranges[-1][1] : sentence.start] if ranges else "\n"
        if between.strip() or "\n" in between:
            ranges.append((sentence.start, sentence.end))
        else:
            ranges[-1] = (ranges[-1][0], sentence.end)
    return ranges


def _lines(text: str, start: int, end: int) -> list[Range]:
    """The lines of text[start:end] without white space around them; blank ones left out."""
    ranges: list[Range] = []
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped)
            ranges.append((at, at + len(stripped)))
        start += len(line) + 1
    return ranges
