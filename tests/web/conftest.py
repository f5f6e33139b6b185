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

from kb.resources import CORPUS
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARTIFACTS = Path(__file__).with_name("artifacts")
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
]
_HOSTILE = """第1 <svg onload="window.hacked = 4">の見出しに関する事項

1 <script>window.hacked = 1</script>の取扱い

官公署は、<iframe src="http://203.0.113.9/x" onload="window.hacked = 2">という紋章入り提灯を${1+1}個まで購入できるものとする。{{value}}
"""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with the shipped corpus and a document full of HTML."""
    folder = tmp_path_factory.mktemp("web")
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
    return folder / "home"


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


def serve(home: Path, port: int) -> subprocess.Popen[str]:
    """Start `kb serve` as its own process."""
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        cwd=REPOSITORY,
        env=_environment(home),
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
