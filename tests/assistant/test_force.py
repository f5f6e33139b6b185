"""The strength shown beside a quote: whose sentence it is, and what its provisos add."""

from __future__ import annotations

import pytest

from assistant.writing.force import force_of
from kb.documents import Document, DocumentKind, Node, NodeKind
from kb.ids import node_id
from kb.spans import SourceMap

RULE = "価格を公表するものとする。"


def document(kind: DocumentKind, title: str = "方針") -> Document:
    return Document("a", title, kind, "", None, None, "", "", "", "", 1)


def node(kind: NodeKind = NodeKind.CLAUSE, label: str = "第1") -> Node:
    return Node(
        node_id("a", (label,)), "a", (label,), None, kind, label, "", RULE, (), SourceMap(())
    )


@pytest.mark.parametrize(
    ("quote", "force"),
    [
        (RULE, "するものとする"),
        (
            "期日の十日前までに公告しなければならない。ただし、急を要するときは、五日までに"
            "短縮することができる。",
            "義務・例外あり",
        ),
        (
            "受注の機会を増やすように努めなければならない。この場合においては、新しい業者に"
            "配慮しなければならない。",
            "努力規定",
        ),
        ("公表しなければならない。台帳を作るよう努める。ただし、少額の契約を除く。", "義務"),
        ("入札の方式をいう。なお、期間は公表するものとする。", ""),
        ("ただし、五日までに短縮することができる。", "許容・できる規定"),
    ],
)
def test_the_first_duty_and_its_proviso(quote: str, force: str) -> None:
    assert force_of(document(DocumentKind.KIKAN), node(), quote) == force


@pytest.mark.parametrize(
    ("kind", "title", "found", "force"),
    [
        (DocumentKind.LAW, "通商法", node(), "するものとする"),
        (DocumentKind.JIREI, "発注事例集", node(NodeKind.SECTION), ""),
        (DocumentKind.KIKAN, "契約の方針", node(NodeKind.TABLE), ""),
        (DocumentKind.OTHER, "契約事務取扱要領", node(), "するものとする"),
        (DocumentKind.OTHER, "協議会開催のご案内", node(), ""),
        (DocumentKind.OTHER, "請負基準の概要", node(), ""),
        (DocumentKind.OTHER, "協定", node(label="第3条"), "するものとする"),
    ],
)
def test_only_rules_bind(kind: DocumentKind, title: str, found: Node, force: str) -> None:
    assert force_of(document(kind, title), found, RULE) == force
