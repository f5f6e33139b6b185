"""Questions to ask next; each is made of what stands around the places that an answer cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.addresses import address
from kb.documents import Document, DocumentKind, Node
from kb.ids import is_at_or_below
from kb.results import Answer
from kb.store import KnowledgeBase

_MOST = 3
_LONGEST = 40


def followups(kb: KnowledgeBase, answer: Answer) -> tuple[str, ...]:
    """At most three questions, each of another kind; none when nothing was found."""
    if answer.abstained or not answer.citations:
        return ()
    documents = kb.documents()
    cited = [kb.node(citation.id) for citation in answer.citations]
    kinds = (
        _same_elsewhere(kb, cited, documents),
        _terms(kb, cited[0]),
        _referred(kb, cited[0]),
        _beside(kb, cited[0]),
    )
    found = (next(questions, None) for questions in kinds)
    return tuple(dict.fromkeys(item for item in found if item and item != answer.question))[:_MOST]


def _same_elsewhere(
    kb: KnowledgeBase, cited: Sequence[Node], documents: Sequence[Document]
) -> Iterator[str]:
    """The same matter in a document of another kind or office that the answer does not cite."""
    heading = _heading(kb, cited[0])
    if heading is None:
        return
    used = {node.doc for node in cited}
    for document in documents:
        if document.id in used:
            continue
        match document.kind:
            case DocumentKind.KIHON:
                yield f"{heading}について、国の基本方針はどう定めていますか。"
            case DocumentKind.KIKAN:
                yield f"{heading}について、{document.issuer}の方針はどう定めていますか。"
            case DocumentKind.JIREI:
                yield f"{heading}について、どんな事例がありますか。"


def _terms(kb: KnowledgeBase, node: Node) -> Iterator[str]:
    for definition in kb.definitions(node.doc):
        in_force = definition.node != node.id and is_at_or_below(node.id, definition.scope)
        if in_force and definition.term in node.text:
            yield f"「{definition.term}」とは何ですか。"


def _referred(kb: KnowledgeBase, node: Node) -> Iterator[str]:
    for reference in kb.references_of(node.id):
        for target in reference.targets[:1]:
            if target != node.id and not is_at_or_below(node.id, target):
                place = address(kb.document(node.doc), kb.node(target))
                yield f"{place}には何と書かれていますか。"


def _beside(kb: KnowledgeBase, node: Node) -> Iterator[str]:
    """What the next clause with a heading is about."""
    while node.parent is not None:
        siblings = kb.children(node.parent)
        at = [sibling.id for sibling in siblings].index(node.id)
        for sibling in (*siblings[at + 1 :], *siblings[:at]):
            if sibling.heading and len(sibling.heading) <= _LONGEST:
                yield f"{sibling.heading}については、どう定めていますか。"
        node = kb.node(node.parent)


def _heading(kb: KnowledgeBase, node: Node) -> str | None:
    """The nearest heading at or above a clause that is short enough to be asked about."""
    for item in (node, *reversed(kb.ancestors(node))):
        # The topmost headings name the document, not a matter.
        if item.parent and item.heading and len(item.heading) <= _LONGEST:
            return item.heading
    return None
