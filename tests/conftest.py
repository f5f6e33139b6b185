"""Fixtures that every room's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine must not fail a test; speed is measured in benchmarks.
settings.register_profile("default", deadline=None, max_examples=60)
settings.load_profile("default")

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden", action="store_true", help="write tests/golden anew from the code"
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data beside the repository; tests that need it skip without it."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("needs the gold data beside the repository")
    return folder


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the shipped corpus, built once; read it, do not write to it."""
    from ingest.pipeline import ingest
    from kb.settings import Settings
    from retrieval import index

    home = tmp_path_factory.mktemp("shipped")
    ingest([], Settings(home=home), index)
    return home
