"""Which of the hits an answer may rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.sentences import Sentence, split_sentences
from assistant.similarity import containment, likeness
from kb.documents import Case, Document, DocumentKind, Node
from kb.results import Hit
from kb.store import KnowledgeBase
from retrieval.query import Intent
from retrieval.relevance import Relevance

_POLICIES = (DocumentKind.KIHON, DocumentKind.KIKAN)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a further hit counts as evidence beside the first; tuned on fold 0 of eval/questions.

    It needs `near` of the first hit's score (`listed` when cases or agencies are to be listed or
    compared, with half the first one's coverage) or, in another policy, `parallel_score` of it and
    the same rule in words that are alike to the degree `parallel`.
    """

    near: float = 0.95
    listed: float = 0.7
    listed_coverage: float = 0.5
    parallel: float = 0.45
    parallel_score: float = 0.6
    limit: int = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """A node that answers, and the sentence of it that does."""

    node: Node
    document: Document
    case: Case | None
    sentence: Sentence


def choose(
    kb: KnowledgeBase,
    relevance: Relevance,
    intent: Intent,
    hits: Sequence[Hit],
    thresholds: Thresholds,
) -> tuple[Evidence, ...]:
    """The hits that an answer of this kind rests on, the best first."""
    documents = {document.id: document for document in kb.documents()}
    chosen: list[Hit] = list(hits[:1])
    for hit in hits[1:]:
        if len(chosen) == thresholds.limit:
            break
        if _is_near(relevance, intent, chosen[0], hit, thresholds) or _is_parallel(
            documents, chosen, hit, thresholds
        ):
            chosen.append(hit)
    return evidence_of(kb, relevance, chosen)


def evidence_of(
    kb: KnowledgeBase, relevance: Relevance, hits: Sequence[Hit]
) -> tuple[Evidence, ...]:
    """Each hit's node with the sentence that answers best."""
    documents = {document.id: document for document in kb.documents()}
    nodes = [kb.node(hit.id) for hit in hits]
    return tuple(
        Evidence(node, documents[hit.doc], hit.case, operative_sentence(relevance, node))
        for node, hit in zip(nodes, hits, strict=True)
    )


def _is_near(
    relevance: Relevance, intent: Intent, first: Hit, hit: Hit, thresholds: Thresholds
) -> bool:
    if intent not in (Intent.LIST, Intent.COMPARE):
        return hit.score >= thresholds.near * first.score
    return hit.score >= thresholds.listed * first.score and relevance.coverage(
        _with_headings(hit)
    ) >= thresholds.listed_coverage * relevance.coverage(_with_headings(first))


def _is_parallel(
    documents: dict[str, Document], chosen: Sequence[Hit], hit: Hit, thresholds: Thresholds
) -> bool:
    """Whether a policy without evidence so far words the rule of the first hit in its own place."""
    first = chosen[0]
    return (
        documents[hit.doc].kind in _POLICIES
        and documents[first.doc].kind in _POLICIES
        and all(other.doc != hit.doc for other in chosen)
        and hit.score >= thresholds.parallel_score * first.score
        and max(
            likeness(first.text, hit.text),
            containment(hit.text, first.text),
            containment(first.text, hit.text),
        )
        >= thresholds.parallel
    )


def _with_headings(hit: Hit) -> str:
    return "\n".join((*hit.breadcrumbs, hit.text))


def operative_sentence(relevance: Relevance, node: Node) -> Sentence:
    """The sentence of the node's body that answers best; its heading when it has no body."""
    sentences = split_sentences(node.text)
    body = [item for item in sentences if item.start >= len(node.heading)] or list(sentences)
    closeness = relevance.closeness([item.text for item in body])
    return max(
        zip(body, closeness, strict=True),
        key=lambda pair: relevance.coverage(pair[0].text) + pair[1],
    )[0]
