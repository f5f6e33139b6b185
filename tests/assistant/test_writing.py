"""Which words of a place are quoted, which sections of a case are shown, and how they are cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from assistant.evidence import Evidence
from assistant.sentences import split_sentences
from assistant.wanted import wanted_quantity
from assistant.writing.excerpt import answering, excerpt
from assistant.writing.lines import Line, Matter, full
from assistant.writing.notes import Notes
from assistant.writing.number import number
from assistant.writing.sections import sections_shown
from kb.documents import Case, Document, DocumentKind, Node, NodeKind
from kb.spans import SourceMap, Span
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query
from retrieval.relevance import Relevance

DOCUMENT = Document(
    id="hon",
    title="令和9年度 霞町の契約の方針",
    kind=DocumentKind.KIKAN,
    issuer="霞町",
    fiscal_year=None,
    decided_on=None,
    source="",
    licence="",
    sha256="",
    path="hon.txt",
    pages=1,
)
CASE = Case(1, "新製品の認定", "霞町", None, "1")


@dataclass(frozen=True)
class Words:
    """A question's words, each as important as the other; no text is closer than another."""

    words: tuple[str, ...]

    def shares(self, text: str) -> dict[str, float]:
        return {word: 1 / len(self.words) for word in self.words if word in text}

    def coverage(self, text: str) -> float:
        return sum(self.shares(text).values())

    def closeness(self, texts: Sequence[str]) -> list[float]:
        return [0.0] * len(texts)


@dataclass(frozen=True)
class Documents:
    """A knowledge base of one text and its nodes."""

    source: str
    nodes: tuple[Node, ...]

    def text(self, _doc: str) -> str:
        return self.source

    def document(self, doc: str) -> Document:
        return Document(doc, "", DocumentKind.KIKAN, "", None, None, "", "", "", "", 1)

    def node(self, wanted: str) -> Node:
        return next(node for node in self.nodes if node.id == wanted)

    def children(self, parent: str) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.parent == parent)


def question(*words: str) -> Relevance:
    return cast(Relevance, Words(words))


def node(
    path: str, body: str, kind: NodeKind = NodeKind.CLAUSE, heading: str = "", start: int = 0
) -> Node:
    text = "\n".join(part for part in (heading, body) if part)
    above, _, label = path.rpartition("/")
    return Node(
        id=f"hon/{path}",
        doc="hon",
        path=tuple(path.split("/")),
        parent=f"hon/{above}" if above else None,
        kind=kind,
        label=label,
        heading=heading,
        body=body,
        segments=(Span(start, start + len(text)),),
        source_map=SourceMap(((0, start, len(text)),)),
    )


def evidence(place: Node, answer: str, case: Case | None = None) -> Evidence:
    sentence = next(item for item in split_sentences(place.text) if answer in item.text)
    return Evidence(place, DOCUMENT, case, sentence)


def quotes(item: Evidence, relevance: Relevance, most: int = 200) -> list[str]:
    return [item.node.text[slice(*found)] for found in excerpt(item, relevance, most)]


RULE = node("第2/1", "町は、分割して発注する。\nその際、燃料は種類ごとに分割する。")


def test_a_sentence_that_goes_on_is_quoted_behind_the_one_before_it() -> None:
    assert quotes(evidence(RULE, "燃料"), question("燃料")) == [
        "町は、分割して発注する。",
        "その際、燃料は種類ごとに分割する。",
    ]


def test_a_sentence_that_stands_by_itself_comes_first() -> None:
    place = node("第2/1", "町は、分割して発注する。\nまた、燃料は種類ごとに分割する。")
    assert quotes(evidence(place, "燃料"), question("燃料")) == [
        "また、燃料は種類ごとに分割する。",
        "町は、分割して発注する。",
    ]


def test_the_sentence_that_states_the_quantity_answers() -> None:
    place = node("登録", "登録は申請による。登録の有効は2年とする。", NodeKind.SECTION)
    found = answering(
        evidence(place, "申請"),
        "登録は何年もつ？",
        question("登録"),
        wanted_quantity("登録は何年もつ？"),
    )
    assert found.sentence.text == "登録の有効は2年とする。"


def test_a_sentence_of_a_narrower_thing_does_not_answer() -> None:
    place = node("第1/2", "企業の比率は六割とする。\nこのうち新規企業の比率は三割とする。")
    asked = "企業の比率は何割？"
    found = answering(evidence(place, "新規"), asked, question("比率"), wanted_quantity(asked))
    assert found.sentence.text == "企業の比率は六割とする。"


def test_no_quantity_asked_for_leaves_the_sentence() -> None:
    item = evidence(RULE, "燃料")
    assert (
        answering(item, "分割してよいか", question("分割"), wanted_quantity("分割してよいか"))
        is item
    )


def test_of_a_case_the_name_of_its_owner_does_not_choose_the_sentence() -> None:
    place = node("対象", "霞町の者に限る。清掃の契約を除く。", NodeKind.SECTION)
    item = evidence(place, "霞町", CASE)
    assert (
        answering(item, "霞町の清掃", question("霞町", "清掃"), None).sentence.text
        == "清掃の契約を除く。"
    )
    policy = replace(item, case=None)
    assert answering(policy, "霞町の清掃", question("霞町", "清掃"), None) is policy


def test_the_same_words_are_quoted_once() -> None:
    body = "ア 甲の契約\n清掃を除く。\nイ 乙の契約\n清掃を除く。\n清掃を含む契約には届出を要する。"
    place = node("対象", body, NodeKind.SECTION)
    assert quotes(evidence(place, "清掃を除く"), question("清掃"), most=30) == [
        "清掃を除く。",
        "清掃を含む契約には届出を要する。",
    ]


def test_lines_that_follow_one_another_in_the_source_share_a_citation() -> None:
    text = "次の者とする。\n(1) 町内の者\n(2) 近隣の者"
    place = node("対象", text, NodeKind.SECTION)
    notes = Notes(cast(KnowledgeBase, Documents(text, (place,))))
    made = notes.take(place, [(0, 7), (8, 16), (17, 25)])
    assert [item.quote for item in made] == ["次の者とする。", "(1) 町内の者 (2) 近隣の者"]
    assert [(item.n, item.start, item.end, item.verified) for item in made] == [
        (1, 0, 7, True),
        (2, 8, 25, True),
    ]


def test_lines_with_something_between_them_in_the_source_have_their_own() -> None:
    source = "次の者とする。\n町内の者\n- 3 -\n近隣の者"
    place = replace(
        node("対象", "次の者とする。\n町内の者\n近隣の者", NodeKind.SECTION),
        segments=(Span(0, len(source)),),
        source_map=SourceMap(((0, 0, 13), (13, 19, 4))),
    )
    notes = Notes(cast(KnowledgeBase, Documents(source, (place,))))
    made = notes.take(place, [(0, 7), (8, 12), (13, 17)])
    assert [(item.quote, item.verified) for item in made] == [
        ("次の者とする。", True),
        ("町内の者", True),
        ("近隣の者", True),
    ]


def test_the_heading_of_a_clause_is_named_and_a_long_list_has_a_line_an_item() -> None:
    text = "支払\n速やかに支払う。\n甲\n乙\n丙"
    place = node("第2/3", "速やかに支払う。\n甲\n乙\n丙", heading="支払")
    notes = Notes(cast(KnowledgeBase, Documents(text, (place,))))
    first, second = notes.take(place, [(3, 11), (12, 17)])
    item = evidence(place, "速やか")
    assert full(Line(item, (first, second))).endswith(
        "第2-3（支払）：「速やかに支払う。」[1]「甲 乙 丙」[2]"
    )
    listed = full(Line(item, (first, *[replace(second, n=n) for n in (2, 3, 4)])))
    assert listed.split("\n")[1:] == ["　「甲 乙 丙」[2]", "　「甲 乙 丙」[3]", "　「甲 乙 丙」[4]"]


def test_the_figures_of_every_sort_asked_for_stand_first() -> None:
    text = "町は、比率が61%、金額が約5億円になるよう、3年以内に努めるものとする。"
    place = node("第1/1", text)
    kb = cast(KnowledgeBase, Documents(text, (place,)))
    asked = "目標は何％でいくら？"
    matter = Matter(
        kb, Query(asked, Intent.NUMBER), question("目標"), (evidence(place, "61%"),), None
    )
    assert number(matter).text.split("\n")[0] == "霞町 契約の方針：61%、約5億円[1]"


def test_the_numbers_of_a_date_are_no_figures() -> None:
    text = "登録は、平成24年4月1日から平成 27年3月31日までの3年間とする。"
    place = node("第1/1", text)
    kb = cast(KnowledgeBase, Documents(text, (place,)))
    matter = Matter(
        kb,
        Query("登録は何年間？", Intent.NUMBER),
        question("登録"),
        (evidence(place, "3年"),),
        None,
    )
    assert number(matter).text.split("\n")[0] == "霞町 契約の方針：3年間[1]"


HEAD = node("事例1", "区分1", NodeKind.CASE, "新製品の認定")
GOODS = node("事例1/対象", "発売から5年以内の製品", NodeKind.SECTION, "対象")
TERM = node("事例1/認定期間", "認定の日から3年間", NodeKind.SECTION, "認定期間")
AIM = node("事例1/目的", "平成18年4月から町内の産業を育てる。", NodeKind.SECTION, "目的")


def shown(asked: str, *items: Evidence) -> list[str]:
    kb = cast(KnowledgeBase, Documents("", (HEAD, GOODS, TERM, AIM)))
    words = question("発売", "認定", "製品", "区分")
    query = Query(asked, Intent.NUMBER)
    return [item.node.id for item in sections_shown(Matter(kb, query, words, items))]


def test_the_section_that_states_a_second_quantity_is_shown() -> None:
    goods = evidence(GOODS, "5年", CASE)
    assert shown("製品は発売から何年以内？認定は何年もつ？", goods) == [
        "hon/事例1/対象",
        "hon/事例1/認定期間",
    ]
    assert shown("製品は発売から何年以内？", goods) == ["hon/事例1/対象"]


def test_the_head_of_a_case_is_left_out_behind_a_section_of_it() -> None:
    head, goods = evidence(HEAD, "区分1", CASE), evidence(GOODS, "5年", CASE)
    assert shown("対象の製品は？", goods, head) == ["hon/事例1/対象"]
    assert shown("区分は？", head, goods) == ["hon/事例1", "hon/事例1/対象"]
