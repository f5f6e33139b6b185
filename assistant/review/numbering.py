"""Clause numbers of a draft that leave a gap, stand twice or had to be read as others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.review.findings import Finding, FindingKind, Severity
from assistant.review.places import narrow_digits, place_of, sentence_at
from kb.documents import Node, NodeKind, ParsedDocument

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANA = "アイウエオカキクケコサシスセソタチツテト"
_AGAIN = re.compile(r"#\d+$")
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("第1", re.compile(r"第(\d{1,2})$")),
    ("1", re.compile(r"(\d{1,2})$")),
    ("(1)", re.compile(r"\((\d{1,2})\)$")),
    ("①", re.compile(rf"([{_CIRCLED}])$")),
    ("ア", re.compile(rf"([{_KANA}])$")),
)
# A line inside a clause's words that looks like a clause of its own: its number did not fit.
_STRAY = re.compile(
    rf"(?:第(\d{{1,2}})[ 　]|(\d{{1,2}})[ 　.．](?=\S{{4}})|\((\d{{1,2}})\)|([{_CIRCLED}]))\s*(?=[^\d\s,、及])"
)


_TWICE = "番号「{}」が続けて2回使われています。"


def numbering_findings(draft: ParsedDocument) -> Iterator[Finding]:
    """Gaps, repeats and wrong order among siblings, repaired labels, lines that did not fit."""
    siblings: dict[str | None, list[Node]] = {}
    for node in draft.nodes:
        if node.kind is NodeKind.CLAUSE:
            siblings.setdefault(node.parent, []).append(node)
            yield from _repaired(node)
            yield from _stray(node)
    for nodes in siblings.values():
        yield from _sequence(nodes)


def label_number(label: str) -> tuple[str, int] | None:
    """The style of a label and its place in the count: (3) is ("(1)", 3)."""
    plain = _AGAIN.sub("", label)
    for style, pattern in _STYLES:
        if match := pattern.match(plain):
            text = match[1]
            if text.isdecimal():
                return style, int(text)
            return style, (_CIRCLED if text in _CIRCLED else _KANA).index(text) + 1
    return None


def _sequence(nodes: Sequence[Node]) -> Iterator[Finding]:
    numbered = [(node, label_number(node.label)) for node in nodes]
    counted = [(node, *number) for node, number in numbered if number]
    for _, group in groupby(counted, key=lambda item: item[1]):
        expected, before = 1, ""
        for node, _, number in group:
            reason = _fault(number, expected, node.label, before)
            if reason:
                yield _finding(node, Severity.MUST, reason)
            expected, before = number + 1, node.label


def _fault(number: int, expected: int, label: str, before: str) -> str | None:
    if number == expected:
        return None
    if not before:
        return f"「{label}」から始まっています。前の番号が抜けていないか確かめてください。"
    if number == expected - 1:
        return _TWICE.format(label)
    if number > expected:
        return f"「{before}」の次が「{label}」です。間の番号が抜けています。"
    return f"「{before}」の次が「{label}」です。番号の順序が逆になっています。"


def _repaired(node: Node) -> Iterator[Finding]:
    for repair in node.repairs:
        if repair.kind != "label":
            continue
        written = repair.before or _number_ahead(node.text)
        read_as = f"並びから「{repair.after}」と読みました。"
        if repair.before:
            reason = f"番号「{written}」は{read_as}番号の書き方を確かめてください。"
            yield _finding(node, Severity.NOTE, reason)
        elif written:
            reason = f"番号「{written}」は前の並びに続いていません。{read_as}"
            yield _finding(node, Severity.MUST, reason)
        else:
            yield _finding(node, Severity.CHECK, f"番号がありません。{read_as}")


def _number_ahead(text: str) -> str:
    """The number with which the words begin that the reader took for no label; "" for none."""
    match = _STRAY.match(narrow_digits(text))
    return match[0].strip(" .") if match else ""


def _stray(node: Node) -> Iterator[Finding]:
    position = len(node.heading) + 1 if node.heading else 0
    for line in node.text[position:].split("\n"):
        match = _STRAY.match(narrow_digits(line))
        if match and position > len(node.heading) + 1:
            label = match[0].strip(" .")
            again = label_number(label) == label_number(node.label)
            yield Finding(
                FindingKind.NUMBERING,
                Severity.MUST if again else Severity.CHECK,
                place_of(node, position, position + match.end()),
                _TWICE.format(label)
                if again
                else f"「{label}」で始まる行がありますが、番号が前の並びに続いていません。",
                sentence_at(node, position),
            )
        position += len(line) + 1


def _finding(node: Node, severity: Severity, reason: str) -> Finding:
    return Finding(FindingKind.NUMBERING, severity, place_of(node), reason, sentence_at(node, 0))


def fragment_findings(draft: ParsedDocument) -> Iterator[Finding]:
    """Ends of sentences that stand alone, which the reader had to leave out."""
    for node in draft.nodes:
        for repair in node.repairs:
            if repair.kind == "fragment":
                place = place_of(node)
                yield Finding(
                    FindingKind.FRAGMENT,
                    Severity.MUST,
                    type(place)(place.id, place.address, repair.span.start, repair.span.end),
                    f"「{repair.before}」だけの行があります。消し忘れがないか確かめてください。",
                    repair.before,
                )
