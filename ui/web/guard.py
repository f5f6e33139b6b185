"""What stands before every page, file and tool: who may come in, and what a browser may do."""

from __future__ import annotations

import base64
import binascii
import secrets
import time
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from kb.settings import Settings
from ui.web.render.login import login_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

VISITOR = "kb_visitor"
"""Cookie that tells one browser's history from another's."""
_SESSION = "kb_session"
_YEAR = 365 * 24 * 3600
_HOURS = 12 * 3600
_LOGIN, _LOGOUT = "/login", "/logout"
_LONGEST_FORM = 4096
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
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
Headers = list[tuple[bytes, bytes]]


class Guard:
    """ASGI layer around the whole server; streams pass through untouched.

    Where a user and a password are set, everything but the login page asks for them: the pages,
    Gradio's own addresses, downloads and the MCP tools. Programs send them as HTTP Basic.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        password = settings.password.get_secret_value() if settings.password else ""
        self._login = f"{settings.user}:{password}" if settings.user else None
        self._sessions: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, with the policy on its answer, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        cookies = _cookies(headers.get("cookie", ""))
        if not _is_from_here(scope["method"], headers):
            await _reply(send, 403, "text/plain", "このアドレスからは利用できません。")
        elif self._login is not None and not self._knows(headers, cookies):
            await self._ask_who(scope, receive, send, headers)
        elif self._login is not None and scope["path"] == _LOGOUT:
            self._sessions.pop(cookies.get(_SESSION, ""), None)
            await _redirect(send, _LOGIN)
        else:
            fresh = [] if VISITOR in cookies else [_cookie(VISITOR, secrets.token_hex(16), _YEAR)]
            await self._app(scope, receive, _decorated(send, fresh if scope["path"] == "/" else []))

    def _knows(self, headers: dict[str, str], cookies: dict[str, str]) -> bool:
        expires = self._sessions.get(cookies.get(_SESSION, ""), 0.0)
        return expires > time.monotonic() or self._is_right(
            _basic(headers.get("authorization", ""))
        )

    def _is_right(self, given: str) -> bool:
        assert self._login is not None
        return secrets.compare_digest(given.encode(), self._login.encode())

    async def _ask_who(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str]
    ) -> None:
        if scope["path"] == _LOGIN and scope["method"] == "POST":
            form = parse_qs((await _body(receive)).decode("utf-8", "replace"))
            if self._is_right(f"{form.get('user', [''])[0]}:{form.get('password', [''])[0]}"):
                token = secrets.token_urlsafe(32)
                now = time.monotonic()
                self._sessions = {key: end for key, end in self._sessions.items() if end > now}
                self._sessions[token] = now + _HOURS
                await _redirect(send, "/", [_cookie(_SESSION, token, _HOURS)])
            else:
                await _reply(send, 401, "text/html", login_page(failed=True))
        elif scope["path"] == _LOGIN:
            await _reply(send, 200, "text/html", login_page())
        elif scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            await _redirect(send, _LOGIN)
        else:
            await _reply(send, 401, "text/plain", "ログインしてください。")


def _is_from_here(method: str, headers: dict[str, str]) -> bool:
    """Neither a page of another site nor another name for this machine (DNS rebinding)."""
    try:
        host = urlsplit(f"//{headers.get('host', '')}").hostname
    except ValueError:
        return False
    if host not in _LOOPBACK:
        return False
    if method == "GET" and headers.get("sec-fetch-mode") == "navigate":
        return True  # A link that was followed, from wherever.
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return False
    # Browsers that do not say so still name the page that sends; a proxy names itself.
    origin = headers.get("origin")
    own = (headers.get("host"), headers.get("x-forwarded-host"))
    return origin is None or urlsplit(origin).netloc in own


def _decorated(send: Send, cookies: Headers) -> Send:
    async def send_with_policy(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_HEADERS, *cookies]
        await send(message)

    return send_with_policy


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: item.value for name, item in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _cookie(name: str, value: str, seconds: int) -> tuple[bytes, bytes]:
    text = f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict"
    return b"set-cookie", text.encode("ascii")


def _basic(header: str) -> str:
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(coded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more and len(body) <= _LONGEST_FORM:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _redirect(send: Send, path: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    await _answer(send, 303, [(b"location", path.encode("ascii")), *headers], b"")


async def _reply(send: Send, status: int, kind: str, text: str) -> None:
    await _answer(
        send, status, [(b"content-type", f"{kind}; charset=utf-8".encode())], text.encode()
    )


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [*headers, length, (b"cache-control", b"no-store"), *_HEADERS],
        }
    )
    await send({"type": "http.response.body", "body": body})
