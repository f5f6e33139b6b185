"""Who may come in, and from where."""

from __future__ import annotations

import base64

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from kb.errors import OptionError
from kb.settings import Settings, load_settings
from ui.web.guard import Guard

HOME = "http://127.0.0.1:7860"
OPEN = Settings()
LOCKED = Settings(user="係", password=SecretStr("ひみつ"))


def client(settings: Settings) -> TestClient:
    def echo(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.url.path)

    paths = ("/", "/mcp", "/gradio_api/info", "/files/feedback.xlsx")
    app = Starlette(routes=[Route(path, echo, methods=["GET", "POST"]) for path in paths])
    return TestClient(Guard(app, settings), base_url=HOME, follow_redirects=False)


def basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def test_every_answer_carries_the_policy_and_a_browser_gets_its_name() -> None:
    browser = client(OPEN)
    first = browser.get("/")
    assert "connect-src 'self'" in first.headers["content-security-policy"]
    assert first.headers["x-content-type-options"] == "nosniff"
    cookie = first.headers["set-cookie"]
    assert cookie.startswith("kb_visitor=")
    assert "HttpOnly; SameSite=Strict" in cookie
    assert "set-cookie" not in browser.get("/").headers


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"host": "evil.example"}, 403),
        ("GET", {"host": "[::1]:7860"}, 200),
        ("POST", {"sec-fetch-site": "cross-site"}, 403),
        ("POST", {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"}, 403),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ("POST", {"sec-fetch-site": "same-origin"}, 200),
        ("POST", {}, 200),
        ("POST", {"origin": "http://127.0.0.1:7860"}, 200),
        ("POST", {"origin": "http://127.0.0.1:9999"}, 403),
        ("POST", {"origin": "null"}, 403),
        ("POST", {"origin": "https://kb.example", "x-forwarded-host": "kb.example"}, 200),
    ],
)
def test_pages_of_other_sites_are_refused(
    method: str, headers: dict[str, str], status: int
) -> None:
    assert client(OPEN).request(method, "/", headers=headers).status_code == status


@pytest.mark.parametrize(
    "path", ["/", "/mcp", "/gradio_api/info", "/files/feedback.xlsx", "/nowhere"]
)
def test_strangers_get_nothing_but_the_login_page(path: str) -> None:
    stranger = client(LOCKED)
    for headers in (
        {},
        basic("係", "ちがう"),
        {"cookie": "kb_session="},
        {"authorization": "Basic %"},
    ):
        refused = stranger.post(path, headers=headers)
        assert (refused.status_code, refused.text) == (401, "ログインしてください。")
    sent = stranger.get(path, headers={"accept": "text/html"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/login")
    assert "利用者名" in stranger.get("/login").text


def test_logging_in_and_out() -> None:
    browser = client(LOCKED)
    wrong = browser.post("/login", data={"user": "係", "password": "x"})
    assert wrong.status_code == 401
    assert "利用者名かパスワードが違います" in wrong.text
    right = browser.post("/login", data={"user": "係", "password": "ひみつ"})
    assert (right.status_code, right.headers["location"]) == (303, "/")
    assert browser.get("/mcp").text == "/mcp"
    assert browser.get("/logout").headers["location"] == "/login"
    assert browser.get("/mcp").status_code == 401


def test_programs_send_the_password_with_each_request() -> None:
    assert client(LOCKED).post("/mcp", headers=basic("係", "ひみつ")).text == "/mcp"


@pytest.mark.parametrize(
    "values", [{"KB_USER": "a"}, {"KB_PASSWORD": "b"}, {"KB_USER": "a:b", "KB_PASSWORD": "c"}]
)
def test_user_and_password_are_set_together(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str]
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(OptionError, match="KB_USER と KB_PASSWORD の両方"):
        load_settings()
