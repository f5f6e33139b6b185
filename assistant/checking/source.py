"""The numbered evidence that a statement may cite."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.checking.instructions import without_orders
from kb.addresses import address, clause_number, place_mentions
from kb.documents import DocumentKind, Node, NodeKind
from kb.store import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Source:
    """Evidence number `n`: the node's own words, and what names it.

    `original` holds the same words before any repair, for quotes of the source's own characters.
    `context` holds the document's title, issuer and year and the headings above: a statement may
    use their names and numbers, but they bear out no rule. `addresses` are how officers write the place,
    with its document and without. `owners` are whose words they are: the issuer, the organisation of
    a case, 国 for the government's basic policy.
    """

    n: int
    id: str
    text: str
    original: str
    context: str
    owners: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The clause number of the node: ("第2", "2", "(3)", "③")."""
        return tuple(self.id.split("/")[1:])

    @classmethod
    def of(cls, kb: KnowledgeBase, node: Node, n: int) -> Source:
        """The evidence that a node is. Raises UnknownDocumentError for a foreign node."""
        document = kb.document(node.doc)
        above = [f"{item.label} {item.heading}" for item in (*kb.ancestors(node), node)]
        place = node.case or next((item.case for item in kb.ancestors(node) if item.case), None)
        names = (
            document.title,
            document.issuer,
            document.decided_on or "",
            address(document, node),
            *above,
            *((place.title, place.organisation, place.prefecture or "") if place else ()),
        )
        if node.kind is NodeKind.NOTE and node.parent:
            names = (*names, kb.node(node.parent).text)
        whole = kb.text(node.doc)
        original = "".join(whole[span.start : span.end] for span in node.segments)
        owners = [document.issuer, *((place.organisation, place.prefecture or "") if place else ())]
        if node.kind is NodeKind.RECORD:
            owners = [node.heading]
        elif document.kind is DocumentKind.KIHON:
            owners.append("国")
        return cls(
            n,
            node.id,
            node.text,
            original,
            "\n".join(name for name in names if name),
            tuple(owner for owner in owners if owner),
            (address(document, node), clause_number(node)),
        )

    @property
    def trusted(self) -> Source:
        """The same without what speaks to the program that reads it."""
        return replace(self, text=without_orders(self.text), original=without_orders(self.original))

    def unaddressed(self, text: str) -> str:
        """`text` without the place's address at its beginning: 「別表1 表：…」.

        What tells where the words stand is no number of theirs.
        """
        for written in filter(None, self.addresses):
            letters = r"\s*".join(re.escape(letter) for letter in written if not letter.isspace())
            if found := re.match(rf"[\s・]*{letters}\s*(?=[：:（(])", text):
                return text[found.end() :]
        return text

    def is_about(self, labels: tuple[str, ...]) -> bool:
        """Whether a clause number means this node, a place above it or one that its text names."""
        return _runs_through(labels, self.labels) or self.names(labels)

    def names(self, labels: tuple[str, ...]) -> bool:
        """Whether its text refers to the place of that number."""
        return any(_runs_through(labels, mention.labels) for mention in place_mentions(self.text))


def _runs_through(labels: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return any(path[at : at + len(labels)] == labels for at in range(len(path) - len(labels) + 1))
