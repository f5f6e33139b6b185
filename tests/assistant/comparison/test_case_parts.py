"""The parts of a table of cases: fields that a question asks for, labels, statements, subjects."""

from __future__ import annotations

import pytest

from assistant.comparison.case_fields import (
    announced,
    asked_fields,
    asked_phrases,
    quantity_asked,
    quantity_of,
)
from assistant.comparison.case_question import read_case_question
from assistant.comparison.case_statements import block_of, statements
from assistant.comparison.case_states import state_asked
from kb.addresses import clause_mentions
from kb.documents import Node, NodeKind
from kb.spans import SourceMap, Span
from retrieval.owners import OwnerMention
from retrieval.query import Intent, Query


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("一抜け方式の比較", ()),
        ("ねらいと根拠の要綱を並べて", ("目的", "根拠法令等")),
        ("誰が使えて、いくらまでか", ("対象者", "金額・上限")),
        ("何点加点されるか", ("認定・審査基準",)),
        ("導入の効果と課題", ("効果・評価", "留意点")),
        ("登録の続く年数", ("期間",)),
        ("名簿はどれくらい有効か", ("期間",)),
        ("販売開始から何年以内の品か", ("対象商品・業務",)),
        ("選ばれた会社の数", ("実施状況・実績",)),
        ("環境の認証で点になる市", ("認定・審査基準",)),
    ],
)
def test_fields_that_a_question_asks_for(question: str, fields: tuple[str, ...]) -> None:
    assert asked_fields(question) == fields


def test_the_piece_of_the_question_that_asks_for_a_field() -> None:
    assert asked_phrases("入札の参加者を絞る取組の、地域の条件・よりどころ") == {
        "根拠法令等": "よりどころ",
        "要件": "地域の条件",
    }


@pytest.mark.parametrize(
    ("phrase", "figure", "other"),
    [
        ("何点か", "10点加点", "10人"),
        ("何年有効か", "3年間", "3点"),
        ("いくらまで", "130万円", "3年"),
        ("登録の年数", "2年", "2社"),
        ("点になる市", "5点", "5年"),
    ],
)
def test_the_figure_that_is_asked_for(phrase: str, figure: str, other: str) -> None:
    pattern = quantity_asked(phrase)
    assert pattern is not None
    assert pattern.search(figure) and not pattern.search(other)


def test_the_figure_may_be_asked_for_in_another_piece() -> None:
    pattern = quantity_of("認定・審査基準", "女性の雇用の加点、二つの市は何点ずつか")
    assert pattern is not None and pattern.search("10点")
    assert quantity_of("対象者", "対象者は誰か、何点か") is None


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("・認定要件", "要件"),
        ("【認証を受けるための条件】", "要件"),
        ("対象となる企業等", "対象者"),
        ("・審査基準", "認定・審査基準"),
        ("・応札や落札の状況", None),
        ("・受注企業", None),
    ],
)
def test_labels_announce_fields(line: str, field: str | None) -> None:
    assert announced(line) == field


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("一抜け方式の比較", ("一抜け方式の",)),
        (
            "子育て支援や障害者雇用の優遇",
            ("子育て支援や障害者雇用の優遇", "子育て支援", "障害者雇用の優遇"),
        ),
        ("対象者と期間を比べたい", ()),
        ("事例3と事例5", ()),
    ],
)
def test_what_is_left_to_be_matched(question: str, subjects: tuple[str, ...]) -> None:
    query = Query(question, Intent.COMPARE, clause_mentions(question))
    assert read_case_question(query).subjects == subjects


@pytest.mark.parametrize(
    ("question", "subjects", "count"),
    [
        ("新製品を買っている3団体、認定した品の数", ("新製品を買っている",), 3),
        ("障害者を雇う会社を優遇する実例を全部", ("障害者を雇う会社を優遇する を",), None),
        ("監査の参考にしたい。下請を守る市はどこ", ("下請を守る",), None),
    ],
)
def test_what_frames_a_question_is_no_subject(
    question: str, subjects: tuple[str, ...], count: int | None
) -> None:
    read = read_case_question(Query(question, Intent.LIST))
    assert (read.subjects, read.count) == (subjects, count)


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("青葉市と白浜の配点の違い", ("甲県青葉市", "千葉県白浜郡広域水道企業団")),
        ("白浜郡・青葉市の配点の違い", ("甲県青葉市", "千葉県白浜郡広域水道企業団")),
        ("青葉市の白浜での工事", ("甲県青葉市",)),
    ],
)
def test_a_body_beside_one_that_is_named(question: str, only: tuple[str, ...]) -> None:
    query = Query(question, Intent.COMPARE, owners=(OwnerMention("青葉市", "甲県青葉市", 1.0),))
    bodies = ("甲県青葉市", "千葉県白浜郡広域水道企業団", "乙市")
    assert read_case_question(query, bodies).only == only


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("効果の確かめがまだの事例", "受注の増え方については、現在検証中。"),
        ("成果がまだわからないと認める団体", "件数が少なく、成果の検証ができていない。"),
        ("今後も続ける市はどこ", "来年度も継続して実施する。"),
        ("見直しが必要だと言う市はどこ", "手続が煩雑なため、要領を改正する必要がある。"),
        ("受注の実績がまだない事例", "認定は6社、うち受注企業0社"),
    ],
)
def test_what_cases_say_of_themselves(question: str, statement: str) -> None:
    state = state_asked(question)
    assert state is not None and state.is_said(statement)
    assert not state.is_said("受注機会の確保に一定の効果があった。")


@pytest.mark.parametrize(
    "question",
    ["トライアル発注の効果と課題を比べたい", "過去の実績がない創業者を優遇する市はどこ"],
)
def test_most_questions_ask_for_no_state(question: str) -> None:
    assert state_asked(question) is None


def section(*lines: str, field: str | None = "実施状況・実績") -> Node:
    body = "\n".join(lines)
    return Node(
        id="book/事例1/実施状況",
        doc="book",
        path=("事例1", "実施状況"),
        parent="book/事例1",
        kind=NodeKind.SECTION,
        label="実施状況",
        heading="実施状況",
        body=body,
        segments=(Span(0, len(body) + 5),),
        source_map=SourceMap(((0, 0, len(body) + 5),)),
        field_name=field,
    )


def said(node: Node) -> list[tuple[str | None, str]]:
    return [(item.field, item.text) for item in statements(node)]


def test_a_label_opens_a_block_of_its_own_field() -> None:
    node = section(
        "・認定した事業者は6社である。",
        "・認定要件",
        "市内に本社があること。認定は3年間有効とする。",
        "・毎年度、展示を行っている。",
    )
    assert said(node) == [
        ("実施状況・実績", "・認定した事業者は6社である。"),
        ("要件", "市内に本社があること。"),
        ("要件", "認定は3年間有効とする。"),
        ("実施状況・実績", "・毎年度、展示を行っている。"),
    ]


def test_bullets_below_a_label_stay_below_it() -> None:
    node = section(
        "・認定要件",
        "（工夫した点から）",
        "・組合の証明を受けていること。",
        "・加入率が高いこと。",
        "・受注の状況",
        "1者の契約",
    )
    assert said(node) == [
        ("要件", "・組合の証明を受けていること。"),
        ("要件", "・加入率が高いこと。"),
        ("実施状況・実績", "1者の契約"),
    ]


def test_a_sentence_takes_the_list_that_it_announces() -> None:
    node = section("対象は次のとおり。", "(1) 工事 130万円以下", "(2) 物品 80万円以下", "以上。")
    assert said(node) == [
        ("実施状況・実績", "対象は次のとおり。\n(1) 工事 130万円以下\n(2) 物品 80万円以下"),
        ("実施状況・実績", "以上。"),
    ]


def test_a_caption_takes_what_stands_below_it() -> None:
    node = section("・工事件名", "校舎の改修工事", "・受注者", "A社", field="発注事例")
    assert said(node) == [
        ("発注事例", "・工事件名\n校舎の改修工事"),
        ("発注事例", "・受注者\nA社"),
    ]
    first = statements(node)[0]
    assert block_of(node, first) == (5, len(node.text))


def test_a_row_of_a_table_is_one_statement() -> None:
    node = section(
        "項目\t条件\t点",
        "雇用\t1人以上を雇う者。",
        "組合を除く。",
        "なお、常勤に限る。\t20点",
        "清掃\t協力する者\t5点",
        "結果を公表する。翌年も続ける。",
    )
    assert [text for _, text in said(node)] == [
        "項目\t条件\t点",
        "雇用\t1人以上を雇う者。\n組合を除く。\nなお、常勤に限る。\t20点",
        "清掃\t協力する者\t5点",
        "結果を公表する。",
        "翌年も続ける。",
    ]


def test_half_a_sentence_is_no_statement() -> None:
    assert said(section("っては、要件を満たすこと。", "県内に本店があること。")) == [
        ("実施状況・実績", "県内に本店があること。")
    ]
