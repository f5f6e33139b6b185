"""Cases of the shipped book side by side: which ones, under which columns, in whose words."""

from __future__ import annotations

import pytest

from assistant.comparison.case_report import case_report
from assistant.comparison.case_table import NOT_STATED, CaseTable
from assistant.comparison.cases import compare_cases
from assistant.quotes import verify
from kb.errors import OptionError
from kb.results import Filters
from kb.store import KnowledgeBase
from retrieval.search import Searcher


def numbers(table: CaseTable) -> list[int]:
    return sorted(row.case.number for row in table.rows)


def texts(table: CaseTable, column: str) -> dict[int, str]:
    return {row.case.number: table.cell(row, column).text for row in table.rows}


def test_the_cases_of_one_method(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "一抜け方式の比較")
    assert numbers(table) == [6, 7, 8]
    assert table.asked == ()
    assert table.columns[:2] == ("目的", "概要")
    assert texts(table, "概要")[7].startswith("一抜け方式による入札とは、競争入札において、")


def test_columns_that_the_question_asks_for(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "小規模な修繕の登録制度の、金額の上限と登録の期間")
    assert numbers(table) == [10, 11]
    assert table.asked == ("期間", "金額・上限")
    assert texts(table, "期間") == {
        10: "登録期間は2年とし、その後の登録は更新手続きを要する。",
        11: "登録の有効期間は、平成24年4月1日から平成27年3月31日までの3年間。",
    }
    upper = texts(table, "金額・上限")
    assert "予定価格130万円以下の小規模修繕契約" in upper[10]
    assert "(1) 簡易な工事など 130万円以下 (2) 物品の買入れ、印刷製本など 80万円以下" in upper[11]


def test_a_case_that_says_nothing_has_an_empty_cell(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "新商品を認定して随意契約で買う制度の認定期間")
    rows = {row.case.number: row for row in table.rows}
    saga, echizen = (table.cell(rows[number], "期間") for number in (3, 1))
    assert (saga.text, saga.citation, saga.shown) == ("", None, NOT_STATED)
    assert (echizen.text, echizen.shown) == ("認定の日から起算して3年間",) * 2


def test_every_extract_stands_in_the_source(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "区分6の取組の比較")
    assert numbers(table) == list(range(19, 27))
    cited = [(row, cell.citation) for row in table.rows for cell in row.cells if cell.citation]
    assert len(cited) > 30
    for row, citation in cited:
        assert citation.verified and verify(kb, citation)
        assert citation.id.startswith(f"{row.id}/")


def test_the_sentence_in_light_of_the_question(kb: KnowledgeBase, searcher: Searcher) -> None:
    column = "認定・審査基準"
    disabled = texts(compare_cases(kb, searcher, "障害者雇用の加点は何点か"), column)
    green = texts(compare_cases(kb, searcher, "環境への配慮の加点は何点か"), column)
    assert "障害者雇用率が4.0%以上の場合は10点加点" in disabled[23]
    assert "エコアクション21を取得している場合は5点加点" in green[23]


def test_a_row_of_several_lines_is_told_with_its_figure(
    kb: KnowledgeBase, searcher: Searcher
) -> None:
    table = compare_cases(kb, searcher, "事例19の環境への配慮の加点は何点か")
    (cell,) = texts(table, "認定・審査基準").values()
    assert cell.startswith("環境への配慮等 公益財団法人") and cell.endswith("20点 全者・申請全業種")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("北海道の事例", [9, 10, 12, 18]),
        ("北海道と大阪府の事例", [6, 9, 10, 12, 18]),
        ("全国の一抜け方式", [6, 7, 8]),
        ("埼玉県以外の一抜け方式", [6, 7]),
        ("埼玉県の一抜け方式に似た他県の取組", [6, 7]),
        ("事例3と事例5の対象者", [3, 5]),
        ("区分2の事例", [6, 7, 8]),
    ],
)
def test_places_and_numbers_restrict_the_cases(
    kb: KnowledgeBase, searcher: Searcher, question: str, expected: list[int]
) -> None:
    assert numbers(compare_cases(kb, searcher, question)) == expected


def test_filters_restrict_the_cases(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "一抜け方式", Filters(prefecture="群馬県"))
    assert numbers(table) == [7]
    with pytest.raises(OptionError, match="都道府県「沖縄県」に当たる資料はありません"):
        compare_cases(kb, searcher, "一抜け方式", Filters(prefecture="沖縄県"))


def test_what_another_field_says_comes_last(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "新商品を認定する5団体、これまでに認定・選定した品の数")
    assert texts(table, "実施状況・実績")[4].endswith("うち 179 件が選定されている。")


def test_every_body_named_keeps_a_case(kb: KnowledgeBase, searcher: Searcher) -> None:
    question = "組合の点数を合計にする項目と平均にする項目。川崎と山武で見比べたい"
    assert numbers(compare_cases(kb, searcher, question)) == [13, 15]


def test_cases_by_what_they_say_of_themselves(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "効果をまだ検証していないと認めている事例")
    assert numbers(table) == [16, 25, 26]
    assert texts(table, "効果・評価")[16] == "県内企業への技術移転については、今後検証する予定"


def test_a_body_without_cases_is_named(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "京都市の一抜け方式")
    assert "「京都市」の資料や事例は知識ベースにありません。" in table.notes


def test_words_that_no_case_has_are_told(kb: KnowledgeBase, searcher: Searcher) -> None:
    table = compare_cases(kb, searcher, "宇宙ロケットの打ち上げ")
    assert table.notes == ("質問の語は事例の本文にほとんどありません。近い事例を示します。",)


def test_an_empty_question_is_refused(kb: KnowledgeBase, searcher: Searcher) -> None:
    with pytest.raises(OptionError, match="比べたい内容が空です"):
        compare_cases(kb, searcher, "  ")


def test_the_report_has_a_sheet_to_use_and_one_with_sources(
    kb: KnowledgeBase, searcher: Searcher
) -> None:
    table = compare_cases(kb, searcher, "小規模な修繕の登録制度の登録の期間")
    use, sources = case_report(kb, table).sheets
    assert (use.name, use.columns[:3]) == ("事例比較", ("団体", "都道府県", "事例"))
    assert use.columns[3:] == table.columns
    assert [row[0].text for row in use.rows] == ["北海道恵庭市", "東京都調布市"]
    filled = sum(cell.citation is not None for row in table.rows for cell in row.cells)
    assert len(sources.rows) == filled
    period = next(row for row in sources.rows if row[1].text == "期間")
    assert [cell.text for cell in period[2:5]] == [
        "登録期間は2年とし、その後の登録は更新手続きを要する。",
        "平成26年度事例集 事例10 登録制度の概要",
        "jirei-h26/事例10/登録制度の概要",
    ]
