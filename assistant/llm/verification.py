"""What the model wrote, cut down to what its evidence bears out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.checking import CheckedStatement, Fault, FaultKind, Source, check
from assistant.checking.evidence import Cited
from assistant.checking.statements import Kind, Statement, bullet, is_table_rule, lines_of
from assistant.llm.prompt import Evidence
from assistant.quotes import cite
from assistant.sentences import Sentence, split_sentences
from kb.documents import Node
from kb.results import Citation
from kb.store import KnowledgeBase

_ENOUGH = 0.5
"""Share of the claims that must hold: what is left of a worse answer would mislead."""
_PROVISO = ("ただし", "但し")
_SILENT = (Kind.EMPTY, Kind.OPENER)


@dataclass(frozen=True, slots=True)
class Verified:
    """The text that holds with its citations, and the faults of what was taken out.

    `text` is "" when too little holds.
    """

    text: str
    citations: tuple[Citation, ...]
    faults: tuple[Fault, ...]
    removed: int


def verified(kb: KnowledgeBase, reply: str, evidence: Sequence[Evidence]) -> Verified:
    """Take every faulty statement out of `reply` and cite the rest sentence by sentence.

    What is left is checked again until all of it holds: an exception that was named in a statement
    taken out is missing from the rest.
    """
    sources = [Source.of(kb, item.node, item.n) for item in evidence]
    claims = sum(item.statement.claims for item in check(reply, sources).statements)
    text, faults, removed = reply, list[Fault](), 0
    while True:
        statements = check(text, sources).statements
        wrong = [item for item in statements if not item.holds]
        if not wrong:
            break
        removed += len(wrong)
        faults += [fault for item in wrong for fault in item.faults[:1]]
        text = _rebuilt(
            text, statements, {id(item): item.statement.raw for item in statements if item.holds}
        )
    citing = _Citing(kb, evidence)
    written = {id(item): citing.written(item.statement) for item in statements}
    kept = {key: words for key, words in written.items() if words is not None}
    lost = len(written) - len(kept)
    faults += [Fault(FaultKind.MISQUOTED)] * lost
    held = sum(item.statement.claims for item in statements if id(item) in kept)
    if not held or held < _ENOUGH * claims:
        return Verified("", (), tuple(faults), removed + lost)
    text = _rebuilt(text, statements, kept)
    return Verified(text, tuple(citing.citations), tuple(faults), removed + lost)


def says_nothing(kb: KnowledgeBase, reply: str, evidence: Sequence[Evidence]) -> bool:
    """Whether the reply claims nothing, as when it finds no answer or refuses to give one."""
    sources = [Source.of(kb, item.node, item.n) for item in evidence]
    statements = [item.statement for item in check(reply, sources).statements]
    return not any(statement.claims for statement in statements)


def _rebuilt(text: str, statements: Sequence[CheckedStatement], kept: dict[int, str]) -> str:
    """The lines of `text` with only the statements of `kept`, in the words given there."""
    lines: list[tuple[str, Kind | None]] = []
    for at, line in enumerate(lines_of(text)):
        here = [item for item in statements if item.statement.line == at]
        if not here:
            lines.append((line, None))
            continue
        words = "".join(kept[id(item)] for item in here if id(item) in kept)
        if words:
            kinds = {item.statement.kind for item in here if id(item) in kept}
            kind = Kind.FRAME if kinds == {Kind.FRAME} else Kind.CLAIM
            lines.append((f"{bullet(line)}{words}", kind))
    return "\n".join(_without_empty_frames(lines)).strip()


def _without_empty_frames(lines: Sequence[tuple[str, Kind | None]]) -> list[str]:
    """Without headings, lead-ins and table heads that nothing follows, and doubled blank lines."""
    found: list[str] = []
    follows = False
    for line, kind in reversed(lines):
        if kind is Kind.CLAIM:
            follows = True
        elif kind is Kind.FRAME:
            if not follows:
                continue
            # A heading above this one still has this one's text below it.
        elif is_table_rule(line) and line.strip() and not (found and "|" in found[-1]):
            continue
        if not line.strip() and found and not found[-1].strip():
            continue
        found.append(line)
    return found[::-1]


class _Citing:
    """Gives every statement the numbers of verbatim sentences that bear it out."""

    def __init__(self, kb: KnowledgeBase, evidence: Sequence[Evidence]) -> None:
        self.citations: list[Citation] = []
        self._kb = kb
        self._nodes = {item.n: item.node for item in evidence}
        self._numbers: dict[tuple[str, int, int], int] = {}

    def written(self, statement: Statement) -> str | None:
        """The statement with its new marks; None when a sentence cannot be quoted verbatim."""
        if statement.kind in _SILENT:
            return ""
        words = ""
        one_place = len(statement.segments) == 1
        for piece, numbers in statement.pieces:
            about = statement.text if one_place else piece
            marks = self._marks(about, numbers)
            if marks is None:
                return None
            words += piece + marks
        if statement.numbers and not any(numbers for _, numbers in statement.pieces):
            marks = self._marks(statement.text, statement.numbers)
            if marks is None:
                return None
            end = len(words.rstrip("。 "))
            words = words[:end] + marks + words[end:]
        return words

    def _marks(self, text: str, numbers: Sequence[int]) -> str | None:
        marks: list[int] = []
        for number in numbers:
            cited = self._cited(text, self._nodes[number])
            if not cited:
                return None
            marks += cited
        return "".join(f"[{mark}]" for mark in dict.fromkeys(marks))

    def _cited(self, text: str, node: Node) -> list[int]:
        """Numbers of the sentence of the node that the text rests on, and of its proviso."""
        for first, *provisos in _resting(self._kb, text, node):
            number = self._number(node, first)
            if number:
                return [number, *filter(None, (self._number(node, item) for item in provisos))]
        return []

    def _number(self, node: Node, sentence: Sentence) -> int:
        """The number of a citation, made if need be; 0 when it does not stand in the source."""
        key = (node.id, sentence.start, sentence.end)
        if key not in self._numbers:
            try:
                made = cite(self._kb, node, sentence.start, sentence.end, len(self.citations) + 1)
            except ValueError:
                return 0
            if not made.verified:
                return 0
            self.citations.append(made)
            self._numbers[key] = made.n
        return self._numbers[key]


def _resting(kb: KnowledgeBase, text: str, node: Node) -> list[list[Sentence]]:
    """The sentences of a node, those that bear the text out best first, each with its proviso."""
    sentences = list(split_sentences(node.text))
    cited = Cited.of(text, [Source.of(kb, node, 1).trusted])
    order = {words: rank for rank, words in enumerate(cited.nearest)}
    ranked = sorted(sentences, key=lambda item: order.get(item.text, len(order)))
    following = dict(pairwise(sentences))
    return [
        [
            item,
            *(
                [after]
                if (after := following.get(item)) and after.text.startswith(_PROVISO)
                else []
            ),
        ]
        for item in ranked
    ]
