"""`kb serve` says in one line why it cannot start."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest

from kb.errors import NoKnowledgeBaseError, OptionError
from kb.settings import Settings
from tests.web.conftest import free_port, serve
from ui.web.app import _listen
from ui.web.app import serve as run


def test_no_knowledge_base_is_said_at_once(tmp_path: Path) -> None:
    process = serve(tmp_path / "none", free_port())
    out, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert out == ""
    assert err.startswith("エラー: 知識ベースがまだありません")
    assert err.count("\n") == 1
    with pytest.raises(NoKnowledgeBaseError):
        run(Settings(home=tmp_path / "none"))


def test_taken_port_names_the_port_and_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(OptionError, match=f"ポート{port}は使えません.*--port"):
            _listen(port)


@pytest.mark.web
def test_taken_port_ends_the_command(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process: subprocess.Popen[str] = serve(home, listener.getsockname()[1])
        _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert err.startswith("エラー: ポート")
    assert err.count("\n") == 1
