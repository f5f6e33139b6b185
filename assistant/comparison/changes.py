"""What changed between two texts, stretch by stretch, as a careful clerk would underline it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.comparison.results import Change, Edit
from assistant.comparison.wording import narrow

# A number, a word of Latin letters or katakana changes whole; kanji and hiragana one by one.
_DIGITS = "[0-9０-９]+(?:[.,，．][0-9０-９]+)*"
_TOKEN = re.compile(
    rf"{_DIGITS}(?:[兆億万千百](?:{_DIGITS})?)*|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヴー]+|\s+|.", re.DOTALL
)
_WEAK = re.compile(r"[ぁ-んァ-ヴ一-龥々、。・の]{0,2}")


def changes_between(a: str, b: str) -> tuple[Change, ...]:
    """The stretches of A and B in order; their `a` joined are A, their `b` joined are B.

    Width and white space make no difference; a stretch of one or two characters left equal
    between two changes is taken into them.
    """
    tokens_a, tokens_b = _TOKEN.findall(a), _TOKEN.findall(b)
    keys_a, keys_b = list(map(_key, tokens_a)), list(map(_key, tokens_b))
    opcodes = SequenceMatcher(None, keys_a, keys_b, autojunk=False).get_opcodes()
    pieces = [
        _piece(edit, "".join(tokens_a[a_from:a_to]), "".join(tokens_b[b_from:b_to]))
        for edit, a_from, a_to, b_from, b_to in opcodes
    ]
    return tuple(
        Change(_edit(equal, mine, theirs), mine, theirs)
        for equal, mine, theirs in _slid(_merged(pieces))
    )


def _key(token: str) -> str:
    return "" if token.isspace() else narrow(token).replace(",", "")


def _piece(edit: str, a: str, b: str) -> tuple[bool, str, str]:
    # White space that only one side has is no change of words.
    return edit == "equal" or not (a.strip() or b.strip()), a, b


def _edit(equal: bool, a: str, b: str) -> Edit:
    if equal:
        return Edit.EQUAL
    if not b:
        return Edit.DELETE
    return Edit.REPLACE if a else Edit.INSERT


def _merged(pieces: list[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """Changes a character or two apart become one, and neighbours of a kind are joined."""
    merged: list[tuple[bool, str, str]] = []
    for at, (equal, a, b) in enumerate(pieces):
        inside = 0 < at < len(pieces) - 1
        if equal and inside and _WEAK.fullmatch(a) and _both_sides(pieces[at - 1], pieces[at + 1]):
            equal = False
        if merged and merged[-1][0] == equal:
            _, before_a, before_b = merged.pop()
            a, b = before_a + a, before_b + b
        merged.append((equal, a, b))
    return merged


def _slid(pieces: list[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """One-sided changes as late as they can stand: 「するよう努める」 gains よう努める, not るよう努め."""
    slid = list(pieces)
    for at in range(1, len(slid) - 1):
        equal, a, b = slid[at]
        before, after = slid[at - 1], slid[at + 1]
        if equal or bool(a) == bool(b) or not (before[0] and after[0]):
            continue
        change, shift = a or b, 0
        # Only what both sides write alike can pass from one side of the change to the other.
        while (
            shift < len(change)
            and shift < min(len(after[1]), len(after[2]))
            and change[shift] == after[1][shift] == after[2][shift]
        ):
            shift += 1
        moved, change = change[:shift], change[shift:] + after[1][:shift]
        slid[at - 1] = (True, before[1] + moved, before[2] + moved)
        slid[at] = (False, change if a else "", change if b else "")
        slid[at + 1] = (True, after[1][shift:], after[2][shift:])
    return [piece for piece in slid if piece[1] or piece[2]]


def _both_sides(before: tuple[bool, str, str], after: tuple[bool, str, str]) -> bool:
    """Whether the stretches around an equal one replace words on both sides."""
    return bool(before[1] and before[2]) or bool(after[1] and after[2])
