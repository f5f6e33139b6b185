import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.addresses import address, clause_mentions, clause_number, is_relative
from kb.documents import Document, DocumentKind, Node, NodeKind
from kb.fiscal_year import FiscalYear
from kb.spans import SourceMap, Span


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("第2の2(3)③って何", ("第2", "2", "(3)", "③")),
        ("第２－１４（２）", ("第2", "14", "(2)")),
        ("第2-14(2)", ("第2", "14", "(2)")),
        ("第三の1", ("第3", "1")),
        ("第4(2)", ("第4", "(2)")),
        ("第2 2 (3) ③", ("第2", "2", "(3)", "③")),
        ("第２の１４の（２）ア", ("第2", "14", "(2)", "ア")),
        ("鹿屋 16 ④", ("16", "④")),
        ("14(1)", ("14", "(1)")),
        ("事例15の概要", ("事例15",)),
        ("事例１５", ("事例15",)),
    ],
)
def test_numbers_as_people_write_them(text: str, labels: tuple[str, ...]) -> None:
    assert [mention.labels for mention in clause_mentions(text)] == [labels]


@pytest.mark.parametrize(
    "text", ["第5条第1項", "第167条の2第1項第4号", "第3回", "事例集", "26事例"]
)
def test_look_alikes_are_not_clause_numbers(text: str) -> None:
    assert clause_mentions(text) == ()


def test_two_numbers_in_one_question() -> None:
    mentions = clause_mentions("第1と第3")
    assert [mention.labels for mention in mentions] == [("第1",), ("第3",)]
    assert [mention.span for mention in mentions] == [Span(0, 2), Span(3, 5)]


_OF_2_2_3 = ("第2", "2", "(3)")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("第2-2(3)①～③", [(*_OF_2_2_3, sign) for sign in "①②③"]),
        ("第2-2(3)①から③まで", [(*_OF_2_2_3, sign) for sign in "①②③"]),
        ("第2-2(3)①-③", [(*_OF_2_2_3, sign) for sign in "①②③"]),
        ("第2-2(3)①から第2-2(3)③まで", [(*_OF_2_2_3, sign) for sign in "①②③"]),
        ("第2-2(3)①、②、③", [(*_OF_2_2_3, sign) for sign in "①②③"]),
        ("第2-2(3)①②", [(*_OF_2_2_3, sign) for sign in "①②"]),
        ("第2-2(3)③と④", [(*_OF_2_2_3, sign) for sign in "③④"]),
        ("第2-2(3)③、(4)①", [(*_OF_2_2_3, "③"), ("第2", "2", "(4)", "①")]),
        ("第２－２（１）・（２）", [("第2", "2", "(1)"), ("第2", "2", "(2)")]),
        ("第2-4(1)〜(3)", [("第2", "4", f"({number})") for number in (1, 2, 3)]),
        ("第2の1から3", [("第2", number) for number in "123"]),
        ("第2-2、3", [("第2", "2"), ("第2", "3")]),
        ("第1から第3まで", [("第1",), ("第2",), ("第3",)]),
        ("第2-14ア～ウ", [("第2", "14", kana) for kana in "アイウ"]),
        ("第2-14(2)イからハまで", [("第2", "14", "(2)", kana) for kana in "イロハ"]),
        ("事例6～8", [("事例6",), ("事例7",), ("事例8",)]),
        ("事例6-8、10", [("事例6",), ("事例7",), ("事例8",), ("事例10",)]),
        ("事例6から事例8まで", [("事例6",), ("事例7",), ("事例8",)]),
        ("事例3・5", [("事例3",), ("事例5",)]),
        ("区分1～3の事例", [("区分1",), ("区分2",), ("区分3",)]),
        ("第2・14・(2)", [("第2", "14", "(2)")]),
        ("第２−１４−２", [("第2", "14", "2")]),
        ("事例15～10", [("事例15",)]),
        ("事例集の第4-1(2)", [("第4", "1", "(2)")]),
        ("事例第4", [("事例4",)]),
    ],
)
def test_lists_and_ranges(text: str, labels: list[tuple[str, ...]]) -> None:
    assert [mention.labels for mention in clause_mentions(text)] == labels


@pytest.mark.parametrize(
    "text", ["事例3と4つの取組", "事例3から8件", "事例3、4年度", "事例3と2か月", "事例3から8.5%"]
)
def test_quantities_behind_a_number_are_not_listed(text: str) -> None:
    assert [mention.labels for mention in clause_mentions(text)] == [("事例3",)]


def test_those_listed_together_share_their_place() -> None:
    first, second = clause_mentions("基本方針第2-2(3)①、②とは")
    assert first.span == second.span == Span(4, 14)
    assert second.written("基本方針第2-2(3)①、②とは") == "第2-2(3)②"


@given(
    first=st.integers(1, 20),
    count=st.integers(1, 15),
    sign=st.sampled_from(["～", "〜", "-", "から", "－", " ～ "]),
    level=st.sampled_from([("①", "①"), ("(", ")"), ("事例", "")]),
)
def test_every_number_of_a_range_is_named(
    first: int, count: int, sign: str, level: tuple[str, str]
) -> None:
    numbers = range(first, first + count + 1)
    labels = [
        chr(0x2460 + number - 1 if number <= 20 else 0x3251 + number - 21)
        if level[0] == "①"
        else f"{level[0]}{number}{level[1]}"
        for number in numbers
    ]
    above = () if level[0] == "事例" else ("第2", "2")
    last = labels[-1].removeprefix("事例")
    text = ("" if level[0] == "事例" else "第2-2") + labels[0] + sign + last
    assert [mention.labels for mention in clause_mentions(text)] == [
        (*above, label) for label in labels
    ]


@given(st.text(alphabet="第の事例0129０９()（）①③アン-－・ 条項", max_size=40))
def test_spans_lie_inside_any_text(text: str) -> None:
    for mention in clause_mentions(text):
        assert 0 <= mention.span.start < mention.span.end <= len(text)


def _document(kind: DocumentKind, issuer: str, title: str = "題名") -> Document:
    return Document("d", title, kind, issuer, FiscalYear(2023), None, "", "", "0" * 64, "/d.txt", 1)


def _node(node_id: str, kind: NodeKind) -> Node:
    return Node(
        node_id,
        "d",
        tuple(node_id.split("/")[1:]),
        None,
        kind,
        "",
        "",
        "",
        (Span(0, 1),),
        SourceMap(),
    )


def test_addresses_read_as_officers_write_them() -> None:
    kihon = _document(DocumentKind.KIHON, "閣議決定")
    kikan = _document(DocumentKind.KIKAN, "国立大学法人鹿屋体育大学")
    clause = _node("d/第2/2/(3)/③", NodeKind.CLAUSE)
    assert address(kihon, clause) == "令和5年度基本方針 第2-2(3)③"
    assert address(kikan, clause) == "令和5年度 国立大学法人鹿屋体育大学 契約の方針 第2-2(3)③"
    assert clause_number(_node("d/第4/(1)", NodeKind.CLAUSE)) == "第4(1)"
    assert (
        clause_number(_node("d/事例4/対象製品の要件", NodeKind.SECTION)) == "事例4 対象製品の要件"
    )


@pytest.mark.parametrize(
    ("id", "number"),
    [
        ("d/9/9.1/ア", "9.1ア"),
        ("d/3/3.2/4)", "3.2 4)"),
        ("d/5/5.1/5.1.1", "5.1.1"),
        ("d/第5条/第3項", "第5条第3項"),
        ("d/第2/11/(1)", "第2-11(1)"),
        ("d/1/10", "1-10"),
    ],
)
def test_a_number_is_not_run_into_the_next(id: str, number: str) -> None:
    assert clause_number(_node(id, NodeKind.CLAUSE)) == number


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("kanoya 2-19(5)③ の要旨", [("第2", "19", "(5)", "③")]),
        ("鹿屋の14(1)", [("14", "(1)")]),
        ("上記4に掲げる", [("4",)]),
        ("上記５の（１）から（３）まで", [("5", "(1)"), ("5", "(2)"), ("5", "(3)")]),
        ("区分6の団体", [("区分6",)]),
        ("61％(2)、2023年(1)", []),
    ],
)
def test_numbers_without_their_beginning(text: str, labels: list[tuple[str, ...]]) -> None:
    assert [mention.labels for mention in clause_mentions(text)] == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("第二の十四の（三）の②", ("第2", "14", "(3)", "②")),
        ("第二の二", ("第2", "2")),
        ("第２の第１４項", ("第2", "14")),
        ("第２−１４−２", ("第2", "14", "2")),
        ("事例集のNo.15", ("事例15",)),
        ("１５番目の事例", ("事例15",)),
        ("第15事例", ("事例15",)),
        ("事例⑮", ("事例15",)),
        ("事例十五", ("事例15",)),
        ("区分六の団体", ("区分6",)),
    ],
)
def test_numbers_in_kanji_and_other_hands(text: str, labels: tuple[str, ...]) -> None:
    assert [mention.labels for mention in clause_mentions(text)] == [labels]


@pytest.mark.parametrize("text", ["事例一覧", "第三者", "第一歩", "第二十四条", "他の3事例"])
def test_kanji_numbers_inside_words_are_none(text: str) -> None:
    assert clause_mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("上記4(2)のとおり", True),
        ("上記 第2に掲げる窓口", True),
        ("第2-14(2)", False),
        ("石油の条の「第2に掲げる分割」", True),
        ("「第2-14(2)」とは", False),
        ("第2のどの条", True),
    ],
)
def test_numbers_of_a_clause_s_own_words(text: str, relative: bool) -> None:
    assert [is_relative(text, mention) for mention in clause_mentions(text)] == [relative]
