"""The local server of the web app. Gradio is loaded only once the knowledge base is known good."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import OptionError, system_reason
from kb.settings import Settings
from ui.web.shelf import Shelf

if TYPE_CHECKING:
    from fastapi import FastAPI

HOST = "127.0.0.1"
_ASSETS = Path(__file__).with_name("assets")
_CONCURRENT = 64


def serve(settings: Settings) -> None:
    """Serve the web app on 127.0.0.1 until it is interrupted.

    Raises StoreError when there is no usable knowledge base, OptionError when the port is taken.
    """
    shelf = Shelf(settings)
    with _listen(settings.port) as listener:
        import uvicorn

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                print(
                    f"http://{HOST}:{settings.port}/ で起動しました（Ctrl+C で終了）。", flush=True
                )

        # Open browser tabs hold event streams that would never end by themselves.
        config = uvicorn.Config(
            application(shelf, settings), log_level="warning", timeout_graceful_shutdown=1
        )
        Server(config).run(sockets=[listener])


def application(shelf: Shelf, settings: Settings) -> FastAPI:
    """The whole server: pages, files and tools behind the guard. Raises StorageFullError."""
    _be_offline()
    _without_plots()
    import gradio as gr
    from fastapi import FastAPI

    from ui.web.bench import Reports
    from ui.web.files import add_routes
    from ui.web.guard import Guard
    from ui.web.handlers.chat import ChatHandlers
    from ui.web.handlers.quality import QualityHandlers
    from ui.web.pages import build
    from ui.web.record import Record
    from ui.web.stream import add_stream
    from ui.web.theme import theme
    from ui.web.uploads import Uploads

    record = Record(settings.home)
    api = with_tools(shelf, FastAPI)
    api.add_middleware(Guard, settings=settings)
    chats = ChatHandlers(shelf, record)
    figures = QualityHandlers(settings.home, record)
    add_stream(api, chats)
    add_routes(api, shelf, record, chats, figures, Uploads(settings), Reports(settings))
    blocks = build(shelf, has_login=settings.user is not None)
    blocks.queue(default_concurrency_limit=_CONCURRENT, api_open=False)
    gr.mount_gradio_app(
        api,
        blocks,
        path="/",
        server_name=HOST,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        enable_monitoring=False,
        theme=theme(),
        # Not as `css`, which Gradio confines to its own container below the classes of the page.
        head=f"<style>{_style()}</style><script>{_joined(_ASSETS / 'js')}</script>",
    )
    return api


def with_tools(shelf: Shelf, make: type[FastAPI]) -> FastAPI:
    """A server that has the MCP tools at /mcp and nothing else."""
    from ui.mcp_server import tools

    mcp = tools(shelf)
    addresses = mcp.streamable_http_app().routes

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with mcp.session_manager.run():
            yield

    api = make(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    api.router.routes.extend(addresses)
    return api


def _style() -> str:
    """The looks; rules are nested below the root, twice, to count for more than Gradio's own."""
    tokens = (_ASSETS / "tokens.css").read_text(encoding="utf-8")
    return f"{tokens}\n:root:root {{ {_joined(_ASSETS / 'css')} }}"


def _joined(folder: Path) -> str:
    """The files of a folder, one after another in the order of their names."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()))


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise OptionError(
            f"ポート{port}は使えません（{system_reason(error)}）。"
            "`kb serve --port 番号` で別のポートを指定してください。"
        ) from error


def _be_offline() -> None:
    # Gradio and its hub client look home as soon as they are imported.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"


def _without_plots() -> None:
    """Spare Gradio the look for matplotlib on the whole path, twice for every step of an answer."""
    if importlib.util.find_spec("matplotlib") is None:
        sys.modules["matplotlib"] = None  # type: ignore[assignment]
