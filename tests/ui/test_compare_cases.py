from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl

from tests.ui.test_cli import run

QUERY = "小規模な修繕の登録制度の登録の期間と留意点"


def test_cases_as_json_have_the_keys_of_the_interface(shipped_home: Path) -> None:
    done = run(shipped_home, "compare", "cases", QUERY, "--json")
    value = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert value["asked"] == ["期間", "留意点"]
    assert {row["id"] for row in value["rows"]} == {"jirei-h26/事例10", "jirei-h26/事例11"}
    eniwa = next(row for row in value["rows"] if row["id"] == "jirei-h26/事例10")
    assert (eniwa["organisation"], eniwa["prefecture"]) == ("北海道恵庭市", "北海道")
    assert list(eniwa["cells"]) == value["columns"]
    period = eniwa["cells"]["期間"]
    assert (period["text"], period["id"], period["verified"]) == (
        "登録期間は2年とし、その後の登録は更新手続きを要する。",
        "jirei-h26/事例10/登録制度の概要",
        True,
    )
    assert period["quote"] == period["text"]
    chofu = next(row for row in value["rows"] if row["id"] == "jirei-h26/事例11")
    assert chofu["cells"]["留意点"] == {
        "text": "",
        "id": None,
        "quote": None,
        "start": None,
        "end": None,
        "verified": None,
    }


def test_cases_for_people_say_what_is_not_stated(shipped_home: Path) -> None:
    done = run(shipped_home, "compare", "cases", QUERY)
    assert "■ 東京都調布市「調布市小規模契約事業者登録制度」（jirei-h26/事例11）" in done.stdout
    assert "  留意点: 記載なし\n" in f"{done.stdout}\n"


def test_cases_are_exported_to_word_and_excel(shipped_home: Path, tmp_path: Path) -> None:
    for name in ("cases.xlsx", "cases.docx"):
        done = run(shipped_home, "compare", "cases", QUERY, "--out", str(tmp_path / name))
        assert done.returncode == 0
    book = openpyxl.load_workbook(tmp_path / "cases.xlsx")
    assert book.sheetnames == ["事例比較", "出典"]
    assert [cell.value for cell in book["事例比較"][1]][:3] == ["団体", "都道府県", "事例"]
    tables = docx.Document(str(tmp_path / "cases.docx")).tables
    assert len(tables[0].rows) == 3
    again = run(shipped_home, "compare", "cases", QUERY, "--out", str(tmp_path / "cases.xlsx"))
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.startswith("エラー: 出力先「") and "既にあります" in again.stderr


def test_an_empty_query_is_one_line(shipped_home: Path) -> None:
    done = run(shipped_home, "compare", "cases", " ")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "エラー: 比べたい内容が空です。知りたい事柄を入力してください。\n"
