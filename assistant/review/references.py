"""References inside a draft that lead nowhere or to another clause than their words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.comparison.results import PolicyComparison
from assistant.review.findings import Finding, FindingKind, Severity
from assistant.review.places import offset_in, place_of, sentence_at
from assistant.similarity import containment
from kb.addresses import clause_mentions, clause_number
from kb.documents import Node, ParsedDocument, Reference
from kb.ids import is_at_or_below, node_id

_INTERNAL = "internal"
_DEICTIC = "internal_deictic"
# The words that say what stands there: 上記2に掲げる官公需に関する相談体制を活用する.
_NAMED = re.compile(
    r"(?:に(?:掲げる|規定する|定める|記載する|示す|おける)|の)(?!前段|後段|本文|ただし書|とおり|もの|ほか)([^、。（(]{4,30}?)(?=(?:を|に|が|は|と|で|、|。|$))"
)
_CHAPTER = re.compile(r"第\d+$")
_ABOVE = re.compile(r"^[上前]記")
_SAID = 0.9
_SHORTEST = 2
_SAME_WORDS = 0.5


def reference_findings(
    draft: ParsedDocument, against: ParsedDocument, comparison: PolicyComparison
) -> Iterator[Finding]:
    """References that dangle, 「上記」 that points ahead, and targets that say something else.

    `comparison` pairs the clauses of `against` (A) with those of the draft (B): where the paired
    clause refers too, its target tells which clause of the draft is meant.
    """
    nodes = {node.id: node for node in draft.nodes}
    counterparts = _Counterparts(draft, against, comparison)
    for reference in draft.references:
        node = nodes.get(reference.source)
        if node is None or not reference.kind.startswith(_INTERNAL):
            continue
        if reference.status == "dangling":
            yield _finding(
                node,
                reference,
                Severity.MUST,
                f"「{reference.text}」に当たる条項がありません。番号を確かめてください。",
            )
        elif reference.kind != _DEICTIC:
            reason = _wrong_direction(nodes, reference) or _says_else(draft, nodes, reference)
            if reason:
                yield _finding(node, reference, Severity.MUST, reason)
            elif reason := counterparts.disagree(reference):
                yield _finding(node, reference, Severity.CHECK, reason)
    yield from _unknown_numbers(draft)


def _unknown_numbers(draft: ParsedDocument) -> Iterator[Finding]:
    """Chapter numbers (第5) that no clause has and that were therefore taken for no reference."""
    ids = {node.id for node in draft.nodes}
    spans = [reference.span for reference in draft.references]
    for node in draft.nodes:
        for mention in clause_mentions(node.text):
            if not _CHAPTER.match(mention.labels[0]) or node_id(node.doc, mention.labels) in ids:
                continue
            place = place_of(node, mention.span.start, mention.span.end)
            if any(span.start < place.end and place.start < span.end for span in spans):
                continue
            words = node.text[mention.span.start : mention.span.end]
            yield Finding(
                FindingKind.REFERENCE,
                Severity.MUST,
                place,
                f"「{words}」に当たる条項がありません。番号を確かめてください。",
                sentence_at(node, mention.span.start),
            )


def _wrong_direction(nodes: dict[str, Node], reference: Reference) -> str | None:
    """「上記」 at a clause that comes later, or at the clause itself."""
    targets = [nodes[target] for target in reference.targets if target in nodes]
    if not _ABOVE.match(reference.text) or not targets:
        return None
    if any(target.start > reference.span.start for target in targets):
        return f"「{reference.text}」とありますが、その条項は後にあります。番号を確かめてください。"
    if all(target.id == reference.source for target in targets):
        return f"「{reference.text}」が、この条項自身を指しています。番号を確かめてください。"
    return None


def _says_else(draft: ParsedDocument, nodes: dict[str, Node], reference: Reference) -> str | None:
    """Whether the words after the reference stand in another clause but not in its target."""
    node = nodes[reference.source]
    end = offset_in(node, reference.span.end - 1)
    named = _NAMED.match(node.text, end + 1) if end is not None else None
    if named is None:
        return None
    words = named[1]
    if max((_said(draft, target, words) for target in reference.targets), default=1.0) >= _SAID:
        return None
    above = {item.id for item in draft.nodes if is_at_or_below(reference.source, item.id)}
    others = [item for item in draft.nodes if item.id not in above and item.heading]
    found = _headed(words, others)
    if found is None or any(found[1] in _all_text(draft, target) for target in reference.targets):
        return None
    return (
        f"「{reference.text}」の先に「{found[1]}」の記載がありません。"
        f"{clause_number(found[0])}「{found[0].heading}」を指すのではありませんか。"
    )


def _headed(words: str, nodes: Sequence[Node]) -> tuple[Node, str] | None:
    """The clause whose heading has the longest beginning of `words`, and that beginning."""
    for length in range(len(words), _SHORTEST - 1, -1):
        for node in nodes:
            if words[:length] in node.heading:
                return node, words[:length]
    return None


def _said(draft: ParsedDocument, target: str, words: str) -> float:
    """How much of `words` stands in the target or below it, 0 to 1."""
    return containment(words, _all_text(draft, target))


def _all_text(draft: ParsedDocument, target: str) -> str:
    return "\n".join(node.text for node in draft.nodes if is_at_or_below(node.id, target))


class _Counterparts:
    """Where the clauses of the other document that answer the draft's ones refer to."""

    def __init__(
        self, draft: ParsedDocument, against: ParsedDocument, comparison: PolicyComparison
    ) -> None:
        self._nodes = {node.id: node for node in draft.nodes}
        self._to_draft: dict[str, list[str]] = {}
        self._to_against: dict[str, list[str]] = {}
        for pair in comparison.pairs:
            if pair.a and pair.b:
                self._to_draft.setdefault(pair.a.id, []).append(pair.b.id)
                self._to_against.setdefault(pair.b.id, []).append(pair.a.id)
        self._references = [
            reference
            for reference in against.references
            if reference.kind.startswith(_INTERNAL) and reference.kind != _DEICTIC
        ]
        self._texts = {node.id: node for node in (*draft.nodes, *against.nodes)}

    def disagree(self, reference: Reference) -> str | None:
        """Why the target is not what the other document's reference in the same words means."""
        alike = [
            other
            for source in self._to_against.get(reference.source, ())
            for other in self._references
            if other.source == source
            and containment(self._context(reference), self._context(other)) >= _SAME_WORDS
        ]
        meant = [
            clause
            for other in alike
            for target in other.targets
            for clause in self._to_draft.get(target, ())
        ]
        if not meant or any(_on_one_branch(a, b) for a in reference.targets for b in meant):
            return None
        clause = self._nodes[meant[0]]
        return (
            f"基本方針の対応する条項が指す内容は、この案では{clause_number(clause)}"
            f"「{clause.heading or clause.body[:20]}」にあります。"
            f"「{reference.text}」の番号を確かめてください。"
        )

    def _context(self, reference: Reference) -> str:
        node = self._texts[reference.source]
        end = offset_in(node, reference.span.end - 1)
        return node.text[end + 1 : end + 25] if end is not None else ""


def _on_one_branch(one: str, other: str) -> bool:
    return is_at_or_below(one, other) or is_at_or_below(other, one)


def _finding(node: Node, reference: Reference, severity: Severity, reason: str) -> Finding:
    position = offset_in(node, reference.span.start) or 0
    place = place_of(node)
    return Finding(
        FindingKind.REFERENCE,
        severity,
        type(place)(place.id, place.address, reference.span.start, reference.span.end),
        reason,
        sentence_at(node, position),
    )
