"""A writer whose model is a scripted server on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.writers import Writer, open_writer
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher
from tests.assistant.llm.endpoint import Endpoint

OpenWriter = Callable[..., Writer]


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield


@pytest.fixture
def open_llm(
    kb: KnowledgeBase, searcher: Searcher, shipped_home: Path, no_proxy: None
) -> OpenWriter:
    """Open the writer for a server; keyword arguments are settings."""

    def opened(server: Endpoint, kind: str = "openai", **settings: object) -> Writer:
        url = f"{server.url}/v1" if kind == "openai" else server.url
        given = {"llm_rewrite": False, "llm_timeout": 10.0, **settings}
        made = Settings.model_validate(
            {"home": shipped_home, "llm_url": url, "llm_model": "test", "llm_kind": kind, **given}
        )
        return open_writer("llm", kb, searcher, made)

    return opened
