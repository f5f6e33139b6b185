"""The command line as a script sees it: one JSON document, exit status, one line of error."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from ui.cli import main


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(home: Path, *arguments: str, cwd: Path = REPOSITORY, **environment: str) -> Done:
    """`kb` in this process, which spares the start of an interpreter."""
    out, err = io.StringIO(), io.StringIO()
    status: object = 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["kb", *arguments])
        for key, value in {"KB_HOME": str(home), **environment}.items():
            patch.setenv(key, value)
        try:
            main()
        except SystemExit as stop:
            status = stop.code
    assert isinstance(status, int)
    return Done(status, out.getvalue(), err.getvalue())


def spawn(home: Path, *arguments: str, before: str = "") -> subprocess.Popen[str]:
    """`kb` as a process of its own; `before` is Python to run first."""
    program = f"import sys; {before}\nfrom ui.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "KB_HOME": str(home)},
    )


def run_json(home: Path, *arguments: str) -> Any:
    done = run(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_refused(done: Done, *words: str) -> None:
    assert done.returncode == 2, done
    assert done.stdout == ""
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("エラー: ")
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in last


@pytest.mark.parametrize("group", [[], ["compare"]])
def test_a_group_without_a_command_shows_its_help(tmp_path: Path, group: list[str]) -> None:
    done = run(tmp_path, *group)
    assert done.returncode == 2
    assert done.stderr.startswith(f"エラー: `{' '.join(['kb', *group])}` の後に続ける語が")
    assert done.stdout.startswith("使い方: ")
    assert "エラー" not in done.stdout


def test_docs_lists_the_five_documents(shipped_home: Path) -> None:
    rows = {row["doc"]: row for row in run_json(shipped_home, "docs")["documents"]}
    assert sorted(rows) == ["jirei-h26", "kanoya-r07", "kihon-r05", "kyogikai-r08", "shigaku-r08"]
    kihon = rows["kihon-r05"]
    assert kihon["kind"] == "kihon"
    assert kihon["fiscal_year"] == {"era": "令和", "year": 5, "western": 2023}
    assert len(kihon["sha256"]) == 64
    assert rows["jirei-h26"]["kind"] == "jirei"
    assert rows["kanoya-r07"]["kind"] == rows["shigaku-r08"]["kind"] == "kikan"


def test_outline_names_every_clause(shipped_home: Path) -> None:
    nodes = run_json(shipped_home, "outline", "kihon-r05")["nodes"]
    by_id = {node["id"]: node for node in nodes}
    clause = by_id["kihon-r05/第2/2/(3)/③"]
    assert clause["path"] == ["第2", "2", "(3)", "③"]
    assert (clause["kind"], clause["parent"]) == ("clause", "kihon-r05/第2/2/(3)")
    assert (clause["start"], clause["end"]) == (6335, 6481)
    assert by_id["kihon-r05/第2/2/(3)"]["heading"] == "適正な納期・工期、納入条件等の設定"


def test_show_gives_the_words_and_the_surroundings(shipped_home: Path) -> None:
    page = run_json(shipped_home, "show", "kihon-r05/第2/2/(3)/③")
    assert (
        "直接の銘柄指定はもとより原材料等の間接の銘柄指定等を行わないものとする。" in page["text"]
    )
    assert "\n\n" not in page["text"]
    assert [crumb["id"] for crumb in page["breadcrumbs"]] == [
        "kihon-r05/第2",
        "kihon-r05/第2/2",
        "kihon-r05/第2/2/(3)",
    ]
    assert page["previous"] == "kihon-r05/第2/2/(3)/②"
    assert page["next"] == "kihon-r05/第2/2/(4)"
    assert page["raw"].startswith("③ 国等は")


def test_search_finds_the_clause_on_brands(shipped_home: Path) -> None:
    value = run_json(shipped_home, "search", "銘柄指定", "-k", "3")
    assert value["query"] == "銘柄指定"
    assert len(value["hits"]) <= 3
    ids = [hit["id"] for hit in value["hits"]]
    assert "kihon-r05/第2/2/(3)/③" in ids[:2]
    first = value["hits"][0]
    assert first["lexical"] > 0
    assert any("銘柄" in first["text"][start:end] for start, end in first["highlights"])


@pytest.mark.parametrize(
    ("options", "doc"),
    [
        (["--doc", "shigaku-r08"], "shigaku-r08"),
        (["--kind", "kihon"], "kihon-r05"),
        (["--issuer", "鹿屋体育大学"], "kanoya-r07"),
        (["--year", "R8", "--kind", "kikan"], "shigaku-r08"),
        (["--year", "2023"], "kihon-r05"),
        (["--year", "令和５年度"], "kihon-r05"),
    ],
)
def test_filters(shipped_home: Path, options: list[str], doc: str) -> None:
    hits = run_json(shipped_home, "search", "受注機会の増大", *options)["hits"]
    assert hits
    assert {hit["doc"] for hit in hits} == {doc}


def test_case_filters(shipped_home: Path) -> None:
    hits = run_json(shipped_home, "search", "随意契約", "--prefecture", "北海道")["hits"]
    assert {hit["case"]["prefecture"] for hit in hits} == {"北海道"}
    hits = run_json(shipped_home, "search", "入札", "--category", "入札方式の改善")["hits"]
    assert {hit["case"]["number"] for hit in hits} == {6, 7, 8}


def test_ask_quotes_the_source(shipped_home: Path) -> None:
    answer = run_json(shipped_home, "ask", "仕様書で特定のメーカーの銘柄を指定してもよいですか")
    assert not answer["abstained"]
    assert "kihon-r05/第2/2/(3)/③" in [citation["id"] for citation in answer["citations"]]
    for citation in answer["citations"]:
        doc = citation["id"].partition("/")[0]
        text = (REPOSITORY / "corpus" / f"{doc}.txt").read_text(encoding="utf-8")
        stands = "".join(text[citation["start"] : citation["end"]].split())
        assert stands == "".join(citation["quote"].split())
        assert citation["verified"]


def test_ask_reads_a_follow_up_with_the_question_before_it(shipped_home: Path) -> None:
    answer = run_json(shipped_home, "ask", "鹿屋では？", "--before", "国の基本方針の納期の定めは？")
    assert (answer["question"], answer["understood_as"]) == ("鹿屋では？", "鹿屋の納期の定めは？")
    assert answer["citations"][0]["id"].startswith("kanoya-r07/第2/5")
    assert run_json(shipped_home, "ask", "鹿屋の納期の定めは？")["understood_as"] == ""


def test_ask_says_when_nothing_answers(shipped_home: Path) -> None:
    answer = run_json(shipped_home, "ask", "沖縄県の契約の方針では目標は何％ですか")
    assert answer["abstained"]
    assert answer["citations"] == []
    assert answer["answer"].startswith("該当する記載は見つかりません。")
    assert "沖縄県" in answer["answer"]
    assert "近い箇所：" in answer["answer"]


def test_status_reports_health(shipped_home: Path) -> None:
    value = run_json(shipped_home, "status")
    assert value["counts"]["documents"] == 5
    assert all(row["healthy"] for row in value["files"])
    assert value["encoder"]


def test_text_output_for_people(shipped_home: Path) -> None:
    done = run(shipped_home, "show", "kihon-r05/第2/2/(3)/③")
    assert done.returncode == 0
    assert "銘柄指定" in done.stdout
    raw = run(shipped_home, "show", "kihon-r05/第2/2/(3)/③", "--raw")
    assert "（原文 6335..6481）" in raw.stdout


def test_wrong_use_is_one_line(shipped_home: Path, tmp_path: Path) -> None:
    assert_refused(run(shipped_home, "show", "kihon-r05/第9"), "kihon-r05/第9")
    assert_refused(run(shipped_home, "outline", "nai"), "nai", "kb docs")
    assert_refused(run(shipped_home, "search", "随契", "--bogus"), "--bogus")
    assert_refused(run(shipped_home, "search", ""), "検索")
    assert_refused(run(shipped_home, "search", "随契", "-k", "0"))
    assert_refused(run(shipped_home, "search", "随契", "--year", "いつか"), "いつか")
    assert_refused(run(shipped_home, "search", "随契", "--doc", "nai"), "nai")
    assert_refused(run(shipped_home, "nonsense"))
    assert_refused(run(shipped_home, "eval", str(tmp_path / "none.jsonl")), "none.jsonl")
    assert_refused(run(tmp_path / "empty", "docs"), "kb ingest")
    assert_refused(run(shipped_home, "docs", KB_COLOUR="red"), "KB_COLOUR")
    assert_refused(run(shipped_home, "docs", KB_PORT="many"), "KB_PORT")


def test_ingest_from_any_folder_without_a_path(tmp_path: Path) -> None:
    done = run(tmp_path / "home", "ingest", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["documents"]
    assert [row["status"] for row in rows] == ["added"] * 5
    again = run_json(tmp_path / "home", "ingest")
    assert [row["status"] for row in again["documents"]] == ["unchanged"] * 5
    assert again["generation"] == json.loads(done.stdout)["generation"]


def generations(home: Path) -> list[str]:
    return sorted(folder.name for folder in (home / "generations").iterdir())


MEMO = "第1 目的\n\n{}\n\n第2 方法\n\n適切に行う。\n"


@pytest.fixture
def small_home(tmp_path: Path) -> Path:
    """A knowledge base of one short file, to be spoilt."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "memo.txt").write_text(MEMO.format("分離発注に努める。"), encoding="utf-8")
    assert run(tmp_path / "home", "ingest", str(tmp_path / "docs")).returncode == 0
    return tmp_path / "home"


def test_bad_files_give_a_row_each_and_exit_2(small_home: Path, tmp_path: Path) -> None:
    bad = {
        "missing.txt": None,
        "empty.txt": b"",
        "picture.png": b"\x89PNG\r\n",
        "binary.txt": bytes(range(256)) * 8,
    }
    for name, content in bad.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.txt"
    good.write_text("第1 見出し\n\n前金払を行う。\n", encoding="utf-8")
    done = run(small_home, "ingest", *(str(tmp_path / name) for name in bad), str(good), "--json")
    assert done.returncode == 2
    rows = {Path(row["path"]).name: row for row in json.loads(done.stdout)["documents"]}
    assert {name: row["status"] for name, row in rows.items()} == {
        **dict.fromkeys(bad, "failed"),
        "good.txt": "added",
    }
    assert all(name in rows[name]["reason"] for name in bad)
    assert run_json(small_home, "search", "前金払")["hits"]


def test_a_changed_file_is_updated_and_a_deleted_one_removed(
    small_home: Path, tmp_path: Path
) -> None:
    memo = tmp_path / "docs" / "memo.txt"
    memo.write_text(MEMO.format("銘柄指定を行わない。"), encoding="utf-8")
    (tmp_path / "docs" / "new.txt").write_text("第1 新\n\n新しい文。\n", encoding="utf-8")
    rows = run_json(small_home, "ingest", str(tmp_path / "docs"))["documents"]
    assert {row["doc"]: row["status"] for row in rows} == {"memo": "updated", "new": "added"}
    assert "銘柄指定" in run_json(small_home, "show", "memo/第1")["text"]
    memo.unlink()
    rows = run_json(small_home, "ingest", str(tmp_path / "docs"))["documents"]
    assert {row["doc"]: row["status"] for row in rows} == {"memo": "removed", "new": "unchanged"}
    assert [row["doc"] for row in run_json(small_home, "docs")["documents"]] == ["new"]


def test_a_damaged_knowledge_base_is_one_line(small_home: Path) -> None:
    [name] = generations(small_home)
    (small_home / "generations" / name / "kb.sqlite").write_bytes(b"SQLite format 3\0")
    for command in (["docs"], ["search", "分離発注"], ["ask", "分離発注は?"], ["status"]):
        assert_refused(run(small_home, *command), "kb.sqlite", "kb ingest")


def test_a_damaged_generation_leaves_the_one_before_in_service(
    small_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "docs" / "more.txt").write_text("第1 他\n\n別の文。\n", encoding="utf-8")
    assert run(small_home, "ingest", str(tmp_path / "docs")).returncode == 0
    old, new = generations(small_home)
    (small_home / "generations" / new / "kb.sqlite").unlink()
    done = run(small_home, "docs", "--json")
    assert done.returncode == 0
    assert [row["doc"] for row in json.loads(done.stdout)["documents"]] == ["memo"]
    assert old in done.stderr


def test_a_full_disk_leaves_the_old_generation(small_home: Path, tmp_path: Path) -> None:
    before = generations(small_home)
    (tmp_path / "docs" / "long.txt").write_text(
        "第1 長い\n\n" + "文である。" * 9000, encoding="utf-8"
    )
    # No file of the process may grow over 64 KiB: what a full disk does to a write.
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))"
    process = spawn(small_home, "ingest", str(tmp_path / "docs"), before=limit)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 2, stderr
    assert "Traceback" not in stderr
    assert "前の知識ベースはそのまま使えます" in stderr.strip().splitlines()[-1]
    assert generations(small_home) == before
    assert run_json(small_home, "search", "分離発注")["hits"][0]["id"] == "memo/第1"


@pytest.mark.parametrize("seconds", [0.8, 1.6])
def test_a_killed_ingest_leaves_the_old_generation(
    small_home: Path, tmp_path: Path, seconds: float
) -> None:
    for number in range(40):
        text = f"第1 見出し{number}\n\n" + f"第{number}の文である。\n\n" * 200
        (tmp_path / "docs" / f"{number}.txt").write_text(text, encoding="utf-8")
    process = spawn(small_home, "ingest", str(tmp_path / "docs"))
    time.sleep(seconds)
    process.kill()
    process.communicate(timeout=60)
    assert run_json(small_home, "search", "分離発注に努める")["hits"][0]["id"] == "memo/第1"
    assert run(small_home, "ingest", str(tmp_path / "docs")).returncode == 0
    assert len(run_json(small_home, "docs")["documents"]) == 41


def test_the_installed_command_runs_as_a_process(shipped_home: Path) -> None:
    process = spawn(shipped_home, "search", "銘柄指定", "--json")
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    assert json.loads(stdout)["hits"]


def test_archives_are_read_member_by_member(small_home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "bundle.zip"
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("方針/甲.txt", "第1 目的\n\n単価契約を行う。\n")
        bundle.writestr("乙.txt", "")
    done = run(small_home, "ingest", str(archive), "--json")
    assert done.returncode == 0
    rows = {Path(row["path"]).name: row for row in json.loads(done.stdout)["documents"]}
    assert (rows["甲.txt"]["status"], rows["乙.txt"]["status"]) == ("added", "failed")
    assert "空です" in rows["乙.txt"]["reason"]
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("丙.txt", "第1 目的\n\n総価契約を行う。\n")
    again = run_json(small_home, "ingest", str(archive))["documents"]
    assert {row["doc"]: row["status"] for row in again} == {"丙": "added", "甲": "removed"}


def test_many_files_are_read_side_by_side_in_order(small_home: Path, tmp_path: Path) -> None:
    for number in range(9):
        text = f"第1 目的\n\n{number}番目の文である。\n" if number != 4 else ""
        (tmp_path / "docs" / f"{number}.txt").write_text(text, encoding="utf-8")
    rows = run_json(small_home, "ingest", str(tmp_path / "docs"))["documents"]
    statuses = [(Path(row["path"]).stem, row["status"]) for row in rows]
    expected = [(str(n), "failed" if n == 4 else "added") for n in range(9)]
    assert statuses == [*expected, ("memo", "unchanged")]


def test_the_corpus_folder_is_its_documents_only(tmp_path: Path) -> None:
    rows = run_json(tmp_path / "home", "ingest", str(REPOSITORY / "corpus"))["documents"]
    assert sorted(row["doc"] for row in rows) == [
        "jirei-h26", "kanoya-r07", "kihon-r05", "kyogikai-r08", "shigaku-r08",
    ]  # fmt: skip
