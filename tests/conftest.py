"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

# A busy machine must not fail a test; speed is measured in benchmarks.
# The same examples every time: what passes here passes in CI. HYPOTHESIS_PROFILE=explore looks for more.
settings.register_profile("default", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

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


def made_once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name` that `make` fills, the same one for all processes of a test run."""
    root = temporary.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / name
    finished = folder / "finished"
    with FileLock(f"{folder}.lock"):
        if not finished.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            finished.touch()
    return folder


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the shipped corpus, built once; read it, do not write to it."""
    from ingest.pipeline import ingest
    from kb.settings import Settings
    from retrieval import index

    def make(folder: Path) -> None:
        ingest([], Settings(home=folder / "home"), index)

    return made_once(tmp_path_factory, "shipped", make) / "home"
