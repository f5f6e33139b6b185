"""Citations are verbatim or marked; the checker catches what is not."""

from __future__ import annotations

import dataclasses

import pytest

from assistant.quotes import cite, verify
from kb.store import KnowledgeBase


def test_a_sentence_over_hard_wraps_is_quoted_whole(kb: KnowledgeBase) -> None:
    node = kb.node("kihon-r05/第2/2/(3)/②")
    citation = cite(kb, node, 0, len(node.text), n=1)
    assert citation.quote == (
        "国等は、物件の発注に当たっては、納入場所、納入回数をはじめとする納入条件等について、"
        "明確なものとするよう努めるものとする。"
    )
    source = kb.text("kihon-r05")[citation.start : citation.end]
    assert source.startswith("国等は、物件の発注")
    assert "\n" in source
    assert citation.verified


def test_where_a_glyph_was_mended_the_source_is_quoted(kb: KnowledgeBase) -> None:
    node = kb.node("kanoya-r07/第2/12/(2)")
    assert "新技術を有する" in node.text
    start = node.text.index("高度かつ独自の")
    citation = cite(kb, node, start, start + 12, n=1)
    assert citation.quote == "高度かつ独自の新技术を有"
    assert citation.verified


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "国等は、物件の発注に当たっては、納入場所を明確なものとする。"},
        {"start": 0, "end": 20},
        {"id": "kihon-r05/第2/2/(3)/③"},
        {"quote": ""},
    ],
)
def test_a_wrong_quote_place_or_clause_is_not_verified(
    kb: KnowledgeBase, change: dict[str, object]
) -> None:
    node = kb.node("kihon-r05/第2/2/(3)/②")
    citation = cite(kb, node, 0, len(node.text), n=1)
    assert not verify(kb, dataclasses.replace(citation, **change))  # type: ignore[arg-type]
