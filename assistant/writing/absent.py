"""Answers that say that nothing was found, and where the nearest thing stands."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.declining import Ground
from kb.addresses import address
from kb.documents import Node
from kb.results import Answer, Hit
from kb.store import KnowledgeBase
from retrieval.query import Query

NOTHING_FOUND = "該当する記載は見つかりません。"
_WHY = {
    Ground.QUANTITY: "関係する箇所はありますが、お尋ねの数値や日付は書かれていません。",
    Ground.OUTSIDE: "お尋ねの事柄は、調べた資料では扱われていないようです。",
    Ground.NO_EVIDENCE: "お尋ねの機関や年度についての記載はありません。",
}
_NEAREST = 3


def nothing_found(
    kb: KnowledgeBase, query: Query, hits: Sequence[Hit], ground: Ground | None = None
) -> Answer:
    """Says so, and names the nearest places without claiming that they answer."""
    reasons = [absence.reason for absence in query.absent]
    if ground in _WHY and not reasons:
        reasons = [_WHY[ground]]
    lines = [NOTHING_FOUND, *reasons, *_nearest(kb, [kb.node(hit.id) for hit in hits[:_NEAREST]])]
    return Answer(query.asked, query.intent.value, "\n".join(lines), True, ())


def no_such_clause(kb: KnowledgeBase, query: Query, nearest: Sequence[Node]) -> Answer:
    """Says that the number does not exist, and where its series ends."""
    numbers = "、".join(query.text[clause.span.start : clause.span.end] for clause in query.clauses)
    lines = [
        f"{NOTHING_FOUND}「{numbers}」という番号の条項・事例はありません。",
        *_nearest(kb, nearest),
    ]
    return Answer(query.asked, query.intent.value, "\n".join(lines), True, ())


def _nearest(kb: KnowledgeBase, nodes: Sequence[Node]) -> list[str]:
    if not nodes:
        return []
    return ["近い箇所："] + [
        f"・{address(kb.document(node.doc), node)} {node.heading}（{node.id}）" for node in nodes
    ]
