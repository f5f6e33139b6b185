"""What users did: conversations and ratings, in a SQLite file of its own beside the generations."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kb.errors import StorageFullError
from ui.web.turns import Conversation, Rating, Turn

FILE = "app.sqlite"
_TURN = TypeAdapter(Turn)
_TITLE = 60
_LISTED = 200
_PATIENCE = 10.0
_UNREADABLE = "この回答は前の版のソフトウェアで作られたため表示できません。質問し直してください。"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, visitor TEXT NOT NULL, title TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS conversations_of ON conversations (visitor, updated);
CREATE TABLE IF NOT EXISTS turns (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, asked TEXT NOT NULL, question TEXT NOT NULL, words TEXT NOT NULL,
    payload TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS turns_of ON turns (conversation, position);
CREATE TABLE IF NOT EXISTS ratings (
    turn TEXT PRIMARY KEY, visitor TEXT NOT NULL, good INTEGER NOT NULL, comment TEXT NOT NULL,
    given TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, generation TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """One line of the exported feedback; kept when the conversation is deleted."""

    given: str
    good: bool
    comment: str
    question: str
    answer: str
    generation: str


class Record:
    """The file `app.sqlite` of a knowledge base folder; safe to share among threads.

    A visitor is a browser: nobody sees the conversations of another one. Raises StorageFullError
    when the file cannot be written.
    """

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._local = threading.local()
        with self._writing() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_SCHEMA)

    def keep(self, visitor: str, turn: Turn) -> Turn:
        """Write a turn as the last of its conversation, or over the turn of the same id.

        An unknown or empty conversation becomes a new one; returns the turn with the one it is in.
        """
        now, conversation = _now(), turn.conversation
        with self._writing() as database:
            if not self._owns(database, visitor, conversation):
                conversation = secrets.token_hex(8)
                database.execute(
                    "INSERT INTO conversations VALUES (?, ?, ?, ?)",
                    (conversation, visitor, turn.question[:_TITLE], now),
                )
                turn = replace(turn, conversation=conversation)
            database.execute(
                "UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation)
            )
            (last,) = database.execute(
                "SELECT coalesce(max(position), 0) FROM turns WHERE conversation = ?",
                (conversation,),
            ).fetchone()
            payload = _TURN.dump_json(replace(turn, rating=None)).decode()
            text = turn.answer.text if turn.answer else turn.problem
            database.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                "asked = excluded.asked, words = excluded.words, payload = excluded.payload",
                (
                    turn.id,
                    conversation,
                    last + 1,
                    now,
                    turn.question,
                    _folded(f"{turn.question}\n{text}"),
                    payload,
                ),
            )
            database.execute("DELETE FROM ratings WHERE turn = ?", (turn.id,))
        return turn

    def turns(self, visitor: str, conversation: str) -> tuple[Turn, ...]:
        """The turns of one of the visitor's conversations, oldest first; none of anybody else's."""
        rows = self._read(
            "SELECT turns.id, turns.question, payload, good, comment FROM turns "
            "JOIN conversations ON conversations.id = conversation "
            "LEFT JOIN ratings ON ratings.turn = turns.id "
            "WHERE conversation = ? AND conversations.visitor = ? ORDER BY position",
            conversation,
            visitor,
        )
        return tuple(_restored(*row) for row in rows)

    def turn(self, visitor: str, turn: str) -> Turn | None:
        """One of the visitor's own turns."""
        rows = self._read(
            "SELECT turns.id, turns.question, payload, good, comment FROM turns "
            "JOIN conversations ON conversations.id = conversation "
            "LEFT JOIN ratings ON ratings.turn = turns.id "
            "WHERE turns.id = ? AND conversations.visitor = ?",
            turn,
            visitor,
        )
        return _restored(*rows[0]) if rows else None

    def conversations(self, visitor: str, words: str = "") -> tuple[Conversation, ...]:
        """The visitor's conversations that say all of `words`, the last one first."""
        wanted = _folded(words).split()
        says = " AND ".join(
            "EXISTS (SELECT 1 FROM turns WHERE conversation = c.id AND instr(words, ?))"
            for _ in wanted
        )
        rows = self._read(
            "SELECT id, title, updated, (SELECT count(*) FROM turns WHERE conversation = c.id) "
            f"FROM conversations c WHERE visitor = ? {f'AND {says}' if says else ''} "
            f"ORDER BY updated DESC LIMIT {_LISTED}",
            visitor,
            *wanted,
        )
        return tuple(Conversation(*row) for row in rows)

    def forget(self, visitor: str, conversation: str) -> None:
        """Delete one of the visitor's conversations."""
        with self._writing() as database:
            database.execute(
                "DELETE FROM conversations WHERE id = ? AND visitor = ?", (conversation, visitor)
            )

    def rate(self, visitor: str, turn: Turn, rating: Rating) -> None:
        """Keep what a visitor thought of an answer; a second rating replaces the first."""
        answer = turn.answer.text if turn.answer else turn.problem
        with self._writing() as database:
            database.execute(
                "INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    turn.id,
                    visitor,
                    rating.good,
                    rating.comment,
                    _now(),
                    turn.question,
                    answer,
                    turn.generation,
                ),
            )

    def ratings(self) -> tuple[RatedAnswer, ...]:
        """All ratings of all visitors, oldest first, without saying whose they are."""
        rows = self._read(
            "SELECT given, good, comment, question, answer, generation FROM ratings ORDER BY given"
        )
        return tuple(RatedAnswer(given, bool(good), *texts) for given, good, *texts in rows)

    def _owns(self, database: sqlite3.Connection, visitor: str, conversation: str) -> bool:
        found = database.execute(
            "SELECT 1 FROM conversations WHERE id = ? AND visitor = ?", (conversation, visitor)
        ).fetchone()
        return found is not None

    def _read(self, sql: str, *values: object) -> list[Any]:
        return self._connection().execute(sql, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            database = self._connection()
            with database:
                yield database
        except sqlite3.OperationalError as error:
            raise StorageFullError(
                f"履歴（{self._file}）を書き込めません（{error}）。"
                "空き容量と書き込み権限を確認してください。"
            ) from error

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._file, timeout=_PATIENCE)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
        return connection


def new_id() -> str:
    """An id that nobody can guess."""
    return secrets.token_hex(8)


def _restored(
    turn: str, question: str, payload: str, good: int | None, comment: str | None
) -> Turn:
    try:
        found = _TURN.validate_json(payload)
    except ValidationError:
        return Turn(turn, question, problem=_UNREADABLE)
    rating = None if good is None else Rating(bool(good), comment or "")
    return replace(found, rating=rating)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
