"""Which sections and items an answer shows: also those that state a quantity asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.evidence import Evidence, Role
from assistant.evidence.choice import operative_sentence
from assistant.sentences import Sentence, sentences_of
from assistant.wanted import Asked, quantities_asked, states
from assistant.writing.lines import Matter
from kb.documents import Node, NodeKind
from kb.store import KnowledgeBase
from retrieval.relevance import Relevance

_REST = 0.3
"""Weight of the whole question beside the words that ask for the quantity."""


def sections_shown(matter: Matter) -> tuple[Evidence, ...]:
    """The evidence with, behind what is cited of a case, its sections that state what is asked for.

    So too with the items of a clause that only leads in to them (次の各号のいずれか).

    A question may ask for two quantities (発売から何年以内、認定は何年もつ) that stand in two
    sections. The head of a case (its owner and group) is left out behind a section of it.
    """
    cases = [_case_of(matter.kb, item) for item in matter.evidence]
    shown: list[Evidence] = []
    for at, (item, case) in enumerate(zip(matter.evidence, cases, strict=True)):
        if not (case == item.node.id and case in cases[:at]):
            shown.append(item)
        shown += _stating_items(matter, item)
        if case is not None and case not in cases[at + 1 :]:
            shown += _stating_sections(matter, item, case)
    return tuple(shown)


def _stating_items(matter: Matter, item: Evidence) -> Iterator[Evidence]:
    """The items right below a clause that state what it does not, where these are not evidence."""
    if not item.below or matter.needed is None or states(matter.needed, item.node.text):
        return
    known = {other.node.id for other in matter.evidence}
    for child in matter.kb.children(item.node.id):
        if child.id not in known and states(matter.needed, child.text):
            sentence = operative_sentence(matter.relevance, child)
            yield replace(item, node=child, sentence=sentence, below="")


def _case_of(kb: KnowledgeBase, item: Evidence) -> str | None:
    """The id of the case in which an answering place stands."""
    node = item.node
    while node.kind is not NodeKind.CASE and node.parent is not None:
        node = kb.node(node.parent)
    return node.id if node.kind is NodeKind.CASE and item.role is Role.ANSWER else None


def _stating_sections(matter: Matter, item: Evidence, case: str) -> Iterator[Evidence]:
    """For every quantity asked for the section that states it best, where that is not evidence yet.

    Two quantities of the same sort (何年以内、何年もつ) are stated by two sentences.
    """
    sections = [section for section in matter.kb.children(case) if section.body]
    known = {other.node.id for other in matter.evidence}
    taken: set[tuple[str, int, re.Pattern[str]]] = set()
    for quantity in quantities_asked(matter.query.text):
        stated = [
            (fit, section, sentence)
            for section in sections
            for fit, sentence in _stating(matter.relevance, quantity, section)
            if (section.id, sentence.start, quantity.needed) not in taken
        ]
        if not stated:
            continue
        _, section, sentence = max(stated, key=lambda found: found[0])
        taken.add((section.id, sentence.start, quantity.needed))
        if section.id not in known:
            known.add(section.id)
            yield replace(item, node=section, sentence=sentence)


def _stating(
    relevance: Relevance, quantity: Asked, section: Node
) -> Iterator[tuple[float, Sentence]]:
    """Sentences that state the quantity and share a word with what asks for it, and how well."""
    phrase = relevance.shares(quantity.phrase)
    for sentence in sentences_of(section):
        if sentence.start < len(section.heading) or not states(quantity.needed, sentence.text):
            continue
        said = relevance.shares(f"{section.heading}\n{sentence.text}")
        own = sum(share for term, share in phrase.items() if term in said)
        if own:
            yield own / sum(phrase.values()) + _REST * sum(said.values()), sentence
