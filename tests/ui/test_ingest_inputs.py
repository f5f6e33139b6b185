"""What `kb ingest` makes of files and folders that are not what they should be."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.ui.test_cli import Done, assert_refused, run, run_json

MEMO = "第1 目的\n\n分離発注に努める。\n\n第2 方法\n\n適切に行う。\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A knowledge base of one short file in a folder."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "memo.txt").write_text(MEMO, encoding="utf-8")
    assert run(tmp_path / "home", "ingest", str(tmp_path / "docs")).returncode == 0
    return tmp_path / "home"


def failed(done: Done) -> Any:
    """The only row of an ingest that refused its only input."""
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    [row] = json.loads(done.stdout)["documents"]
    assert row["status"] == "failed"
    return row


def test_links_in_a_circle(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    row = failed(run(home, "ingest", str(tmp_path / "a.txt"), "--json"))
    assert "リンクが循環しています" in row["reason"]
    (tmp_path / "docs" / "again").symlink_to(tmp_path / "docs")
    rows = run_json(home, "ingest", str(tmp_path / "docs"))["documents"]
    assert [(row["doc"], row["status"]) for row in rows] == [("memo", "unchanged")]


def test_a_pipe_is_not_waited_for(home: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    row = failed(run(home, "ingest", str(tmp_path / "pipe.txt"), "--json"))
    assert "ファイルではありません" in row["reason"]


def test_a_name_that_is_not_text(home: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.txt")
    (tmp_path / "docs" / name).write_text(MEMO, encoding="utf-8")
    rows = run_json(home, "ingest", str(tmp_path / "docs"))["documents"]
    assert sorted(row["status"] for row in rows) == ["failed", "unchanged"]
    assert [row["reason"] for row in rows if row["status"] == "failed"] == [
        f"「{tmp_path}/docs/??.txt」という名前は文字として読めません。ファイルの名前を変えてください。"
    ]


@pytest.mark.parametrize("name", ["empty", "pictures", "empty.zip"])
def test_a_place_with_nothing_to_read(home: Path, tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    if name == "empty.zip":
        place.write_bytes(b"PK\x05\x06" + bytes(18))
    else:
        place.mkdir()
    if name == "pictures":
        (place / "photo.png").write_bytes(b"\x89PNG\r\n")
        (place / "~$案.docx").write_bytes(b"lock")
    row = failed(run(home, "ingest", str(place), "--json"))
    assert "取り込める資料がありません" in row["reason"]
    assert_refused_without_json(run(home, "ingest", str(place)), name)


def assert_refused_without_json(done: Done, word: str) -> None:
    assert done.returncode == 2
    assert word in done.stderr.strip().splitlines()[-1]


def test_a_folder_that_is_away_keeps_its_documents(home: Path, tmp_path: Path) -> None:
    (tmp_path / "docs").rename(tmp_path / "unmounted")
    row = failed(run(home, "ingest", str(tmp_path / "docs"), "--json"))
    assert row["path"] == str(tmp_path / "docs")
    assert [row["doc"] for row in run_json(home, "docs")["documents"]] == ["memo"]


def test_a_broken_archive_keeps_its_documents(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "docs" / "方針.zip"
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("甲.txt", MEMO)
    assert run(home, "ingest", str(tmp_path / "docs")).returncode == 0
    archive.write_bytes(archive.read_bytes()[:40])
    for place in (archive, tmp_path / "docs"):
        done = run(home, "ingest", str(place), "--json")
        rows = {row["doc"]: row["status"] for row in json.loads(done.stdout)["documents"]}
        assert rows[None] == "failed"
        assert "removed" not in rows.values()
    assert sorted(row["doc"] for row in run_json(home, "docs")["documents"]) == ["memo", "甲"]


def test_a_damaged_generation_is_built_anew_from_unchanged_files(
    home: Path, tmp_path: Path
) -> None:
    generations = home / "generations"
    [old] = [folder.name for folder in generations.iterdir()]
    (home / "CURRENT").unlink()
    rows = run_json(home, "ingest", str(tmp_path / "docs"))["documents"]
    assert [(row["doc"], row["status"]) for row in rows] == [("memo", "unchanged")]
    done = run(home, "docs", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "CURRENT").read_text().strip() != old


def test_an_archive_of_which_nothing_can_be_read(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "bundle.zip"
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("a.txt", "")
        bundle.writestr("b.doc", "x")
    done = run(home, "ingest", str(archive))
    assert done.returncode == 2
    assert "a.txt" in done.stderr.strip().splitlines()[-1]
    with zipfile.ZipFile(archive, "a") as bundle:
        bundle.writestr("c.txt", MEMO)
    assert run(home, "ingest", str(archive)).returncode == 0


def test_an_empty_path_is_not_the_working_folder(home: Path, tmp_path: Path) -> None:
    assert_refused(run(home, "ingest", "", cwd=tmp_path), "PATHが空です")


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    (tmp_path / "memo.txt").write_text(MEMO, encoding="utf-8")
    for place in ("home", "home/below"):
        done = run(tmp_path / place, "ingest", str(tmp_path / "memo.txt"))
        assert_refused(done, "フォルダーではありません")


def test_a_relative_home(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text(MEMO, encoding="utf-8")
    for command in (["ingest", "memo.txt"], ["search", "分離発注"]):
        done = run(Path("kb"), *command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
