"""Clauses that an answering sentence leans on: 「上記2に掲げる体制」, 「第2-15と同様の配慮」."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.evidence.choice import Evidence, Judged, Role, evidence_of, operative_sentence
from kb.addresses import is_own_words
from kb.documents import Document, Node, Reference
from kb.ids import is_at_or_below
from kb.spans import Span
from kb.store import KnowledgeBase
from retrieval.query import Query
from retrieval.relevance import Relevance

# 「上記(5)の対応に当たっては」 names another clause without taking anything over from it.
_TAKES_OVER = re.compile(
    r"\s*(?:の)?(?:から.{1,6}まで)?\s*(?:に(?:掲げる|定める|規定する|示す|準じ)|と同(?:様|じ)|の例に|を準用|による)"
)
_ASKED = re.compile(
    r"上記|前記|前掲|前段|準用|に掲げる|飛ばさ|を参照|参照(?:先|元|して)|同様|[何どこ]を指|引用|」とある"
)
_CLAUSES = ("internal_explicit", "internal_range")
"""Kinds of references to a clause by its number; 「以下の措置」 is what stands there anyway."""
_LOOKED_AT = 24
_SAID_OF_CHAPTER = 80
_TERM = re.compile(r"「([^「」]{3,20})」")
_MOST = 4
_CHAPTER = 2


def asks_for_reference(query: Query) -> bool:
    """Whether a question is about what a clause refers to, or about what refers to it."""
    return bool(_ASKED.search(query.text)) or any(
        is_own_words(query.text, mention) for mention in query.clauses
    )


def referred(
    kb: KnowledgeBase, relevance: Relevance, evidence: Sequence[Evidence], query: Query
) -> tuple[Evidence, ...]:
    """What the sentences of `evidence` take over from other clauses, without what is there already.

    Of a clause that only heads others the one is taken that fits the question best. A whole chapter
    is left out: it says nothing about what is asked. Where the question is about a reference, every
    reference of the first place counts, and of a chapter the clauses with the terms quoted of it.
    """
    known = {item.node.id for item in evidence}
    everything = asks_for_reference(query)
    found: dict[str, Evidence] = {}
    for item in evidence:
        for target in _targets(kb, item, everything and item is evidence[0]):
            node = _with_words(kb, relevance, kb.node(target))
            if not _is_known(node.id, known | found.keys()):
                found[node.id] = _as_referred(relevance, node, item.document)
    return tuple(found.values())


def named_by(kb: KnowledgeBase, nodes: Sequence[Node], query: Query) -> tuple[Node, ...]:
    """The clauses that `nodes` name by number, where the question is about a reference."""
    if not asks_for_reference(query):
        return ()
    known = [node.id for node in nodes]
    found: dict[str, Node] = {}
    for node in nodes:
        for target in _clauses_named(kb, node):
            if not _is_known(target, known):
                found.setdefault(target, kb.node(target))
    return tuple(found.values())


def referring(
    kb: KnowledgeBase,
    relevance: Relevance,
    evidence: Sequence[Evidence],
    found: Sequence[Judged],
) -> tuple[Evidence, ...]:
    """The likeliest other candidate that refers to the first place of `evidence`."""
    aim = evidence[0].node.id
    known = {item.node.id for item in evidence}
    for item in sorted(found, key=lambda judged: -judged.chance):
        node = item.candidate.node
        if node.id in known or is_at_or_below(aim, node.id):
            continue
        targets = [target for made in kb.references_of(node.id) for target in made.targets]
        if any(
            is_at_or_below(aim, target) and len(target.split("/")) > _CHAPTER for target in targets
        ):
            return (evidence_of(relevance, item.candidate, Role.ANSWER, item.chance),)
    return ()


def _targets(kb: KnowledgeBase, item: Evidence, everything: bool) -> Iterator[str]:
    node, sentence = item.node, item.sentence
    span = node.source_map.to_source(sentence.start, sentence.end)
    text = kb.text(node.doc)
    for reference in kb.references_of(node.id):
        if reference.kind not in _CLAUSES:
            continue
        if everything:
            yield from _aims(kb, node, reference)
        elif _stands_in(reference, span) and _takes_over(text, reference):
            yield from _narrow(node, reference)


def _clauses_named(kb: KnowledgeBase, node: Node) -> Iterator[str]:
    for reference in kb.references_of(node.id):
        if reference.kind in _CLAUSES:
            yield from _aims(kb, node, reference)


def _aims(kb: KnowledgeBase, node: Node, reference: Reference) -> Iterator[str]:
    yield from _narrow(node, reference)
    for target in filter(is_chapter, reference.targets):
        yield from within_chapter(kb, node, reference, target)


def is_chapter(id: str) -> bool:
    """Whether an id is that of a whole chapter: 第2."""
    return len(id.split("/")) <= _CHAPTER


def within_chapter(
    kb: KnowledgeBase, node: Node, reference: Reference, chapter: str
) -> Iterator[str]:
    """The clauses of a chapter that a reference of `node` means.

    「上記第2に掲げる「相談窓口」」 means the clauses of 第2 that first speak of the 相談窓口, 「第1の目標」
    all that a short chapter has.
    """
    end = reference.span.end
    said = "".join(kb.text(node.doc)[end : end + _SAID_OF_CHAPTER].split()).partition("。")[0]
    below = [item for item in kb.nodes(node.doc) if item.body and item.id.startswith(f"{chapter}/")]
    terms = _TERM.findall(said)
    for term in terms:
        yield from [item.id for item in below if term in "".join(item.text.split())][:1]
    if not terms and len(below) <= _MOST:
        yield from [item.id for item in below]


def _narrow(node: Node, reference: Reference) -> Iterator[str]:
    """The first targets of a reference, without chapters and what the node stands in."""
    for target in reference.targets[:_MOST]:
        if not is_chapter(target) and not is_at_or_below(node.id, target):
            yield target


def _stands_in(reference: Reference, span: Span) -> bool:
    return span.start <= reference.span.start < span.end


def _takes_over(text: str, reference: Reference) -> bool:
    end = reference.span.end
    following = "".join(text[end : end + _LOOKED_AT].split())
    within = "".join(reference.text.split())
    return bool(_TAKES_OVER.match(following) or _TAKES_OVER.search(within))


def _with_words(kb: KnowledgeBase, relevance: Relevance, node: Node) -> Node:
    """The node itself when it has a body, else the clause right below it that fits best."""
    below = [child for child in kb.children(node.id) if child.body]
    if node.body or not below:
        return node
    return max(below, key=lambda child: relevance.coverage(child.text))


def _is_known(node: str, known: Collection[str]) -> bool:
    return any(is_at_or_below(other, node) or is_at_or_below(node, other) for other in known)


def _as_referred(relevance: Relevance, node: Node, document: Document) -> Evidence:
    return Evidence(node, document, node.case, operative_sentence(relevance, node), Role.REFERRED)
