"""Clauses of the 基本方針 that a draft leaves out or states with a weaker duty."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.comparison.obligations import Obligation, grade, obligations
from assistant.comparison.outline import outline_of
from assistant.comparison.results import Kind, PolicyComparison
from assistant.duty import Duty
from assistant.review.findings import Finding, FindingKind, Severity
from assistant.review.places import place_of, sentence_at
from assistant.sentences import split_sentences
from assistant.similarity import likeness
from kb.addresses import clause_number
from kb.documents import Node, NodeKind, ParsedDocument

# Rules for named bodies are not an office's to take over, nor is what only sets the scene.
_SUBJECT = re.compile(r"(?:また|なお|さらに)?、?([^。]{1,40}?)は、")
_NAMED_BODY = re.compile(r"庁|省|内閣府|委員会|独立行政法人|地方公共団体|政府|^国$")
_OFFICES = re.compile(r"国等|各府省等|各省各庁")
_SCENE = re.compile(r"(?:意義|背景|趣旨|経緯)$")
_INTRODUCES = re.compile(r"(?:次|以下)の(?:とおり|通り|措置)")
_MOST_TOGETHER = 8
"""Rules that one finding may name; a greater part of the tree is told clause by clause."""
_SAID_SO = 0.6
_TAKEN_OVER = 0.7
_ALIKE = 0.3
"""What two obligations must share to be the same one, 0 to 1."""


def coverage_findings(
    draft: ParsedDocument, against: ParsedDocument, comparison: PolicyComparison
) -> Iterator[Finding]:
    """What `comparison` of `against` (A) with the draft (B) tells: left out and weaker."""
    sides = _Sides(draft, against, comparison)
    yield from _uncovered(sides)
    yield from _weaker(sides)


class _Sides:
    """The clauses of both documents and how they are paired."""

    def __init__(
        self, draft: ParsedDocument, against: ParsedDocument, comparison: PolicyComparison
    ) -> None:
        self.draft = {node.id: node for node in draft.nodes}
        self.against = {node.id: node for node in against.nodes}
        self.below: dict[str | None, list[Node]] = {}
        for node in against.nodes:
            self.below.setdefault(node.parent, []).append(node)
        self.pairs = [
            (self.against[pair.a.id], self.draft[pair.b.id], pair.main)
            for pair in comparison.pairs
            if pair.a and pair.b
        ]
        self.lacking = {
            pair.a.id for pair in comparison.pairs if pair.kind is Kind.ONLY_A and pair.a
        } | set(_crowded_out(self.pairs))
        outline = outline_of(against)
        self.announcing = {
            node.id
            for node, announces in zip(outline.nodes, outline.announces, strict=True)
            if announces
        }


def _crowded_out(pairs: Sequence[tuple[Node, Node, bool]]) -> Iterator[str]:
    """Clauses that share their only answers with others, and of whose words none is theirs.

    Every obligation of an answer is taken for the clause that it is most like, and for any that it
    plainly says; a clause that is the main one of an answer needs none.
    """
    answers: dict[str, list[Node]] = {}
    for mine, theirs, _ in pairs:
        answers.setdefault(theirs.id, []).append(mine)
    served = {mine.id for mine, _, main in pairs if main}
    for _, theirs, _ in pairs:
        for item in obligations(theirs.body):
            nearness = {node.id: _nearest(item.text, node) for node in answers[theirs.id]}
            best = max(nearness.values())
            served |= {name for name, near in nearness.items() if near >= min(best, _SAID_SO)}
    yield from {mine.id for mine, _, _ in pairs} - served


def _nearest(text: str, node: Node) -> float:
    return max((likeness(text, item.text) for item in obligations(node.text)), default=0.0)


def _uncovered(sides: _Sides) -> Iterator[Finding]:
    """One finding for every clause left out; parts left out with the whole go with it."""
    answered = {mine.id: theirs for mine, theirs, main in sides.pairs if main}
    near = next(iter(sides.draft.values()))
    done: set[str] = set()
    for clause in sides.against.values():
        near = answered.get(clause.id, near)
        if clause.id in done or clause.kind is not NodeKind.CLAUSE:
            continue
        parts = [clause, *_all_below(sides, clause)]
        rules = [part for part in parts if _is_rule(sides, part)]
        whole = all(rule.id in sides.lacking for rule in rules)
        if whole and len(rules) <= _MOST_TOGETHER:
            done |= {part.id for part in parts}
        elif clause in rules and clause.id in sides.lacking:
            rules = [clause]
        else:
            continue
        if rules:
            yield _missing(clause, rules, near, sides.lacking)


def _all_below(sides: _Sides, clause: Node) -> Iterator[Node]:
    for node in sides.below.get(clause.id, ()):
        yield node
        yield from _all_below(sides, node)


def _is_rule(sides: _Sides, clause: Node) -> bool:
    """Whether a clause holds a rule of its own that binds every office."""
    if (
        clause.kind is not NodeKind.CLAUSE
        or clause.id in sides.announcing
        or (clause.id in sides.below and _INTRODUCES.search(clause.body))
        or _SCENE.search(clause.heading)
    ):
        return False
    node: Node | None = clause
    while node is not None:
        if subject := _SUBJECT.match(node.body):
            return bool(_OFFICES.search(subject[1])) or not _NAMED_BODY.search(subject[1])
        node = sides.against.get(node.parent or "")
    return True


def _missing(clause: Node, rules: Sequence[Node], near: Node, lacking: Collection[str]) -> Finding:
    duties = [item.duty for rule in rules for item in obligations(rule.body)]
    strongest = max(duties, default=Duty.NONE)
    place = place_of(clause)
    parts = "、".join(clause_number(rule) for rule in rules if rule is not clause)
    among = "" if clause.id in lacking else f"のうち{parts}"
    scope = f"、{parts}を含む" if parts and not among else ""
    return Finding(
        FindingKind.UNCOVERED,
        Severity.CHECK if strongest >= Duty.RULE else Severity.NOTE,
        place_of(near),
        f"基本方針の{place.address}「{clause.heading or _shortened(clause.body)}」{among}に当たる"
        f"条項がありません（{strongest.japanese}{scope}）。入れない理由があるか確かめてください。",
        "",
        place_of(rules[0]),
        split_sentences(rules[0].body)[0].text,
    )


def _shortened(text: str) -> str:
    first = text.split("\n")[0]
    return first if len(first) <= 30 else f"{first[:30]}…"


def _weaker(sides: _Sides) -> Iterator[Finding]:
    """Obligations of the draft that bind less than those of the clauses they answer."""
    answers: dict[str, list[Node]] = {}
    for mine, theirs, _ in sides.pairs:
        answers.setdefault(theirs.id, []).append(mine)
    for theirs_id, clauses in answers.items():
        theirs = sides.draft[theirs_id]
        rules = [(clause, item) for clause in clauses for item in obligations(clause.body)]
        ours = obligations(theirs.body)
        # The only obligations of two clauses that answer each other answer each other.
        enough = 0.0 if len(rules) == len(ours) == 1 else _ALIKE
        for after in ours:
            if after.duty is Duty.NONE or not rules:
                continue
            mine, before = max(rules, key=lambda rule: _likeness(rule[1], after))
            # 「次のとおり取り組む」 leads in to rules that bind by their own words.
            leads_in = _INTRODUCES.search(sentence_at(theirs, _range(theirs, after.text)[0]))
            if leads_in and _likeness(before, after) < _TAKEN_OVER:
                continue
            if (
                _likeness(before, after) >= enough
                and before.duty >= Duty.RULE
                and grade(after.duty) < grade(before.duty)
            ):
                yield _weak(mine, theirs, before, after)


def _likeness(one: Obligation, other: Obligation) -> float:
    return 0.6 * likeness(one.text, other.text) + 0.4 * likeness(one.act, other.act)


def _weak(mine: Node, theirs: Node, before: Obligation, after: Obligation) -> Finding:
    a, b = _range(mine, before.text), _range(theirs, after.text)
    return Finding(
        FindingKind.WEAKER,
        Severity.CHECK,
        place_of(theirs, *b),
        f"基本方針は「{before.duty.japanese}」ですが、ここは「{after.duty.japanese}」で、"
        "義務が弱くなっています。",
        sentence_at(theirs, b[0]),
        place_of(mine, *a),
        sentence_at(mine, a[0]),
    )


def _range(node: Node, words: str) -> tuple[int, int]:
    start = max(node.text.find(words), 0)
    return start, start + len(words)
