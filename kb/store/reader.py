"""Read one generation. A reader keeps its generation even when a newer one takes service."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.addresses import place_mentions
from kb.documents import Definition, Document, Node, ParsedDocument, Passage, Reference
from kb.errors import CorruptStoreError, OptionError, UnknownDocumentError, UnknownNodeError
from kb.ids import node_id, plain_id
from kb.spans import Span
from kb.store.codec import DEFINITION, DOCUMENT, NODE, PASSAGE, REFERENCE
from kb.store.generation import DATABASE, GenerationStore, Manifest

_BATCH = 500
_SEPARATOR = re.compile(r"[/／\s]+")
_NODES_AT_HAND, _DOCUMENTS_AT_HAND = 4_096, 32
"""How many that were read lately are kept: a generation never changes."""


class KnowledgeBase:
    """Documents, nodes and passages of one generation, read-only; safe to share among threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._local = threading.local()
        self._node = lru_cache(_NODES_AT_HAND)(self._read_node)
        self._passage = lru_cache(_NODES_AT_HAND)(self._read_passage)
        self._documents = lru_cache(1)(self._read_documents)
        self._document = lru_cache(_DOCUMENTS_AT_HAND)(self._read_document)
        self._text = lru_cache(_DOCUMENTS_AT_HAND)(self._read_text)

    @classmethod
    def open(cls, home: Path) -> KnowledgeBase:
        """Open the generation in service.

        Raises NoKnowledgeBaseError when none was built, CorruptStoreError when it is damaged and
        no earlier one is whole.
        """
        folder, manifest = GenerationStore(home).current()
        return cls(folder, manifest)

    @property
    def generation(self) -> str:
        """Name of the generation that this reader reads."""
        return self.folder.name

    def documents(self) -> tuple[Document, ...]:
        """All documents in the order they were ingested."""
        return self._documents()

    def document(self, doc: str) -> Document:
        """Raises UnknownDocumentError."""
        return self._document(doc)

    def text(self, doc: str) -> str:
        """The extracted text that every offset of the document counts in."""
        return self._text(doc)

    def nodes(self, doc: str) -> tuple[Node, ...]:
        """All nodes of a document, in document order. Raises UnknownDocumentError."""
        self._document_column("id", doc)
        rows = self._query("SELECT payload FROM nodes WHERE doc = ? ORDER BY position", doc)
        return tuple(NODE.validate_json(payload) for (payload,) in rows)

    def node(self, node: str) -> Node:
        """Raises UnknownNodeError."""
        return self._node(node)

    def find_document(self, written: str) -> Document:
        """The document whose id a person typed in full or half width, in any case.

        Raises UnknownDocumentError.
        """
        rows = self._query("SELECT id FROM documents ORDER BY position")
        return self.document(_meant(written, [doc for (doc,) in rows]) or written)

    def find_node(self, written: str) -> Node:
        """The node that a person means: an id in any width, or an address (`DOC/第2-2(3)③`).

        Raises UnknownNodeError, or OptionError when only a document is named.
        """
        with suppress(UnknownNodeError):
            return self.node(written)
        doc, *below = _SEPARATOR.split(written.strip("/／ 　"), maxsplit=1)
        try:
            found = self.find_document(doc).id
        except UnknownDocumentError as error:
            raise UnknownNodeError(written) from error
        if not below:
            raise OptionError(
                f"「{found}」は資料です。`kb outline {found}` で箇所を確認し、番号まで指定してください。"
            )
        rows = self._query("SELECT id FROM nodes WHERE doc = ? ORDER BY position", found)
        node = _meant(f"{found}/{below[0]}", [known for (known,) in rows])
        mentions = place_mentions(below[0])
        if node is None and len(mentions) == 1 and mentions[0].span == Span(0, len(below[0])):
            node = node_id(found, mentions[0].labels)
        try:
            return self.node(node or written)
        except UnknownNodeError as error:
            raise UnknownNodeError(written) from error

    def children(self, node: str) -> tuple[Node, ...]:
        """The nodes right below, in document order."""
        rows = self._query("SELECT payload FROM nodes WHERE parent = ? ORDER BY position", node)
        return tuple(NODE.validate_json(payload) for (payload,) in rows)

    def ancestors(self, node: Node) -> tuple[Node, ...]:
        """The nodes above, outermost first."""
        above: list[Node] = []
        while node.parent is not None:
            node = self.node(node.parent)
            above.append(node)
        return tuple(reversed(above))

    def neighbours(self, node: Node) -> tuple[Node | None, Node | None]:
        """The nodes just before and after in document order."""
        (position,) = self._query("SELECT position FROM nodes WHERE id = ?", node.id)[0]
        rows = self._query(
            "SELECT position, payload FROM nodes WHERE doc = ? AND position IN (?, ?)",
            node.doc,
            position - 1,
            position + 1,
        )
        found = {at: NODE.validate_json(payload) for at, payload in rows}
        return found.get(position - 1), found.get(position + 1)

    def passages(self) -> Iterator[Passage]:
        """All passages in index order."""
        for (payload,) in self._query("SELECT payload FROM passages ORDER BY position"):
            yield PASSAGE.validate_json(payload)

    def passages_at(self, positions: Sequence[int]) -> tuple[Passage, ...]:
        """Passages by their 0-based place in index order."""
        return tuple(map(self._passage, positions))

    def nodes_at(self, positions: Sequence[int]) -> dict[int, str]:
        """Ids of the nodes of passages, by their 0-based place in index order."""
        found: dict[int, str] = {}
        for first in range(0, len(positions), _BATCH):
            batch = positions[first : first + _BATCH]
            marks = ",".join("?" * len(batch))
            rows = self._query(
                f"SELECT position, node FROM passages WHERE position IN ({marks})",
                *(position + 1 for position in batch),
            )
            found.update((at - 1, node) for at, node in rows)
        return found

    def references(self, node: str) -> tuple[Reference, ...]:
        """What a document or a node and everything below it refers to, in document order."""
        return self._references(
            # Up to the character after the slash; LIKE would take _ and % in an id for wildcards.
            "SELECT payload FROM mentions WHERE source = ?1 "
            "OR (source >= ?1 || '/' AND source < ?1 || '0') ORDER BY position",
            node,
        )

    def references_of(self, node: str) -> tuple[Reference, ...]:
        """What the node's own words refer to."""
        return self._references(
            "SELECT payload FROM mentions WHERE source = ? ORDER BY position", node
        )

    def referenced_by(self, node: str) -> tuple[Reference, ...]:
        """The references that point at the node."""
        return self._references(
            "SELECT payload FROM mentions WHERE position IN "
            "(SELECT mention FROM mention_targets WHERE target = ?) ORDER BY position",
            node,
        )

    def definitions(self, doc: str) -> tuple[Definition, ...]:
        """Defined terms of a document, in document order."""
        rows = self._query("SELECT payload FROM definitions WHERE doc = ? ORDER BY position", doc)
        return tuple(DEFINITION.validate_json(payload) for (payload,) in rows)

    def parsed(self, doc: str) -> ParsedDocument:
        """Everything stored of one document, as the parser gave it."""
        rows = self._query("SELECT payload FROM passages WHERE doc = ? ORDER BY position", doc)
        return ParsedDocument(
            document=self.document(doc),
            text=self.text(doc),
            nodes=self.nodes(doc),
            passages=tuple(PASSAGE.validate_json(payload) for (payload,) in rows),
            references=self._references(
                "SELECT payload FROM mentions WHERE doc = ? ORDER BY position", doc
            ),
            definitions=self.definitions(doc),
        )

    def counts(self) -> dict[str, int]:
        """Number of documents, nodes, passages, references and definitions."""
        tables = {
            "documents": "documents",
            "nodes": "nodes",
            "passages": "passages",
            "references": "mentions",
            "definitions": "definitions",
        }
        return {
            name: self._query(f"SELECT count(*) FROM {table}")[0][0]
            for name, table in tables.items()
        }

    def counts_of(self, doc: str) -> tuple[int, int]:
        """Number of nodes and passages of one document."""
        return (
            self._query("SELECT count(*) FROM nodes WHERE doc = ?", doc)[0][0],
            self._query("SELECT count(*) FROM passages WHERE doc = ?", doc)[0][0],
        )

    def _read_node(self, node: str) -> Node:
        rows = self._query("SELECT payload FROM nodes WHERE id = ?", node)
        if not rows:
            raise UnknownNodeError(node)
        return NODE.validate_json(rows[0][0])

    def _read_passage(self, position: int) -> Passage:
        rows = self._query("SELECT payload FROM passages WHERE position = ?", position + 1)
        return PASSAGE.validate_json(rows[0][0])

    def _read_documents(self) -> tuple[Document, ...]:
        rows = self._query("SELECT metadata FROM documents ORDER BY position")
        return tuple(DOCUMENT.validate_json(metadata) for (metadata,) in rows)

    def _read_document(self, doc: str) -> Document:
        return DOCUMENT.validate_json(self._document_column("metadata", doc))

    def _read_text(self, doc: str) -> str:
        return self._document_column("text", doc)

    def _references(self, sql: str, *values: object) -> tuple[Reference, ...]:
        return tuple(REFERENCE.validate_json(payload) for (payload,) in self._query(sql, *values))

    def _document_column(self, column: str, doc: str) -> str:
        rows = self._query(f"SELECT {column} FROM documents WHERE id = ?", doc)
        if not rows:
            raise UnknownDocumentError(doc)
        return str(rows[0][0])

    def _query(self, sql: str, *values: object) -> list[Any]:
        try:
            with closing(self._connection().execute(sql, values)) as cursor:
                return cursor.fetchall()
        except UnicodeEncodeError:
            # Nothing stored is like bytes of a command line that are no text.
            return []
        except sqlite3.DatabaseError as error:
            raise CorruptStoreError(
                f"知識ベースの記録（{self.folder / DATABASE}）が壊れています。"
                "`kb ingest` を実行して作り直してください。"
            ) from error

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            uri = f"{(self.folder / DATABASE).as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._local.connection = connection
        return connection


def _meant(written: str, ids: Sequence[str]) -> str | None:
    """The id that is `written`, or the only one that is alike when typed plainly."""
    if written in ids:
        return written
    plain = plain_id(written)
    alike = [known for known in ids if plain_id(known) == plain]
    return alike[0] if len(alike) == 1 else None


def breadcrumb_labels(nodes: Iterable[Node]) -> tuple[str, ...]:
    """Labels with their headings, as an officer reads them: 「第2 措置に関する事項」."""
    return tuple(f"{node.label} {node.heading}".strip() for node in nodes)
