"""Questions and answers, their history and what users think of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

from assistant.conversation import LOOKED_BACK
from kb.errors import KbError
from kb.results import Filters
from ui.web.record import Record, new_id
from ui.web.render import answers
from ui.web.render.history import history
from ui.web.shelf import Shelf
from ui.web.turns import ChipKind, Rating, Turn
from ui.web.understood import ignored_words

_STEPS = 3
_PACE = 0.05
_DRAFT_PACE = 0.1
LONGEST = 2000
"""Characters of a question."""


class ChatHandlers:
    """The chat of all visitors; a visitor is a browser."""

    def __init__(self, shelf: Shelf, record: Record) -> None:
        self._shelf = shelf
        self._record = record

    def welcome(self) -> str:
        """The first screen of the chat."""
        return answers.welcome(len(self._shelf.library().documents))

    async def ask(
        self, question: str, conversation: str, filters: Filters, visitor: str
    ) -> AsyncIterator[str]:
        """The turn as it grows; nothing for an empty question."""
        question = question.strip()[:LONGEST]
        if not question:
            return
        past = await asyncio.to_thread(self._record.turns, visitor, conversation)
        before = tuple(turn.question for turn in past[-LOOKED_BACK:])
        turn = Turn(new_id(), question, filters, conversation=conversation, before=before)
        async for shown in self._answered(turn, visitor):
            yield shown

    async def reask(self, turn_id: str, kind: str, key: str, visitor: str) -> AsyncIterator[str]:
        """Answer a question again without one of the things that were understood of it."""
        before = await asyncio.to_thread(self._record.turn, visitor, turn_id)
        if before is None:
            return
        filters, earlier, ignored = before.filters, before.before, before.ignored
        if kind == ChipKind.FILTER and hasattr(filters, key):
            filters = replace(filters, **{key: None})
        elif kind == ChipKind.BEFORE:
            earlier = ()
        else:
            ignored = tuple(dict.fromkeys((*ignored, *ignored_words(key))))
        turn = Turn(
            before.id,
            before.question,
            filters,
            ignored,
            conversation=before.conversation,
            before=earlier,
        )
        async for shown in self._answered(turn, visitor):
            yield shown

    async def _answered(self, turn: Turn, visitor: str) -> AsyncIterator[str]:
        yield answers.turn(turn)
        steps = self._progress(turn)
        shown_at = 0.0
        while (step := await asyncio.to_thread(next, steps, None)) is not None:
            turn = step
            # A model may send words faster than anyone reads or a page should be redrawn.
            if turn.draft and turn.answer is None and time.monotonic() - shown_at > _DRAFT_PACE:
                shown_at = time.monotonic()
                yield answers.turn(turn)
        if turn.answer:
            *early, _ = answers.prefixes(turn.answer.text, _STEPS)
            for shown in early:
                yield answers.turn(turn, shown)
                await asyncio.sleep(_PACE)
        try:
            turn = await asyncio.to_thread(self._record.keep, visitor, turn)
        except KbError as error:
            yield answers.turn(turn, notice=str(error))
        else:
            yield answers.turn(turn)

    def _progress(self, turn: Turn) -> Iterator[Turn]:
        try:
            yield from self._shelf.library().progress(turn)
        except KbError as error:
            yield replace(turn, problem=str(error))

    def open(self, conversation: str, visitor: str) -> tuple[str, str]:
        """The last turn of an earlier conversation and those before it, or the first screen."""
        turns = self._record.turns(visitor, conversation)
        if not turns:
            return self.welcome(), ""
        return answers.turn(turns[-1]), answers.conversation(turns[:-1])

    def history(self, visitor: str, words: str, current: str) -> str:
        """The conversations that say all of the words, all of them without any."""
        return history(self._record.conversations(visitor, words), current, words)

    def forget(self, visitor: str, conversation: str) -> None:
        """Delete a conversation."""
        self._record.forget(visitor, conversation)

    def rate(self, visitor: str, turn_id: str, good: bool, comment: str) -> str:
        """Keep a rating; returns what to tell the user."""
        turn = self._record.turn(visitor, turn_id)
        if turn is None:
            return "この回答は履歴にないため、評価を記録できません。"
        self._record.rate(visitor, turn, Rating(good, comment.strip()))
        return "コメントを記録しました。" if comment.strip() else "評価を記録しました。"
