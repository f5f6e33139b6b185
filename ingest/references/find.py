"""Every reference of a document, each character of its text in one at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.definitions import find_definitions
from ingest.flat import Flat
from ingest.references.anaphora import find_anaphora, share_targets
from ingest.references.annexes import find_annexes
from ingest.references.deixis import find_pointers
from ingest.references.index import Index
from ingest.references.law_names import LawNames
from ingest.references.laws import LawFinder
from ingest.references.mention import Mention, without_overlaps
from ingest.references.papers import PaperFinder
from ingest.references.places import find_places
from ingest.references.provision_scopes import Cited
from ingest.references.provisions import find_provisions
from ingest.references.urls import find_urls
from kb.documents import Document, DocumentKind, Node, Reference

RESOLVED, EXTERNAL, DANGLING = "resolved", "external", "dangling"


def find_references(document: Document, text: str, nodes: Sequence[Node]) -> tuple[Reference, ...]:
    """References in the order of the text, with their targets inside the document.

    Spans count in `text` and may cross hard wraps. `status` is external for what lies outside,
    dangling for a place of this document that it does not have.
    """
    definitions = find_definitions(document, text, nodes)
    index = Index(nodes)
    law_text = document.kind is DocumentKind.LAW
    laws = LawFinder(LawNames(rules=law_text), in_law=law_text)
    laws.survey(index.flats.values())
    laws.learn(definitions)
    papers = PaperFinder(document.kind)
    papers.learn(definitions, document.title)
    named: dict[str, Cited | None] = {}
    found: dict[tuple[int, int], Reference] = {}
    for node in nodes:
        flat = index.flats[node.id]
        cited = laws.find(flat)
        if law_text:
            others = [m for m in cited if m.law and m.law.name != document.title]
            if node is nodes[0]:
                others = [m for m in others if not _is_own_number(flat, m)]
            above = named.get(node.parent) if node.parent else None
            provisions, named[node.id] = find_provisions(flat, index, others, above)
            mentions = without_overlaps(provisions)
        else:
            mentions = without_overlaps(
                [
                    *find_urls(flat),
                    *cited,
                    *find_annexes(flat, index),
                    *papers.find(flat),
                    *find_places(flat, index),
                    *find_pointers(flat, index),
                    *find_anaphora(flat, index),
                ]
            )
            if node is nodes[0]:
                mentions = [m for m in mentions if not _is_own_title(flat, m, document.title)]
        for reference in _references(flat, share_targets(flat, mentions)):
            found.setdefault((reference.span.start, reference.span.end), reference)
    return tuple(sorted(found.values(), key=lambda item: item.span))


def _is_own_number(flat: Flat, mention: Mention) -> bool:
    """Whether it is all of a line, as the number of a law stands below its title."""
    start = flat.text.rfind("\n", 0, mention.start) + 1
    end = flat.text.find("\n", mention.end)
    line = flat.text[start : end if end >= 0 else None]
    return line.strip("() ") == flat.text[mention.start : mention.end]


def _is_own_title(flat: Flat, mention: Mention, title: str) -> bool:
    words = flat.words(mention.start, mention.end)
    return mention.start == 0 and "".join(title.split()) == words


def _references(flat: Flat, mentions: Sequence[Mention]) -> Iterator[Reference]:
    for mention in mentions:
        span = flat.span(mention.start, mention.end)
        if span is None:
            continue
        status = RESOLVED if mention.targets else DANGLING
        if mention.law is not None or mention.outside:
            status = EXTERNAL
        yield Reference(
            source=flat.node.id,
            text=flat.words(mention.start, mention.end),
            span=span,
            kind=mention.kind,
            targets=mention.targets,
            law=mention.law,
            status=status,
        )
