"""What a term means: the sentence that defines it, then where it is used."""

from __future__ import annotations

from dataclasses import replace

from assistant.evidence import Evidence
from assistant.sentences import sentences_of
from assistant.writing.lines import Matter
from assistant.writing.locate import locate
from kb.documents import Definition
from kb.results import Answer
from retrieval.topics import flat


def definition(matter: Matter) -> Answer:
    """The lines, each with the defining sentence first where its clause defines the term."""
    question = flat(matter.query.text)
    evidence = tuple(_with_definition(matter, item, question) for item in matter.evidence)
    return locate(replace(matter, evidence=evidence))


def _with_definition(matter: Matter, item: Evidence, question: str) -> Evidence:
    defined = [
        found
        for found in matter.kb.definitions(item.node.doc)
        if found.node == item.node.id and flat(found.term) in question
    ]
    if not defined:
        return item
    longest = max(defined, key=lambda found: len(found.term))
    return _at(item, longest)


def _at(item: Evidence, found: Definition) -> Evidence:
    """The evidence with the sentence in which the definition stands."""
    node = item.node
    for sentence in sentences_of(node):
        span = node.source_map.to_source(sentence.start, sentence.end)
        if span.start <= found.span.start < span.end:
            return replace(item, sentence=sentence)
    return item
