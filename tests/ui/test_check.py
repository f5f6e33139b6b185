from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl

from kb.resources import CORPUS
from tests.ui.test_cli import run


def test_the_slip_of_a_shipped_policy_is_found(shipped_home: Path) -> None:
    done = run(shipped_home, "check", "shigaku-r08", "--against", "kihon-r05", "--json")
    value = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (value["draft"], value["against"]) == ("shigaku-r08", "kihon-r05")
    years = [item for item in value["findings"] if item["kind"] == "year"]
    assert [(item["severity"], item["place"]["id"]) for item in years] == [
        ("must", "shigaku-r08/第1/1")
    ]
    text = (CORPUS / "shigaku-r08.txt").read_text(encoding="utf-8")
    assert text[years[0]["place"]["start"] : years[0]["place"]["end"]] == "令和7年度"
    assert years[0]["sentence"].startswith("事業団は、令和7年度における官公需予算総額")
    assert value["counts"]["must"] == 2
    assert {item["kind"] for item in value["findings"] if item["severity"] == "must"} == {
        "year",
        "fragment",
    }


def test_the_other_shipped_policy_has_nothing_that_must_go(shipped_home: Path) -> None:
    done = run(shipped_home, "check", "kanoya-r07", "--json")
    value = json.loads(done.stdout)
    assert value["counts"]["must"] == 0
    assert {item["kind"] for item in value["findings"]} == {"weaker", "numbering", "uncovered"}


def test_a_file_is_checked_for_the_year_named(shipped_home: Path, tmp_path: Path) -> None:
    draft = tmp_path / "案.txt"
    draft.write_bytes((CORPUS / "kanoya-r07.txt").read_bytes())
    done = run(shipped_home, "check", str(draft), "--year", "R8")
    assert done.returncode == 0
    assert "【要修正】年度  第1-1（案/第1/1）\n令和8年度の方針ですが" in done.stdout
    assert "令和8年度の方針ですが、令和7年4月22日に決定された基本方針を引いています" in done.stdout


def test_a_check_is_exported_to_word_and_excel(shipped_home: Path, tmp_path: Path) -> None:
    for name in ("check.xlsx", "check.docx"):
        done = run(shipped_home, "check", "shigaku-r08", "--out", str(tmp_path / name))
        assert done.returncode == 0
    book = openpyxl.load_workbook(tmp_path / "check.xlsx")
    assert book.sheetnames == ["指摘", "未対応の条項"]
    assert [cell.value for cell in book["指摘"][2]][:3] == ["要修正", "年度", "第1-1"]
    assert len(docx.Document(str(tmp_path / "check.docx")).tables) == 2


def test_what_cannot_be_checked_is_one_line(shipped_home: Path) -> None:
    for arguments, message in (
        (("nothing.docx",), "「nothing.docx」というファイルも資料もありません。"),
        (("jirei-h26", "--against", "kihon-r05"), "条項がないため点検できません。"),
        (("kihon-r05", "--against", "kihon-r05"), "同じ資料「kihon-r05」どうしは比較できません。"),
        (("shigaku-r08", "--against", "kihon-r99"), "資料「kihon-r99」は知識ベースにありません。"),
        ((str(CORPUS / "kanoya-r07.txt"), "--year", "来年"), "年度「来年」を読み取れません。"),
    ):
        done = run(shipped_home, "check", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr and done.stderr.count("\n") == 1
