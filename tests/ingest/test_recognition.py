"""Kind, title, issuer, year and day of decision from the text alone."""

from __future__ import annotations

import pytest

from ingest.kinds import recognise
from ingest.lines import read_lines
from ingest.metadata import Metadata, find_metadata
from ingest.page import Extract
from kb.documents import DocumentKind
from kb.fiscal_year import FiscalYear
from kb.resources import CORPUS


def read(text: str) -> tuple[DocumentKind, float, Metadata]:
    lines = read_lines(Extract.of_text(text))
    kind = recognise(lines)
    return kind.kind, kind.confidence, find_metadata(lines, kind.kind, "stem")


@pytest.mark.parametrize(
    ("doc", "kind", "title", "issuer", "year"),
    [
        (
            "kihon-r05",
            DocumentKind.KIHON,
            "令和5年度中小企業者に関する国等の契約の基本方針",
            "閣議決定",
            2023,
        ),
        (
            "shigaku-r08",
            DocumentKind.KIKAN,
            "令和8年度における日本私立学校振興・共済事業団の中小企業者に関する契約の方針",
            "日本私立学校振興・共済事業団",
            2026,
        ),
        (
            "kanoya-r07",
            DocumentKind.KIKAN,
            "令和7年度における国立大学法人鹿屋体育大学の中小企業者に関する契約の方針",
            "国立大学法人鹿屋体育大学",
            2025,
        ),
        (
            "jirei-h26",
            DocumentKind.JIREI,
            "平成26年度 官公需における発注事例集",
            "中小企業庁 取引課",
            2014,
        ),
        (
            "kyogikai-r08",
            DocumentKind.OTHER,
            "令和8年度 「官公需確保対策地方推進協議会」開催のご案内",
            "中小企業庁事業環境部取引課",
            2026,
        ),
    ],
)
def test_shipped_documents(
    doc: str, kind: DocumentKind, title: str, issuer: str, year: int
) -> None:
    found, confidence, metadata = read((CORPUS / f"{doc}.txt").read_text(encoding="utf-8"))
    assert found is kind
    assert confidence >= 0.9
    assert metadata == Metadata(title, issuer, FiscalYear(year), None)


def test_a_policy_decided_by_a_ministry() -> None:
    text = """令和６年度防衛省の中小企業者に関する契約の方針

令和６年６月１４日 決定

防衛省は、基本方針（令和６年４月１９日閣議決定）に即して次のとおり定める。

第１　目標

防衛省は、目標を定める。

第２　措置

防衛省は、措置を講ずる。
"""
    kind, _, metadata = read(text)
    assert kind is DocumentKind.KIKAN
    assert metadata == Metadata(
        "令和6年度防衛省の中小企業者に関する契約の方針", "防衛省", FiscalYear(2024), "2024-06-14"
    )


def test_a_law_and_a_plain_text() -> None:
    law = "官公需法\n" + "".join(
        f"第{n}条　国は、努めなければならない。\n" for n in "一二三四五六七八"
    )
    assert read(law)[0] is DocumentKind.LAW
    kind, _, metadata = read("覚え書き\n\n会議室の予約について、担当に確認した。\n")
    assert kind is DocumentKind.OTHER
    assert metadata == Metadata("覚え書き", "", None, None)


def test_a_text_of_clauses_alone_is_named_after_its_file() -> None:
    _, _, metadata = read("第1 竹細工の様式\n1 様式及び部数\n竹細工の様式は二部とする。")
    assert metadata == Metadata("stem", "", None, None)
