"""Measure commands from a cold process."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.errors import KbError

_WEB_LIMIT = 120.0
_POLL = 0.05


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU time in seconds and peak resident memory in MiB of a process.

    Other work on the machine lengthens the wall time, hardly the CPU time.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(module: str, *arguments: str, home: Path) -> Cost:
    """Run `python -m module` on the knowledge base in `home`. Raises KbError when it fails."""
    command = [sys.executable, "-m", module, *arguments]
    finished = subprocess.run(
        [sys.executable, "-m", "eval.benchmarks.child", *command],
        env=_environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    result = json.loads(finished.stdout)
    if result["returncode"]:
        raise KbError(f"`{' '.join(command[1:])}` が失敗しました。{result['error']}")
    return Cost(result["seconds"], result["cpu_seconds"], result["peak_mb"])


def median_cost(costs: Sequence[Cost]) -> Cost:
    """The median of the times beside the greatest memory."""
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.cpu_seconds for cost in costs),
        max(cost.peak_mb for cost in costs),
    )


def seconds_until_web_app(home: Path) -> float:
    """Start `kb serve` and wait for its page. Raises KbError when it does not come up."""
    began = time.perf_counter()
    with web_app(home):
        return time.perf_counter() - began


@contextmanager
def web_app(home: Path) -> Iterator[str]:
    """A running `kb serve` of its own: its address. Raises KbError when it does not come up."""
    port = _free_port()
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        env=_environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(f"{address}/"):
            if time.perf_counter() - began > _WEB_LIMIT or server.poll() is not None:
                raise KbError(
                    "Webアプリが起動しません。`kb serve` を実行して表示を確認してください。"
                )
            time.sleep(_POLL)
        yield address
    finally:
        server.terminate()
        server.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=_WEB_LIMIT) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"KB_HOME": str(home)}
