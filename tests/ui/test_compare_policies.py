from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.ui.test_cli import run

PAIR = ("kanoya-r07", "shigaku-r08")


def test_policies_as_json_have_the_keys_of_the_interface(shipped_home: Path) -> None:
    done = run(shipped_home, "compare", "policies", *PAIR, "--json")
    value = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(value) == {"a", "b", "pairs", "coverage", "seconds"}
    pair = next(row for row in value["pairs"] if row["a"] == "kanoya-r07/第1/1")
    assert {
        key: pair[key] for key in ("b", "relation", "kind", "main", "moved", "differences")
    } == {
        "b": "shigaku-r08/第1/1",
        "relation": "changed",
        "kind": "changed",
        "main": True,
        "moved": False,
        "differences": [
            {"matter": "number", "a": "66.4%", "b": "25%"},
            {"matter": "number", "a": "5億5千2百万円", "b": "35億円"},
        ],
    }
    assert "".join(change["a"] for change in pair["diff"]).startswith(
        "中小企業・小規模事業者向け契約目標\n"
    )
    assert {row["relation"] for row in value["pairs"]} == {"same", "changed", "only_a", "only_b"}


def test_policies_are_exported_to_word_and_excel(shipped_home: Path, tmp_path: Path) -> None:
    for name in ("表.docx", "表.xlsx"):
        done = run(shipped_home, "compare", "policies", *PAIR, "--out", str(tmp_path / name))
        assert (done.returncode, done.stderr) == (0, "")
    table = docx.Document(str(tmp_path / "表.docx")).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "令和7年度 国立大学法人鹿屋体育大学 契約の方針",
        "令和8年度 日本私立学校振興・共済事業団 契約の方針",
        "備考",
    ]
    assert openpyxl.load_workbook(tmp_path / "表.xlsx").sheetnames == ["対照表", "条項対応"]


def test_one_clause_in_every_policy(shipped_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "横並び.docx"
    done = run(
        shipped_home, "compare", "clause", "kihon-r05/第2/3/(6)", "--json", "--out", str(file)
    )
    value = json.loads(done.stdout)
    assert [clause["id"] for group in value["groups"] for clause in group["clauses"]] == [
        "kanoya-r07/第2/15"
    ]
    assert value["groups"][0]["kind"] == "same"
    assert value["silent"] == ["shigaku-r08"]
    assert len(docx.Document(str(file)).tables[0].rows) == 3


def test_the_table_is_shown_in_the_terminal(shipped_home: Path) -> None:
    done = run(shipped_home, "compare", "policies", *PAIR, "--table")
    assert "の対照表\n" in done.stdout
    assert "提供する【よう努める】ものとする。" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("policies", "kanoya-r07", "nai"), "資料「nai」は知識ベースにありません"),
        (("policies", "kanoya-r07", "kanoya-r07"), "どうしは比較できません"),
        (("policies", *PAIR, "--left", "kihon-r05"), "比較する資料ではありません"),
        (("policies", *PAIR, "--format", "docx"), "書き出し先が要ります"),
        (("policies", *PAIR, "--out", "表.pdf"), "形式が分かりません"),
        (("policies", *PAIR, "--out", "表.docx", "--format", "xlsx"), "合いません"),
        (("clause", "kanoya-r07/第99"), "という箇所は知識ベースにありません"),
        (("clause", "kanoya-r07"), "kanoya-r07"),
    ],
)
def test_wrong_use_is_one_japanese_sentence(
    shipped_home: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(shipped_home, "compare", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
