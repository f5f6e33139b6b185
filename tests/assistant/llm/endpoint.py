"""A server on this machine that speaks the protocols of OpenAI and Ollama, with scripted replies."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PIECE = 7


class Ending(StrEnum):
    """How a reply ends."""

    STOP = "stop"
    LENGTH = "length"  # the model ran out of tokens
    CUT = "cut"  # the connection breaks without a word
    NEVER = "never"  # tokens without end


@dataclass(frozen=True, slots=True)
class Scripted:
    """One reply: its words, or a bare HTTP answer where `status` is not 200 or `body` is given."""

    words: str = ""
    status: int = 200
    body: bytes | None = None
    ending: Ending = Ending.STOP
    wait: float = 0.0
    pause: float = 0.0


@dataclass
class Endpoint:
    """What the server answers, in turn (the last reply again and again), and what it was asked."""

    url: str
    replies: list[Scripted] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def next(self) -> Scripted:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    @property
    def asked(self) -> str:
        """The last message of the last request."""
        return str(self.requests[-1]["messages"][-1]["content"])


@contextmanager
def endpoint(*replies: Scripted) -> Iterator[Endpoint]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    state = Endpoint(f"http://127.0.0.1:{server.server_port}", list(replies))
    server.state = state  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def do_POST(self) -> None:
        state: Endpoint = self.server.state  # type: ignore[attr-defined]
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        state.requests.append({"path": self.path, **request})
        state.headers.append(dict(self.headers))
        reply = state.next()
        time.sleep(reply.wait)
        try:
            if reply.status != 200 or reply.body is not None:
                self._bare(reply)
            elif self.path.endswith("/chat/completions"):
                self._openai(request, reply)
            elif self.path.endswith("/api/chat"):
                self._ollama(request, reply)
            else:
                self._bare(Scripted(status=404, body=b"{}"))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _bare(self, reply: Scripted) -> None:
        body = reply.body if reply.body is not None else b'{"error": {"message": "scripted"}}'
        self._head(reply.status, "application/json", len(body))
        self.wfile.write(body)

    def _openai(self, request: dict[str, Any], reply: Scripted) -> None:
        base = {"id": "x", "created": 1, "model": request["model"]}
        if not request.get("stream"):
            message = {"role": "assistant", "content": reply.words}
            choice = {"index": 0, "message": message, "finish_reason": reply.ending.value}
            self._json({**base, "object": "chat.completion", "choices": [choice]})
            return
        self._head(200, "text/event-stream", None)
        kind = {**base, "object": "chat.completion.chunk"}
        for piece in _pieces(reply):
            delta = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
            self._send(f"data: {_dump({**kind, 'choices': [delta]})}\n\n", reply)
        if reply.ending is not Ending.CUT:
            last = {"index": 0, "delta": {}, "finish_reason": reply.ending.value}
            self._send(f"data: {_dump({**kind, 'choices': [last]})}\n\ndata: [DONE]\n\n", reply)

    def _ollama(self, request: dict[str, Any], reply: Scripted) -> None:
        base = {"model": request["model"], "created_at": "2026-01-01T00:00:00Z"}
        done = {"done": True, "done_reason": reply.ending.value}
        if not request.get("stream"):
            self._json({**base, "message": {"role": "assistant", "content": reply.words}, **done})
            return
        self._head(200, "application/x-ndjson", None)
        for piece in _pieces(reply):
            part = {"message": {"role": "assistant", "content": piece}, "done": False}
            self._send(f"{_dump({**base, **part})}\n", reply)
        if reply.ending is not Ending.CUT:
            self._send(
                f"{_dump({**base, 'message': {'role': 'assistant', 'content': ''}, **done})}\n",
                reply,
            )

    def _json(self, value: dict[str, Any]) -> None:
        body = _dump(value).encode()
        self._head(200, "application/json", len(body))
        self.wfile.write(body)

    def _head(self, status: int, kind: str, length: int | None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is None:
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _send(self, text: str, reply: Scripted) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()
        time.sleep(reply.pause)


def _pieces(reply: Scripted) -> Iterator[str]:
    while True:
        for start in range(0, len(reply.words), _PIECE):
            yield reply.words[start : start + _PIECE]
        if reply.ending is not Ending.NEVER:
            return


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
