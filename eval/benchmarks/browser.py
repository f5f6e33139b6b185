"""How long the web app takes to open in a real browser, where there is one."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from eval.benchmarks.processes import web_app
from eval.benchmarks.speed import Figure

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_READY = ".kb-welcome"
_ROUNDS = 3


def opening_figures(home: Path) -> list[Figure]:
    """Seconds until a new visitor can type, best of three on a warm server; none without a browser."""
    executable = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return []
    if executable is None:
        return []
    seconds = []
    with web_app(home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        # The first visit warms the server; each has a browser profile of its own.
        for _ in range(1 + _ROUNDS):
            page = browser.new_context().new_page()
            began = time.perf_counter()
            page.goto(address)
            page.wait_for_selector(_READY)
            seconds.append(time.perf_counter() - began)
            page.context.close()
        browser.close()
    return [Figure("ブラウザーで開くまで（起動済み）", "秒", min(seconds[1:]), limit=3.0)]
