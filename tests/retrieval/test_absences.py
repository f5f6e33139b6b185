"""What a question names in vain."""

from __future__ import annotations

import pytest

from kb.documents import Document, DocumentKind, Passage
from retrieval.absences import Laws, missing_owners, missing_years, unheard_bodies
from retrieval.analysis import normalise
from retrieval.lexicon import Term, TermKind
from retrieval.mentions import DocumentCard
from retrieval.owners import UnknownOwner

TERMS = (
    Term("予算決算及び会計令", ("予決令",), TermKind.LAW),
    Term("地方自治法", ("自治法",), TermKind.LAW),
    Term("建設業法", ("業法",), TermKind.LAW),
)
TEXT = "地方自治法（昭和22年法律第67号）による。予決令第99条の規定により契約する。"
LAW_TITLE = "建設業法"


@pytest.fixture(scope="module")
def laws() -> Laws:
    documents = {
        "a": Document("a", "方針", DocumentKind.KIKAN, "", None, None, "", "", "", "", 1),
        "h": Document("h", LAW_TITLE, DocumentKind.LAW, "", None, None, "", "", "", "", 1),
    }
    found = Laws.build([Passage("a/1", 0, "a", (), "", TEXT, 0, len(TEXT))], documents, TERMS)
    return Laws(**found.to_json())


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("労働基準法第32条の内容", [("労働基準法", False)]),
        ("会計規則では何条", []),
        ("予決令第99条の条文を見せて", [("予決令", True)]),
        ("地方自治法第5条には何が書いてある", [("地方自治法", True)]),
        ("自治法の全文", [("自治法", True)]),
        ("民法第415条の内容", [("民法", False)]),
        ("業法第3条の内容", []),
        ("公表の根拠は地方自治法の何条?", []),
        ("契約の方法は", []),
    ],
)
def test_laws_whose_words_are_asked_for(
    laws: Laws, text: str, absent: list[tuple[str, bool]]
) -> None:
    assert [(item.written, item.mentioned) for item in laws.missing(text)] == absent


IWATE = UnknownOwner("岩手", "岩手県", mentioned=False)
FULL = UnknownOwner("岩手県", "岩手県", mentioned=False)
MINISTRY = UnknownOwner("総務省", "総務省", mentioned=True)
TOHOKU = UnknownOwner("東北地方", "東北地方", mentioned=False)
BANK = UnknownOwner("公庫", "株式会社日本政策金融公庫", mentioned=False)


def test_of_one_that_issued_other_documents_it_is_said_what_is_there() -> None:
    book = DocumentCard("a", "発注事例集", DocumentKind.JIREI, None, None, (), "総務省 契約課")
    (absence,) = missing_owners([MINISTRY], "総務省の契約の方針は", [book])
    assert absence.reason == (
        "「総務省」の契約の方針や実績は知識ベースにありません（総務省が出した資料は「発注事例集」です）。"
    )


@pytest.mark.parametrize(
    ("owner", "text", "absent"),
    [
        (IWATE, "岩手の事例を見たい", True),
        (IWATE, "岩手ではどうしている", True),
        (IWATE, "岩手の地震で遅れた", False),
        (FULL, "岩手県の入札は", True),
        (MINISTRY, "総務省の契約の方針は", True),
        (MINISTRY, "総務省は何を話す", False),
        (TOHOKU, "東北地方の被災地への配慮は", False),
        (TOHOKU, "東北地方の自治体の取組は", True),
        (BANK, "公庫の契約の方針は", True),
        (BANK, "国等と公庫等の違いは", False),
    ],
)
def test_bodies_of_whom_there_is_nothing(owner: UnknownOwner, text: str, absent: bool) -> None:
    assert bool(list(missing_owners([owner], text, ()))) is absent


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("架空研究開発機構の契約の方針は", ["架空研究開発機構"]),
        ("国立がん研究センターの中小企業比率", ["国立がん研究センター"]),
        ("東都大学はどこにある", []),
        ("西川市の事例を見たい", ["西川市"]),
        ("うみ機構の目標と東都大学の目標", ["東都大学"]),
        ("各省庁の目標", []),
        ("国立大学の比率", []),
        ("既知機構の比率", []),
    ],
)
def test_bodies_that_nothing_knows(text: str, absent: list[str]) -> None:
    found = unheard_bodies(text, ["うみ機構"], lambda word: "既知" not in word)
    assert [item.written for item in found] == absent


CARD = DocumentCard("a", "題", DocumentKind.KIHON, None, 2023, (2021, 2023))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("令和6年度の話", ["令和6年度"]),
        ("2021年度の実績", []),
        ("R5の目標とR7の目標", ["令和7年度"]),
        ("2011年に始まった制度", []),
        ("２０２４年問題への対応", []),
    ],
)
def test_years_of_which_nothing_is_said(text: str, years: list[str]) -> None:
    assert [item.written for item in missing_years(normalise(text), [CARD])] == years
