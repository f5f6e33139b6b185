from __future__ import annotations

import pytest

from kb.documents import Case, Document, DocumentKind, Passage
from kb.fiscal_year import FiscalYear
from retrieval.analysis import normalise
from retrieval.lexicon import Owner, OwnerKind
from retrieval.owners import NOBODY, Owners, build_owners


def document(name: str, kind: DocumentKind, issuer: str) -> Document:
    return Document(name, "", kind, issuer, FiscalYear(2025), None, "", "", "0" * 64, "/", 1)


DOCUMENTS = {
    "kihon": document("kihon", DocumentKind.KIHON, "閣議決定"),
    "umi": document("umi", DocumentKind.KIKAN, "独立行政法人うみかぜ機構"),
    "jirei": document("jirei", DocumentKind.JIREI, "中小企業庁"),
}


def passage(node: str, text: str = "", case: Case | None = None) -> Passage:
    return Passage(node, 0, node.partition("/")[0], (), "", text, 0, 0, case)


PASSAGES = [
    passage("kihon/第1", "経済産業省が定める"),
    passage("kihon/表/国立大学法人香川大学"),
    passage("umi/第1"),
    passage("jirei/事例1", case=Case(1, "", "香川県", "香川県", "")),
    passage("jirei/事例2", case=Case(2, "", "香川県高松市", "香川県", "")),
    passage("jirei/1"),
    passage("kihon/表/みずうみ大学"),
]
LEXICON = [
    Owner("香川県", ("うどんの県", "かがわ"), OwnerKind.PREFECTURE, "香川県"),
    Owner("独立行政法人うみかぜ機構", ("うみ機構", "umikaze")),
    Owner("国等", ("国",), OwnerKind.GROUP, document_kind=DocumentKind.KIHON),
    Owner("国立大学法人東京大学", ("東大",)),
    Owner("経済産業省", ("経産省",)),
    Owner("東北地方", ("東北",), OwnerKind.GROUP),
    Owner("四国地方", ("四国",), OwnerKind.GROUP),
    Owner("みずうみ大学", (), OwnerKind.ORGANISATION, "香川県"),
]
AROUND = {"国立大学法人香川大学": 0.5, "香川県高松市": 0.5, "みずうみ大学": 0.5}
OWNERS, OWNER_OF = build_owners(PASSAGES, DOCUMENTS, LEXICON)


def test_whose_text_each_passage_is() -> None:
    names = [OWNERS.names[number] if number != NOBODY else None for number in OWNER_OF]
    assert names == [
        "国等",
        "国立大学法人香川大学",
        "独立行政法人うみかぜ機構",
        "香川県",
        "香川県高松市",
        None,
        "みずうみ大学",
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("うみ機構の目標", {"独立行政法人うみかぜ機構": 1.0}),
        ("うみかぜ機構の目標", {"独立行政法人うみかぜ機構": 1.0}),
        ("ＵＭＩＫＡＺＥの第2", {"独立行政法人うみかぜ機構": 1.0}),
        ("国の方針では", {"国等": 1.0}),
        ("外国の会社", {}),
        ("高松の事例", {"香川県高松市": 1.0}),
        ("香川大の比率", {"国立大学法人香川大学": 1.0}),
        ("香川の事例", {"香川県": 1.0, **AROUND}),
        ("香川の市のほう", {"香川県高松市": 1.0}),
        ("うどんの県の国立の大学", {"国立大学法人香川大学": 1.0, "みずうみ大学": 1.0}),
        ("四国の国立大学", {"国立大学法人香川大学": 1.0, "みずうみ大学": 1.0}),
        ("四国の事例", {"香川県": 0.5, **AROUND}),
        ("四国経済産業局の目標", {}),
        ("うどんで有名な県", {"香川県": 1.0, **AROUND}),
        ("うどんの値段", {}),
        ("東北の工事", {}),
    ],
)
def test_owners_by_name_nickname_and_description(text: str, meant: dict[str, float]) -> None:
    known, _ = OWNERS.find(normalise(text))
    assert {mention.name: mention.weight for mention in known} == meant


def test_bodies_without_a_text_are_told_from_those_a_text_names() -> None:
    _, unknown = OWNERS.find("東大と経産省")
    assert [(owner.name, owner.mentioned) for owner in unknown] == [
        ("国立大学法人東京大学", False),
        ("経済産業省", True),
    ]


def test_owners_survive_saving() -> None:
    import json

    again = Owners.from_json(json.loads(json.dumps(OWNERS.to_json())))
    assert again.find("うどんの県の市") == OWNERS.find("うどんの県の市")
    assert again.names == OWNERS.names
