"""Whether numbers and opposites are said of what the evidence says them of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from assistant.checking.quantities import Quantity, quantities, readable
from assistant.checking.vocabulary import vocabulary
from assistant.checking.words import Word, words
from retrieval.analysis import normalise

_SENTENCE = re.compile(r"[。\n]")
_APART = re.compile(r"[、。\n]")
# 「…を実施しており、平成25年度までに…」: what is said before the comma is said of another number.
_PREDICATE_END = re.compile(r"(?<=[てでりしきちびみえけせめ])、")
_STOP_AFTER = re.compile(r"[、。\n;()]")
_JOINT = re.compile(r"^\s*(?:[~〜～・、-]|から|より|及び|又は|と)?\s*$")
_COORDINATED = re.compile(r"\s*(?:又は|及び|並びに|若しくは|や|と|・|、)\s*")
_TOPIC = re.compile(r"([^、。\n]*?)は")
_LINE = 160
"""A row of a table is about one thing as a whole when it is no longer than this."""
_BOUNDS = "以上|以下|未満|以内|超|以外|以前|以降"
_BOUND = re.compile(rf"([\u4e00-\u9fff]{{2,}})(?<!\d)({_BOUNDS})")
_NOUN = 3
_YEAR = "年"
_YEAR_MARGIN = 2
_NEAR = 8
"""Words before and behind an opposite that say where it stands."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a text, and the words that say of what it is said.

    `label` is the one right before it, `ahead` and `after` are the nearest of them before and behind it.
    """

    start: int
    end: int
    about: frozenset[str]
    label: str = ""
    ahead: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


def misplaced_number(text: str, evidence: Sequence[str]) -> str:
    """A number of `text` that the evidence states of another thing; "" when there is none.

    It is misplaced when the words around another number of the same unit fit better than those
    around the number itself.
    """
    theirs = [item for whole in evidence for item in _numbers(whole)]
    for quantity, own in _numbers(text):
        if not quantity.unit:
            continue
        same_unit = [(other, place) for other, place in theirs if other.unit == quantity.unit]
        here = [place for other, place in same_unit if quantity.agrees(other)]
        rivals = [place for other, place in same_unit if not quantity.agrees(other)]
        margin = _YEAR_MARGIN if quantity.unit == _YEAR else 1
        if here and (
            _fit(own, rivals) >= _fit(own, here) + margin or _label_elsewhere(own, here, rivals)
        ):
            return quantity.words
    return ""


def _label_elsewhere(own: Place, here: Sequence[Place], rivals: Sequence[Place]) -> bool:
    """Whether the word right before a number stands with others like it and never with this one."""
    label = own.label
    return bool(label) and not _fit_word(label, here) and _fit_word(label, rivals)


def _fit_word(word: str, places: Sequence[Place]) -> bool:
    return any(vocabulary().meets(word, place.about) for place in places)


def changed_bound(text: str, evidence: Sequence[str]) -> str:
    """「最低賃金額以下」 where the evidence says 最低賃金額以上; "" when there is none."""
    stated = normalise("\n".join(evidence))
    for match in _BOUND.finditer(normalise(text)):
        noun, bound = match[1][-_NOUN:], match[2]
        others = {found[1] for found in re.finditer(rf"{noun}({_BOUNDS})", stated)}
        if others and bound not in others:
            return match[0]
    return ""


def swapped_opposite(text: str, evidence: Sequence[str]) -> str:
    """A word of `text` that stands where the evidence has its opposite; "" when there is none.

    `evidence` are the sentences that the text rests on, the nearest first.
    """
    normal = [readable(part) for part in evidence]
    whole = readable(text)
    for group in vocabulary().opposite:
        own = list(_written(whole, group))
        theirs = [item for part in normal for item in _written(part, group)]
        for word, place in own:
            here = [other for name, other in theirs if name == word]
            rivals = [other for name, other in theirs if name != word]
            margin = 2 if evidence and word in normal[0] else 1
            if rivals and (not here or _around(place, rivals) >= _around(place, here) + margin):
                return word
    return ""


def _fit(own: Place, places: Sequence[Place]) -> int:
    return max((_shared(own.about, place.about) for place in places), default=0)


def _around(own: Place, places: Sequence[Place]) -> int:
    """As `_fit`, with what stands before and behind each apart: 上位の工事で…下位の工事の…."""
    return max(
        (_shared(own.ahead, place.ahead) + _shared(own.after, place.after) for place in places),
        default=0,
    )


def _shared(own: frozenset[str], theirs: frozenset[str]) -> int:
    return sum(vocabulary().meets(word, theirs) for word in own)


@lru_cache(maxsize=1_024)
def _numbers(text: str) -> tuple[tuple[Quantity, Place], ...]:
    return tuple(_numbers_with_places(text))


def _numbers_with_places(text: str) -> Iterator[tuple[Quantity, Place]]:
    normal = readable(text)
    for chain, before, after in _chains(normal, quantities(text)):
        start = before.end if before else 0
        end = after.start if after else len(normal)
        place = _place(normal, chain[0].start, chain[-1].end, start, end)
        # 「8割以上の場合は3点」: the number before says what the points are for.
        if (
            before
            and before.unit != _YEAR
            and not _APART.search(normal, before.end, chain[0].start)
        ):
            token = f"{before.value}{before.unit}{before.limit}"
            place = replace(place, about=place.about | {token})
        for quantity in chain:
            yield quantity, place


def _chains(
    text: str, found: Sequence[Quantity]
) -> Iterator[tuple[list[Quantity], Quantity | None, Quantity | None]]:
    """Numbers that belong together (10:00～10:20), with the numbers before and after them."""
    chains: list[list[Quantity]] = []
    for quantity in found:
        if chains and quantity.unit and _JOINT.match(text[chains[-1][-1].end : quantity.start]):
            chains[-1].append(quantity)
        else:
            chains.append([quantity])
    for at, chain in enumerate(chains):
        yield (
            chain,
            chains[at - 1][-1] if at else None,
            chains[at + 1][0] if at + 1 < len(chains) else None,
        )


def _written(text: str, group: tuple[str, ...]) -> Iterator[tuple[str, Place]]:
    pattern = re.compile("|".join(sorted(map(re.escape, group), key=len, reverse=True)))
    chains: list[list[re.Match[str]]] = []
    for match in pattern.finditer(text):
        if chains and _COORDINATED.fullmatch(text, chains[-1][-1].end(), match.start()):
            chains[-1].append(match)
        else:
            chains.append([match])
    for at, chain in enumerate(chains):
        start = chains[at - 1][-1].end() if at else 0
        end = chains[at + 1][0].start() if at + 1 < len(chains) else len(text)
        place = _place(text, chain[0].start(), chain[-1].end(), start, end)
        for match in chain:
            yield match[0], place


def _place(text: str, start: int, end: int, first: int, last: int) -> Place:
    """What text[start:end] is about: words back to `first` and on to `last`, of its sentence."""
    breaks = [match.end() for match in _SENTENCE.finditer(text, 0, start)]
    sentence = breaks[-1] if breaks else 0
    ended = [match.end() for match in _PREDICATE_END.finditer(text, 0, start)]
    first = max([first, *ended[-1:]])
    stop = _STOP_AFTER.search(text, end)
    spans = [
        (max(first, sentence), start),
        (end, min(last, stop.start() if stop else len(text))),
    ]
    topics = list(_TOPIC.finditer(text, sentence, start))
    if topics:
        spans.append(topics[-1].span(1))
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if "\t" in text[line_start:line_end]:
        spans.append((line_start, text.index("\t", line_start)))
        if line_end - line_start <= _LINE:
            spans.append((line_start, line_end))
    ahead, after, *rest = (_telling(text, low, high) for low, high in spans)
    about = frozenset().union(ahead, after, *rest)
    label = ahead[-1] if ahead else ""
    return Place(start, end, about, label, frozenset(ahead[-_NEAR:]), frozenset(after[:_NEAR]))


def _telling(text: str, low: int, high: int) -> list[str]:
    """The content words of text[low:high] that are not those of any report, in order."""
    telling = _telling_words(text)
    first = bisect_left(telling, low, key=lambda word: word.start)
    within = takewhile(lambda word: word.end <= high, telling[first:])
    return [word.lemma for word in within]


@lru_cache(maxsize=1_024)
def _telling_words(text: str) -> tuple[Word, ...]:
    generic = vocabulary().generic
    return tuple(word for word in words(text) if word.is_content and word.lemma not in generic)
