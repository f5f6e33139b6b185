"""Answers as they grow, a line of JSON for every step, from one request of the browser."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

from kb.fiscal_year import FiscalYear
from kb.results import Filters
from ui.web.guard import VISITOR
from ui.web.handlers.chat import ChatHandlers

_LINES = "application/x-ndjson"


class Asked(BaseModel):
    """A question with its filters; an empty filter lets everything through."""

    question: str
    conversation: str = ""
    doc: str = ""
    kind: str = ""
    year: str = ""
    prefecture: str = ""
    category: str = ""

    @property
    def filters(self) -> Filters:
        """The filters as searches take them."""
        return Filters(
            doc=self.doc or None,
            kind=self.kind or None,
            prefecture=self.prefecture or None,
            category=self.category or None,
            year=FiscalYear.parse(self.year) if self.year else None,
        )


class Dropped(BaseModel):
    """What is taken away from what was understood of a question, see `ui.web.turns.Chip`."""

    turn: str
    kind: str
    key: str


def add_stream(app: FastAPI, chats: ChatHandlers) -> None:
    """Add the addresses of the conversation."""

    @app.get("/files/chat")
    def chat(request: Request, c: str = "") -> JSONResponse:
        current, past = chats.open(c, request.cookies.get(VISITOR, ""))
        return JSONResponse({"current": current, "past": past})

    @app.post("/files/ask")
    async def ask(asked: Asked, request: Request) -> StreamingResponse:
        visitor = request.cookies.get(VISITOR, "")
        steps = chats.ask(asked.question, asked.conversation, asked.filters, visitor)
        return StreamingResponse(_lines(steps), media_type=_LINES)

    @app.post("/files/reask")
    async def reask(dropped: Dropped, request: Request) -> StreamingResponse:
        visitor = request.cookies.get(VISITOR, "")
        steps = chats.reask(dropped.turn, dropped.kind, dropped.key, visitor)
        return StreamingResponse(_lines(steps), media_type=_LINES)


async def _lines(steps: AsyncIterator[str]) -> AsyncIterator[str]:
    async for step in steps:
        yield json.dumps(step, ensure_ascii=False) + "\n"
