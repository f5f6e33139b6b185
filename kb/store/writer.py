"""Write parsed documents into a fresh SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from kb.documents import ParsedDocument
from kb.store.codec import DEFINITION, DOCUMENT, NODE, PASSAGE, REFERENCE, dumps

_SCHEMA = Path(__file__).with_name("schema.sql")


def write_database(file: Path, documents: Iterable[ParsedDocument]) -> None:
    """Create `file` and fill it; ids must be unique over all documents.

    Raises sqlite3.Error (disk full, duplicate id); the caller discards the generation then.
    """
    with closing(sqlite3.connect(file)) as connection:
        # The folder is thrown away whole after a crash, so a journal would only cost time.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
        with connection:
            for position, parsed in enumerate(documents):
                _insert(connection, position, parsed)


def _insert(connection: sqlite3.Connection, position: int, parsed: ParsedDocument) -> None:
    doc = parsed.document.id
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?)",
        (doc, position, dumps(DOCUMENT, parsed.document), parsed.text),
    )
    connection.executemany(
        "INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?)",
        (
            (node.id, doc, order, node.parent, node.kind, dumps(NODE, node))
            for order, node in enumerate(parsed.nodes)
        ),
    )
    connection.executemany(
        "INSERT INTO passages (doc, node, payload) VALUES (?, ?, ?)",
        ((doc, passage.node, dumps(PASSAGE, passage)) for passage in parsed.passages),
    )
    for reference in parsed.references:
        cursor = connection.execute(
            "INSERT INTO mentions (doc, source, payload) VALUES (?, ?, ?)",
            (doc, reference.source, dumps(REFERENCE, reference)),
        )
        connection.executemany(
            "INSERT INTO mention_targets VALUES (?, ?)",
            ((target, cursor.lastrowid) for target in reference.targets),
        )
    connection.executemany(
        "INSERT INTO definitions (doc, node, payload) VALUES (?, ?, ?)",
        ((doc, item.node, dumps(DEFINITION, item)) for item in parsed.definitions),
    )
