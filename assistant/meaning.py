"""Whether a place says what a term means, and in which of its sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence import Evidence
from assistant.sentences import Sentence, sentences_of
from kb.documents import Node, NodeKind
from kb.store import KnowledgeBase
from retrieval.analysis import normalise
from retrieval.meanings import (
    headed_term,
    means,
    rows_defined,
    says_without_subject,
    squeezed,
    stands_alone,
    terms_defined,
    without_lists,
)

_EXPLAINS = (
    r"は、?[^。]*(?:もの|こと|制度|方式|仕組み|しくみ|事業|取組|組合)(?:である|です|をいう)?。?$"
)
"""How a sentence about a term ends that describes it without the form of a definition."""

_LISTS = r"\((?:[^()はをに]*(?:、|及び)[^()はをに]*|[\u4e00-\u9fffァ-ヴー・]+)\)"
"""What stands behind a term in brackets and names what it takes in, or another word for it."""
_POINTS = r"第[^、。]{1,12}[条項号]に(?:規定する|定める|掲げる|いう)"


def defining(kb: KnowledgeBase, item: Evidence, term: str) -> Evidence | None:
    """The evidence with the sentence that says what squeezed `term`, or the end of it, means.

    None where the place only uses the term.
    """
    node = item.node
    if not without_lists(normalise(node.heading), normalise(node.text)):
        return None
    sentences = sentences_of(node)
    for sentence in sentences:
        if any(means(found, term) for found in terms_defined(squeezed(sentence.text))):
            return replace(item, sentence=sentence)
    for sentence in sentences:
        if says_without_subject(sentence.text) and _is_headed(item, sentence, term):
            return replace(item, sentence=sentence)
    if found := _in_row(node, sentences, term) or _by_ingest(kb, node, sentences, term):
        return replace(item, sentence=found)
    body = [sentence for sentence in sentences if sentence.start >= len(node.heading)]
    above = kb.node(node.parent).heading if node.parent else ""
    if body and term in (headed_term(node.heading), headed_term(above)):
        return replace(item, sentence=body[0])
    return item if node.kind is NodeKind.NOTE and _is_noted(kb, node, term) else None


def describing(item: Evidence, term: str) -> bool:
    """Whether a sentence tells of the term what it is, in whatever form, or which law does.

    適格請求書等保存方式（インボイス制度）gives another word for it.
    """
    named = re.escape(term)
    explains = re.compile(
        rf"{named}{_EXPLAINS}|{_POINTS}{named}|{named}{_LISTS}"
        rf"|[\u4e00-\u9fffァ-ヴー]\({named}[\u4e00-\u9fff]{{0,4}}\)"
    )
    return any(explains.search(squeezed(sentence.text)) for sentence in sentences_of(item.node))


def uses(item: Evidence, term: str) -> bool:
    """Whether the place has the term as a word."""
    return stands_alone(term, squeezed(item.node.text))


def _is_headed(item: Evidence, sentence: Sentence, term: str) -> bool:
    """Whether the case, the place or the line before the sentence is named after the term."""
    before = item.node.text[: sentence.start].rstrip().rpartition("\n")[2]
    title = item.case.title if item.case else ""
    return any(term in squeezed(line) for line in (before, item.node.heading, title))


def _in_row(node: Node, sentences: tuple[Sentence, ...], term: str) -> Sentence | None:
    rows = [line for found, line in rows_defined(normalise(node.text)) if found == term]
    return next((item for item in sentences if normalise(item.text) in rows[:1]), None)


def _by_ingest(
    kb: KnowledgeBase, node: Node, sentences: tuple[Sentence, ...], term: str
) -> Sentence | None:
    """The sentence in which a definition stands that was found when the document was read."""
    found = [
        definition
        for definition in kb.definitions(node.doc)
        if definition.node == node.id and means(squeezed(definition.term), term)
    ]
    if not found:
        return None
    longest = max(found, key=lambda definition: len(definition.term))
    for sentence in sentences:
        span = node.source_map.to_source(sentence.start, sentence.end)
        if span.start <= longest.span.start < span.end:
            return sentence
    return None


def _is_noted(kb: KnowledgeBase, node: Node, term: str) -> bool:
    """Whether the text that the note belongs to has the term."""
    return node.parent is not None and term in squeezed(kb.node(node.parent).text)
