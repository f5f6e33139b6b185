"""Questions about many rows of a table, over a table of four made-up universities."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kb.documents import Document, DocumentKind, Node, NodeKind, ParsedDocument, TableData
from kb.settings import Settings
from kb.spans import SourceMap, Span
from kb.store import GenerationStore, KnowledgeBase, write_database
from retrieval.analysis import JapaneseAnalyzer, normalise
from retrieval.figures import FigureTables

HEADER = (
    "官公需総実績額(A) 計（百万円）",
    "中小企業・小規模事業者向け契約実績額(B) 工事（百万円）",
    "中小企業・小規模事業者向け契約実績額(B) 計（百万円）",
    "新規中小企業者向け契約実績額(C)（百万円）",
    "B/A 工事（%）",
    "B/A 計（%）",
    "C/A（%）",
)
ROWS = {
    "海大学": ("1,000", "300", "420", "50", "60.0", "42.0", "5.00"),
    "山大学": ("2,000", "900", "1,700", "10", "99.0", "85.0", "0.50"),
    "川大学": ("300", "20", "90", "[0]", "30.5", "30.0", None),
    "空大学": ("100", "70", "89", "3", "70.0", "89.0", "3.00"),
}
ANALYZER = JapaneseAnalyzer()


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> FigureTables:
    home = tmp_path_factory.mktemp("home")

    def node(id: str, parent: str | None, kind: NodeKind, table: TableData | None) -> Node:
        path = tuple(id.split("/")[1:])
        return Node(
            id, "d", path, parent, kind, path[-1], "", "", (Span(0, 1),), SourceMap(), table=table
        )

    nodes = [node("d/表", None, NodeKind.TABLE, None)]
    nodes += [
        node(f"d/表/{name}", "d/表", NodeKind.RECORD, TableData(HEADER, (cells,)))
        for name, cells in ROWS.items()
    ]
    document = Document("d", "d", DocumentKind.KIHON, "", None, None, "", "", "", "", 1)
    parsed = ParsedDocument(document, "x", tuple(nodes), ())

    def fill(folder: Path) -> dict[str, str]:
        write_database(folder / "kb.sqlite", [parsed])
        return {}

    store = GenerationStore(home)
    with store.locked():
        store.build(Settings(home=home).fingerprint, fill)
    return FigureTables(KnowledgeBase.open(home), ["d/表"], ANALYZER)


def asked(tables: FigureTables, text: str, *owners: str) -> tuple[str, list[str]] | None:
    plain = normalise(text)
    terms = {term: float(count) for term, count in Counter(ANALYZER.terms(plain)).items()}
    found = tables.find(plain, terms, owners)
    return (found.column, [row.owner for row in found.rows]) if found else None


def test_contracts_with_others_than_the_columns_count_are_not_answered(
    tables: FigureTables,
) -> None:
    assert asked(tables, "適格組合への契約額が一番多い大学は") is None
    assert asked(tables, "障害者施設からの購入額が最も多い大学は") is None
    found = asked(tables, "中小企業への契約金額が一番多い大学は")
    assert found is not None
    assert found[1][0] == "山大学"
    assert asked(tables, "小さい会社への契約金額が一番多い大学は") is not None


@pytest.mark.parametrize(
    ("text", "column", "owners"),
    [
        ("中小企業の比率が４０％台以下の大学", "B/A 計（%）", ["川大学", "海大学"]),
        ("中小企業の比率が80%台の大学は", "B/A 計（%）", ["空大学", "山大学"]),
        ("新規の比率が3%を超える大学はどこ", "C/A（%）", ["海大学"]),
        ("新規の比率が3%以上の大学はどこ", "C/A（%）", ["海大学", "空大学"]),
        ("新規の比率が3%に届いている大学", "C/A（%）", ["海大学", "空大学"]),
        ("工事の中小の比率が6割以上", None, []),
        ("工事の中小の比率が6割以上の大学", "B/A 工事（%）", ["山大学", "空大学", "海大学"]),
        ("官公需総実績額がいちばん大きい大学", HEADER[0], ["山大学", "海大学", "川大学", "空大学"]),
        ("新規の実績額が1千万円以上の大学", None, []),
        ("新規中小企業者向けの金額が1000万円以上の大学", HEADER[3], ["海大学", "山大学"]),
        ("中小企業の比率が最低の大学", "B/A 計（%）", ["川大学", "海大学", "山大学", "空大学"]),
    ],
)
def test_rows_asked_for_by_their_figures(
    tables: FigureTables, text: str, column: str | None, owners: list[str]
) -> None:
    assert asked(tables, text) == ((column, owners) if column else None)


def test_only_owners_named_are_compared(tables: FigureTables) -> None:
    found = asked(tables, "中小企業の比率が高い順の大学", "海大学", "空大学", "よその大学")
    assert found == ("B/A 計（%）", ["空大学", "海大学"])


@pytest.mark.parametrize(
    "text",
    [
        "目標は61%以上ですか",
        "一番厳しい機関はどこ",
        "中小企業の比率は",
        "前払金は4割以内の契約で",
        "人件費の比率の高い役務では、最低賃金額を下回らないことに留意し、落札の公表を行う",
    ],
)
def test_other_questions_ask_for_no_rows(tables: FigureTables, text: str) -> None:
    assert asked(tables, text) is None


def test_values_are_in_yen_or_per_cent(tables: FigureTables) -> None:
    terms = dict.fromkeys(ANALYZER.terms("官公需総実績額"), 1.0)
    found = tables.find("官公需総実績額が一番大きい大学の金額", terms, ())
    assert found is not None
    first = found.rows[0]
    assert (first.node, first.written, first.value) == ("d/表/山大学", "2,000", 2_000_000_000)
