"""Tables of nodes as a terminal shows them."""

from __future__ import annotations

from ui.table_view import table


def test_rows_in_columns() -> None:
    value = {
        "header": ["会社名", "規模"],
        "rows": [["A社", "中小企業"], ["株式会社B", ""]],
        "faults": [],
    }
    assert table(value) == "表:\n  会社名     規模\n  A社        中小企業\n  株式会社B"


def test_wide_rows_are_told_cell_by_cell() -> None:
    long = "対象となる契約の種類及び予定価格の区分ごとに定める要件の一覧" * 2
    value = {"header": ["項目", ""], "rows": [["要件", long], ["期間", "2年"]], "faults": []}
    assert table(value).splitlines() == [
        "表:", "  1行目", "    項目: 要件", f"    列2: {long}", "  2行目", "    項目: 期間", "    列2: 2年",
    ]  # fmt: skip


def test_a_record_shows_its_figures_by_part_and_its_faults() -> None:
    value = {
        "header": ["総額(A) 物件（百万円）", "総額(A) 計（百万円）", "B/A 物件（%）", "B/A 計（%）", "新規(C)（百万円）"],
        "rows": [["7,869", "13,953", "34.8", None, "66"]],
        "faults": ["B/Aの物件は金額から求めると35.00%ですが、34.8%と書かれています。"],
    }  # fmt: skip
    assert table(value).splitlines() == [
        "表:",
        "                      物件                  計",
        "  総額(A)（百万円）  7,869              13,953",
        "  B/A（%）            34.8  （失われています）",
        "  新規(C)（百万円）  66",
        "",
        "表の不整合・欠落:",
        "  B/Aの物件は金額から求めると35.00%ですが、34.8%と書かれています。",
    ]


def test_no_table() -> None:
    assert table(None) == ""
    assert table({"header": [], "rows": [], "faults": ["行はすべて失われています。"]}) == (
        "表の不整合・欠落:\n  行はすべて失われています。"
    )
