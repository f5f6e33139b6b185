"""The shipped documents, their search and the assistant over both, opened once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher


@pytest.fixture(scope="session")
def kb(shipped_home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(shipped_home)


@pytest.fixture(scope="session")
def searcher(kb: KnowledgeBase, shipped_home: Path) -> Searcher:
    return Searcher(kb, Settings(home=shipped_home))


@pytest.fixture(scope="session")
def assistant(kb: KnowledgeBase, searcher: Searcher) -> Assistant:
    return Assistant(kb, searcher)
