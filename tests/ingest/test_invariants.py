"""What holds for any text at all, read as any kind."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.glyphs import fold
from kb.documents import DocumentKind, Node, ParsedDocument
from tests.ingest.helpers import parse

PIECES = st.sampled_from(
    [
        "第1 ", "第２　目標", "第3", "1 情報", "１．", "1.0 一括", "1 1 地域", "2 納期\n", "(1) ", "（２）",
        "①", "②国等は、", "ア ", "(ア)", "1.1 範囲\n", "（注）", "附則\n", "別紙1 品目\n", "- 3 -\n", "-18-\n",
        "## ", "- ", "・", "※", "【区分1】", "区 分： 1. 入札\n", "取組・事業名：", "事例1 ", "県\n", "事業の目的\n",
        "。", "、", "（", "）", "「", "」", "は、", "する。\n", "\n", "\n\n", "\t", "\f", "\r\n", " ", "　",
        "<td>", "</td><td>", "<br>", "|", "目\n", "注\n", "中小企業者の受注の機会の増大に努めるものとする。", "とする。\n",
        "お願いいたします。\n", "開催のご案内\n", "各位\n", "第五条　国は、", "２７号）第１２条の規定", "http://a.b/",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=60).map("".join),
    st.text(min_size=1, max_size=200),
    st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=40).map("".join),
).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(list(DocumentKind)))
def test_every_text_becomes_a_sound_document(text: str, kind: DocumentKind) -> None:
    parsed = parse(text, kind)
    assert parsed.text == text
    assert_sound(parsed)


def assert_sound(parsed: ParsedDocument) -> None:
    text, nodes = parsed.text, parsed.nodes
    assert len({node.id for node in nodes}) == len(nodes)
    assert [node.start for node in nodes] == sorted(node.start for node in nodes)
    ids = {node.id for node in nodes}
    owners = [0] * len(text)
    for node in nodes:
        assert node.id.startswith(f"{node.doc}/")
        assert node.parent is None or node.parent in ids
        assert node.path[-1] == node.label
        for segment in node.segments:
            assert segment.end <= len(text)
            for offset in range(segment.start, segment.end):
                owners[offset] += 1
        assert_traced(node, text)
    wrong = [at for at, mark in enumerate(text) if not mark.isspace() and owners[at] != 1]
    assert not wrong, [text[at : at + 20] for at in wrong[:3]]
    for passage in parsed.passages:
        owner = next(node for node in nodes if node.id == passage.node)
        assert owner.text[passage.start : passage.end] == passage.text


def assert_traced(node: Node, text: str) -> None:
    """Every character that has a place is the one there, a look-alike mended, in the node."""
    for start, source, length in node.source_map.runs:
        there = text[source : source + length]
        assert node.text[start : start + length] in (there, fold(there))
        assert any(
            segment.start <= source and source + length <= segment.end for segment in node.segments
        )
