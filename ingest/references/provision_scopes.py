"""Whose provision a bare 第6条 is: of the law named before it in the list, or the citing law's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.references.citations import Place
from ingest.references.law_names import LawName

# 第2条、第3条ただし書及び第4条前段: what may stand between two provisions of one list.
_JOINT = re.compile(
    r"(?:前段|後段|本文|ただし書き?|各号列記以外の部分|各号)?(?:まで)?"
    r"(?:、(?:及び|並びに|又は|若しくは)?|及び|並びに|又は|若しくは|から|~)?"
)
_CLOSED = "(「"
_CLOSING = {")": "(", "」": "「"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision that was named; `law` is None for the citing law's own."""

    place: Place | None
    law: LawName | None = None


@dataclass(slots=True)
class _Frame:
    """What a bracket (or the sentence) has named so far; `end` is where the last of it ends.

    `given` is what was named right before the bracket, `start` where that bracket opens, `aside`
    what a bracket in it named last.
    """

    opening: str
    start: int
    given: Cited | None = None
    last: Cited | None = None
    aside: Cited | None = None
    end: int = -1


@dataclass(slots=True)
class Scopes:
    """Follows a text from left to right.

    `text` is a node's folded words, `before` what the unit above it named last.
    """

    text: str
    before: Cited | None = None
    _position: int = 0
    _frames: list[_Frame] = field(default_factory=lambda: [_Frame("", 0)])

    def move_to(self, position: int) -> None:
        """Pass over brackets and ends of paragraphs on the way to `position`."""
        for place in range(self._position, position):
            sign = self.text[place]
            if sign in _CLOSED:
                self._open(sign, place)
            elif sign in _CLOSING:
                self._close(_CLOSING[sign], place)
            elif sign == "\n":
                self._frames = [_Frame("", place)]
            elif sign == "。":
                self._frames[-1].end = -1
        self._position = max(self._position, position)

    @property
    def quoted(self) -> bool:
        """Whether the place lies in 「…」, where laws quote the words of others."""
        return any(frame.opening == "「" for frame in self._frames)

    def listed_with(self) -> Cited | None:
        """What a bare provision here belongs with: the list it goes on in.

        In a bracket right behind another law's provision, a list that begins belongs with that.
        """
        frame = self._frames[-1]
        if frame.last is not None:
            goes_on = frame.end >= 0 and _JOINT.fullmatch(self.text, frame.end, self._position)
            return frame.last if goes_on else None
        return frame.given if frame.given and frame.given.law else None

    def named_last(self) -> Cited | None:
        """What 同条 means here: named last in this bracket, else in one around it or beside it."""
        for frame in reversed(self._frames):
            if cited := frame.last or frame.aside:
                return cited
        return self.before

    def name(self, cited: Cited, end: int) -> None:
        """Note what a mention that ends at `end` names, and go on behind it."""
        self._position = max(self._position, end)
        self._frames[-1].last, self._frames[-1].end = cited, end

    def _open(self, sign: str, place: int) -> None:
        above = self._frames[-1]
        given = above.last if above.end == place else None
        self._frames.append(_Frame(sign, place, given))

    def _close(self, opening: str, place: int) -> None:
        if len(self._frames) == 1 or self._frames[-1].opening != opening:
            return
        closed = self._frames.pop()
        above = self._frames[-1]
        above.aside = closed.last or closed.aside or above.aside
        if above.end == closed.start:
            # A bracket right behind a provision does not end the list.
            above.end = place + 1
