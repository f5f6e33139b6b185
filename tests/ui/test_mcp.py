"""The tools through a real MCP client: over stdio, and over HTTP with and without a login."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent
from pydantic import SecretStr

from kb.settings import Settings
from tests.conftest import REPOSITORY
from tests.web.threads import apart
from ui.web.shelf import Shelf

TOOLS = {
    "documents",
    "search",
    "ask",
    "show",
    "outline",
    "compare",
    "compare_clause",
    "compare_cases",
}
Talk = Callable[[ClientSession], Awaitable[None]]


def said(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def look_around(client: ClientSession) -> None:
    """What an assistant would do with the tools, and what it would do wrong."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == TOOLS
    question = tools["ask"].inputSchema["properties"]["question"]
    assert (question["description"], question["type"]) == ("質問（日本語）", "string")
    assert tools["search"].inputSchema["required"] == ["query"]
    assert all(tool.annotations and tool.annotations.readOnlyHint for tool in tools.values())

    found = await client.call_tool("search", {"query": "分離・分割発注", "k": 3, "year": "R5"})
    assert not found.isError
    assert found.structuredContent == json.loads(said(found))
    hits = found.structuredContent["hits"]
    assert len(hits) == 3
    assert {hit["doc"] for hit in hits} == {"kihon-r05"}

    answer = (
        await client.call_tool("ask", {"question": "銘柄を指定してもよい場合は？"})
    ).structuredContent
    assert answer is not None
    assert answer["abstained"] is False
    cited = answer["citations"][0]["id"]
    shown = (await client.call_tool("show", {"id": cited})).structuredContent
    assert shown is not None
    assert shown["id"] == cited
    followed = (
        await client.call_tool("ask", {"question": "鹿屋では？", "before": ["国の納期の定めは？"]})
    ).structuredContent
    assert followed is not None
    assert followed["understood_as"] == "鹿屋の納期の定めは？"
    compared = (
        await client.call_tool("compare", {"a": "kihon-r05", "b": "kanoya-r07"})
    ).structuredContent
    assert compared is not None
    assert {pair["relation"] for pair in compared["pairs"]} == {
        "same",
        "changed",
        "only_a",
        "only_b",
    }

    for name, arguments, sentence in (
        (
            "show",
            {"id": "kihon-r05/第99"},
            "「kihon-r05/第99」という箇所は知識ベースにありません。",
        ),
        ("ask", {"question": "x", "year": "来年"}, "年度「来年」を読み取れません。"),
        ("search", {"query": "a", "k": 0}, "search の引数「k」がないか、使えない値です。"),
        ("search", {}, "search の引数「query」がないか、使えない値です。"),
        ("erase", {}, "「erase」というツールはありません。"),
    ):
        refused = await client.call_tool(name, arguments)
        assert refused.isError
        assert said(refused).startswith(sentence)


def test_over_stdio(shipped_home: Path) -> None:
    async def main() -> None:
        environment = os.environ | {"KB_HOME": str(shipped_home), "PYTHONUTF8": "1"}
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "ui", "mcp"], env=environment, cwd=REPOSITORY
        )
        async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            await look_around(client)

    apart(anyio.run, main)


def test_over_http_the_login_guards_even_the_list(shipped_home: Path) -> None:
    settings = Settings(home=shipped_home, user="係", password=SecretStr("ひみつ"))
    right = base64.b64encode("係:ひみつ".encode()).decode()

    async def main() -> None:
        async with _served(settings) as connect:
            async with connect({"authorization": f"Basic {right}"}) as client:
                await look_around(client)
            with pytest.raises(BaseException) as refused:
                async with connect({}):
                    pass
            assert "401" in _all_messages(refused.value)

    apart(anyio.run, main)


def test_over_http_without_a_login(shipped_home: Path) -> None:
    async def main() -> None:
        async with _served(Settings(home=shipped_home)) as connect, connect({}) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS

    apart(anyio.run, main)


@asynccontextmanager
async def _served(settings: Settings) -> AsyncIterator[Any]:
    """The guarded tools of the web app without its pages, in this process."""
    from fastapi import FastAPI

    from ui.web.app import with_tools
    from ui.web.guard import Guard

    app = with_tools(Shelf(settings), FastAPI)
    guarded = Guard(app, settings)

    @asynccontextmanager
    async def connect(headers: dict[str, str]) -> AsyncIterator[ClientSession]:
        transport = httpx.ASGITransport(guarded)
        base = "http://127.0.0.1:7860"
        async with (
            httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as browser,
            streamable_http_client(f"{base}/mcp", http_client=browser) as (read, write, _),
            ClientSession(read, write) as client,
        ):
            await client.initialize()
            yield client

    async with app.router.lifespan_context(app):
        yield connect


def _all_messages(error: BaseException) -> str:
    parts = [str(error), str(error.__cause__ or "")]
    if isinstance(error, BaseExceptionGroup):
        parts += [_all_messages(item) for item in error.exceptions]
    return " ".join(parts)
