"""What the command line says to people who type otherwise, and where its output goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.ui.test_cli import assert_refused, run, run_json


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serch"], "「serch」というコマンドはありません。search、serve のことでしょうか。`kb --help`"),
        (["compare", "x"], "「x」というコマンドはありません。`kb compare --help`"),
        (["docs", "--jso"], "「--jso」というオプションはありません。--json のことでしょうか。"),
        (["search"], "「QUERY」が指定されていません。`kb search --help`"),
        (["search", "a", "b"], "余分な語があります（b）。空白を含む語は引用符で囲んでください。"),
        (["search", "a", "-k", "x"], "「-k」の値が使えません。整数を指定してください。"),
        (["search", "a", "-k"], "「-k」には値が足りないか、余分な値が付いています。"),
        (["ask", "a", "--writer", "x"], "「--writer」の値が使えません。使える値は extractive、llm です。"),
    ],
)  # fmt: skip
def test_wrong_use_is_said_in_japanese(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(tmp_path, *arguments)
    assert_refused(done, said)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["search"], ["compare"], ["compare", "cases"]])
def test_help_is_japanese_throughout(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, *arguments, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("使い方: ")
    assert "この説明を表示します。" in done.stdout
    for word in ("Usage", "Options:", "Commands:", "default", "exit"):
        assert word not in done.stdout


@pytest.mark.parametrize(
    "written",
    ["ＫＩＨＯＮ－Ｒ０５／第２/２/（３）/③", " kihon-r05/第2/2/(3)/③/", "kihon-r05/第2-2(3)③"],
)
def test_places_are_found_as_people_type_them(shipped_home: Path, written: str) -> None:
    assert run_json(shipped_home, "show", written)["id"] == "kihon-r05/第2/2/(3)/③"
    clause = run_json(shipped_home, "compare", "clause", written)["clause"]
    assert clause["id"] == "kihon-r05/第2/2/(3)/③"
    assert run(shipped_home, "refs", written).returncode == 0


def test_documents_and_kinds_are_found_as_people_type_them(shipped_home: Path) -> None:
    assert run_json(shipped_home, "outline", " Ｋｉｈｏｎ-r05/ ")["doc"] == "kihon-r05"
    for options in (["--doc", " KIHON-r05"], ["--kind", "基本方針"], ["--kind", " kihon "]):
        hits = run_json(shipped_home, "search", "銘柄指定", *options)["hits"]
        assert {hit["doc"] for hit in hits} == {"kihon-r05"}
    policies = run_json(shipped_home, "compare", "policies", "KIHON-R05", "ｋａｎｏｙａ-r07")
    assert (policies["a"]["doc"], policies["b"]["doc"]) == ("kihon-r05", "kanoya-r07")


def test_a_document_is_no_place(shipped_home: Path) -> None:
    assert_refused(run(shipped_home, "show", "kihon-r05"), "`kb outline kihon-r05`")


def test_what_is_no_text_is_not_found(shipped_home: Path) -> None:
    broken = os.fsdecode(b"\xff\xfe")
    for command in ("show", "outline", "refs", "check"):
        assert_refused(run(shipped_home, command, broken))
    for command in ("search", "ask"):
        done = run(shipped_home, command, f"{broken}銘柄指定", "--json")
        assert done.returncode == 0
        assert json.loads(done.stdout)


def test_messages_hold_no_control_characters(shipped_home: Path) -> None:
    done = run(shipped_home, "search", "銘柄", "--issuer", "a\nb\x1b[31m")
    assert_refused(done, "「a b[31m」")
    assert "\x1b" not in done.stderr
    assert done.stderr.count("\n") == 1


def kb(
    home: Path, *arguments: str, stdout: Any, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """`kb` as a process with a standard output of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "KB_HOME": str(home), **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output(shipped_home: Path) -> None:
    with open("/dev/full", "w") as full:
        done = kb(shipped_home, "outline", "jirei-h26", "--json", stdout=full)
    assert done.returncode == 2
    said = "エラー: 結果を書き出せません（空き容量がありません）。出力先を確認してください。\n"
    assert done.stderr.decode() == said


def test_a_reader_that_leaves_is_no_error(shipped_home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = kb(shipped_home, "outline", "jirei-h26", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_output_that_cannot_hold_japanese(shipped_home: Path) -> None:
    for encoding in ("ascii", "cp932"):
        done = kb(shipped_home, "docs", "--json", stdout=subprocess.PIPE, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        titles = [row["title"] for row in json.loads(done.stdout)["documents"]]
        assert "令和5年度中小企業者に関する国等の契約の基本方針" in titles
