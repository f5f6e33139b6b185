"""The local server of the web app. Gradio is loaded only once the knowledge base is known good."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import OptionError
from kb.settings import Settings
from ui.web.library import Library

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
_ASSETS = Path(__file__).with_name("assets")
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""The browser itself refuses every other host, whatever a page or a library asks for."""
_HEADERS = (
    (b"content-security-policy", _POLICY.encode("ascii")),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def build_app(settings: Settings) -> gr.Blocks:
    """The pages over the generation in service. Raises StoreError when there is none."""
    return _build(Library(settings))


def serve(settings: Settings) -> None:
    """Serve the web app on 127.0.0.1 until it is interrupted.

    Raises StoreError when there is no usable knowledge base, OptionError when the port is taken.
    """
    library = Library(settings)
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
            _application(_build(library)), log_level="warning", timeout_graceful_shutdown=1
        )
        Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise OptionError(
            f"ポート{port}は使えません（{error.strerror}）。"
            "`kb serve --port 番号` で別のポートを指定してください。"
        ) from error


def _build(library: Library) -> gr.Blocks:
    _be_offline()
    from ui.web.handlers import Handlers
    from ui.web.pages import build

    return build(Handlers(library), library.choices())


def _be_offline() -> None:
    # Gradio and its hub client look home as soon as they are imported.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"


def _application(blocks: gr.Blocks) -> FastAPI:
    import gradio as gr
    from fastapi import FastAPI

    from ui.web.theme import theme

    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    api.add_middleware(_StayHome)
    script = (_ASSETS / "app.js").read_text(encoding="utf-8")
    blocks.queue(default_concurrency_limit=16, api_open=False)
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
        css_paths=_ASSETS / "app.css",
        head=f"<script>{script}</script>",
    )
    return api


class _StayHome:
    """ASGI layer that puts the policy on every response (streams pass through untouched)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await self._app(scope, receive, send_with_policy)
