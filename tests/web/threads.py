"""Event loops beside Playwright's, which holds the main thread as long as a browser is open."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def apart(call: Callable[..., Any], *arguments: Any) -> Any:
    """Call something in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call, *arguments).result()
