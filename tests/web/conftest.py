"""A real server over the shipped corpus and one hostile document, and a real browser."""

from __future__ import annotations

import os
import queue
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.reports import write_last
from kb.resources import CORPUS
from tests.conftest import REPOSITORY, made_once
from tests.web.visit import ARTIFACTS, SIZES, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_PATIENCE = 60.0
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine is reachable, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
_HOSTILE = """第1 <svg onload="window.hacked = 4">の見出しに関する事項

1 <script>window.hacked = 1</script>の取扱い

官公署は、<iframe src="http://203.0.113.9/x" onload="window.hacked = 2">という紋章入り提灯を${1+1}個まで購入できるものとする。{{value}}
"""


_ROW = {
    "id": "q1", "question": "<b>何</b>ですか", "type": "lookup", "answerable": "yes",
    "gold": ["a/1"], "ranks": {"a/1": 2}, "hits": ["a/2", "a/1"], "citations": ["a/1"],
    "answer": "答え", "abstained": False, "abstention_correct": True,
    "measures": {"hit@1": 0.0, "hit@5": 1.0}, "search_seconds": 0.01, "answer_seconds": 0.03,
}  # fmt: skip
_REPORT = {
    "measures": {"questions": 1.0, "hit@1": 0.0, "hit@5": 1.0},
    "per_question": [_ROW],
    "run": {"質問": "見本.jsonl"},
}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with the shipped corpus and a document full of HTML, this process's own."""

    def make(folder: Path) -> None:
        hostile = folder / "hostile.txt"
        hostile.write_text(_HOSTILE, encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "ui", "ingest", str(CORPUS), str(hostile)],
            cwd=REPOSITORY,
            env=_environment(folder / "home"),
            check=True,
            capture_output=True,
            timeout=60,
        )
        write_last(folder / "home", _REPORT)

    made = made_once(tmp_path_factory, "web", make) / "home"
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("web") / "home", symlinks=True))


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """The address of a running `kb serve`."""
    port = free_port()
    process = serve(home, port)
    try:
        line = first_line(process, _PATIENCE)
        assert line == f"http://127.0.0.1:{port}/ で起動しました（Ctrl+C で終了）。"
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium; the tests are skipped, visibly, where there is none."""
    executable = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(executable).exists():
        pytest.skip("needs chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    ARTIFACTS.mkdir(exist_ok=True)
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def visits(browser: Browser, server: str) -> Iterator[dict[str, Visit]]:
    """One page a size for all tests: only the first visit has to load Gradio's scripts."""
    made: dict[str, Visit] = {}
    for size, (width, height) in SIZES.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="ja-JP", has_touch=size == "phone"
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        made[size] = Visit(context.new_page(), server, size)
    yield made
    for visit in made.values():
        visit.page.context.close()


@pytest.fixture(params=list(SIZES))
def visit(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Iterator[Visit]:
    """A page at a desk's width, and again at a phone's."""
    yield visits[request.param]
    visits[request.param].check()


@pytest.fixture
def desk(visits: dict[str, Visit]) -> Iterator[Visit]:
    """A page at a desk's width."""
    yield visits["desk"]
    visits["desk"].check()


@pytest.fixture
def phone(visits: dict[str, Visit]) -> Iterator[Visit]:
    """A page at a phone's width."""
    yield visits["phone"]
    visits["phone"].check()


def serve(home: Path, port: int, **settings: str) -> subprocess.Popen[str]:
    """Start `kb serve` as its own process; `settings` are further KB_… variables."""
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        cwd=REPOSITORY,
        env=_environment(home) | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def first_line(process: subprocess.Popen[str], seconds: float) -> str:
    """The first line of standard output; fails after `seconds` or at the end of the process."""
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    stdout = process.stdout
    threading.Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=seconds).rstrip("\n")
    except queue.Empty:
        pytest.fail(f"the web app was not ready after {seconds} s")
    if not line and process.stderr is not None:
        pytest.fail(f"the web app ended: {process.stderr.read()}")
    return line


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    return kept | {"KB_HOME": str(home), "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}
