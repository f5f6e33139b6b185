"""Ctrl-C in the middle of `kb ingest`, in a real process group as a terminal has it."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.interrupts import noted_interrupts
from ingest.pipeline import ingest
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval import index
from tests.conftest import REPOSITORY

MEMO = "第1 目的\n\n{}\n\n第2 方法\n\n適切に行う。\n"
LONG = "".join(
    f"第{number} 見出し\n\n" + "国等は、分離発注に努める。\n\n" * 150 for number in range(1, 9)
)


def kb(home: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    """`kb` as the leader of a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "ui", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "KB_HOME": str(home)},
        start_new_session=True,
    )


def documents(home: Path) -> list[str]:
    return [document.id for document in KnowledgeBase.open(home).documents()]


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short file and the knowledge base `home` of it."""
    folder = tmp_path_factory.mktemp("former")
    (folder / "0.txt").write_text(MEMO.format("分離発注に努める。"), encoding="utf-8")
    ingest([folder / "0.txt"], Settings(home=folder / "home"), index)
    return folder


@pytest.fixture
def home(former: Path, tmp_path: Path) -> Path:
    return shutil.copytree(former / "home", tmp_path / "home")


def ingest_more(home: Path, former: Path, files: int, text: str = LONG) -> subprocess.Popen[str]:
    """`kb ingest` of the short file and long ones, in the middle: the first is done."""
    folder = home.parent / "docs"
    folder.mkdir()
    for number in range(1, files):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    process = kb(home, "ingest", former / "0.txt", folder)
    assert process.stderr is not None
    assert process.stderr.readline().startswith(f"[1/{files}] ")
    return process


@pytest.mark.parametrize("files", [5, 12], ids=["one process", "several processes"])
def test_ctrl_c_leaves_the_former_generation(home: Path, former: Path, files: int) -> None:
    process = ingest_more(home, former, files)
    os.killpg(process.pid, signal.SIGINT)
    # The pipe ends only when the last process that holds it has gone.
    _, stderr = process.communicate(timeout=60)
    told = [line for line in stderr.splitlines() if line and not line.startswith("[")]
    assert told == ["中断しました。知識ベースは取り込み前のままです。"]
    assert process.returncode == 130
    assert documents(home) == ["0"]
    [generation] = (home / "generations").iterdir()
    assert not generation.name.startswith(".")


def test_a_ctrl_c_that_a_callback_swallowed_counts() -> None:
    with pytest.raises(KeyboardInterrupt), noted_interrupts(at_once=True) as check:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        check()


def test_a_ctrl_c_waits_for_a_place_where_it_harms_nothing() -> None:
    passed = []
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), noted_interrupts(at_once=False) as check:
        signal.raise_signal(signal.SIGINT)
        passed.append("the middle")
        check()
        passed.append("the next file")
    assert passed == ["the middle"]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_terminal_shows_a_bar(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text(MEMO.format("分離発注に努める。"), encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "ingest", str(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=slave,
        cwd=REPOSITORY,
        env={**os.environ, "KB_HOME": str(tmp_path / "home")},
    )
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 4096):
            shown += chunk
    except OSError:
        pass  # Linux says so when the other end has closed.
    os.close(master)
    assert process.wait(timeout=60) == 0
    text = shown.decode()
    assert f"取り込み {'░' * 24} 0/2 " in text
    assert f"取り込み {'█' * 24} 2/2 memo" in text
    assert "失敗" in text
    assert text.endswith("\r\x1b[K")


def test_a_reading_process_that_dies_stops_nothing(home: Path, former: Path) -> None:
    # Shorter, because here all of it is read and indexed.
    process = ingest_more(home, former, 10, LONG[: len(LONG) // 4])
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.is_file():
        process.communicate(timeout=60)
        pytest.skip("needs the kernel's list of child processes")
    workers = [
        int(pid)
        for pid in children.read_text().split()
        if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(workers[0], signal.SIGKILL)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    assert "Traceback" not in stderr
    assert len(documents(home)) == 10


def test_a_killed_ingest_takes_its_reading_processes_along(home: Path, former: Path) -> None:
    process = ingest_more(home, former, 12)
    process.kill()
    try:
        # The pipe ends only when the last process that holds it has gone.
        process.communicate(timeout=20)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert documents(home) == ["0"]
