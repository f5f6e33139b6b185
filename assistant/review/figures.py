"""Figures of a draft that differ from the 基本方針's, or are still those of an earlier year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.comparison.figures import numbers
from assistant.comparison.results import PolicyComparison
from assistant.review.findings import Finding, FindingKind, Severity
from assistant.review.places import place_of
from assistant.sentences import Sentence, split_sentences
from assistant.similarity import likeness
from kb.addresses import document_name
from kb.documents import Node, ParsedDocument

_SAME_SENTENCE = 0.8
_OWN_TARGET = re.compile(r"目標|比率|金額")
_STILL = re.compile(r"引き続き|据え置|維持")


def figure_findings(
    draft: ParsedDocument,
    against: ParsedDocument,
    known: Sequence[ParsedDocument],
    comparison: PolicyComparison,
) -> Iterator[Finding]:
    """Figures that differ in a sentence taken over, and targets taken over from an earlier year.

    `comparison` pairs the clauses of `against` (A) with those of the draft (B); an earlier year is
    one of `known` by the same issuer.
    """
    ours = {node.id: node for node in draft.nodes}
    theirs = {node.id: node for node in against.nodes}
    for pair in comparison.pairs:
        if pair.a and pair.b:
            yield from _changed(ours[pair.b.id], theirs[pair.a.id])
    for other in known:
        if _is_earlier(other, draft):
            yield from _unchanged(draft, other)


def _changed(node: Node, base: Node) -> Iterator[Finding]:
    for sentence in split_sentences(node.text):
        here = numbers(sentence.text)
        other = _same_sentence(sentence.text, [base]) if here else None
        if other is None:
            continue
        there = numbers(other[1].text)
        if len(here) == len(there) and here != there:
            changed = [(a, b) for a, b in zip(there, here, strict=True) if a != b]
            named = "、".join(f"「{a}」が「{b}」" for a, b in changed)
            reason = f"基本方針と同じ文ですが、{named}になっています。"
            yield _finding(node, sentence, reason, *other)


def _is_earlier(other: ParsedDocument, draft: ParsedDocument) -> bool:
    mine, own = other.document.fiscal_year, draft.document.fiscal_year
    return (
        bool(draft.document.issuer)
        and other.document.issuer == draft.document.issuer
        and mine is not None
        and own is not None
        and mine < own
    )


def _unchanged(draft: ParsedDocument, other: ParsedDocument) -> Iterator[Finding]:
    for node in draft.nodes:
        for sentence in split_sentences(node.text):
            figures = numbers(sentence.text)
            if not figures or not _OWN_TARGET.search(sentence.text) or _STILL.search(sentence.text):
                continue
            before = _same_sentence(sentence.text, other.nodes)
            if before and numbers(before[1].text) == figures:
                reason = (
                    f"{document_name(other.document)}と同じ数値（{'、'.join(figures)}）です。"
                    "今年度の数値か確かめてください。"
                )
                yield _finding(node, sentence, reason, *before)


def _same_sentence(text: str, nodes: Sequence[Node]) -> tuple[Node, Sentence] | None:
    """The sentence of `nodes` that says the same but for figures and the like."""
    rivals = [(node, item) for node in nodes for item in split_sentences(node.text)]
    best = max(rivals, key=lambda rival: likeness(rival[1].text, text), default=None)
    return best if best and likeness(best[1].text, text) >= _SAME_SENTENCE else None


def _finding(node: Node, sentence: Sentence, reason: str, base: Node, other: Sentence) -> Finding:
    return Finding(
        FindingKind.FIGURE,
        Severity.CHECK,
        place_of(node, sentence.start, sentence.end),
        reason,
        sentence.text,
        place_of(base, other.start, other.end),
        other.text,
    )
