"""Answers that say that nothing was found, and where the nearest thing stands."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.declining import Ground
from assistant.sentences import split_sentences
from kb.addresses import address, clause_number
from kb.documents import Node
from kb.results import Answer, Hit
from kb.store import KnowledgeBase
from retrieval.query import Absence, Query

NOTHING_FOUND = "該当する記載は見つかりません。"
_WHY = {
    Ground.QUANTITY: "関係する箇所はありますが、お尋ねの数値や日付は書かれていません。",
    Ground.OUTSIDE: "お尋ねの事柄は、調べた資料では扱われていないようです。",
    Ground.NO_EVIDENCE: "お尋ねの機関や年度についての記載はありません。",
}
_NEAREST = 3
_PLACES = 10
_NUMBERS = 5
_SAID = 60
"""Characters of a place that tell what it is about, where no heading does."""
_NEAR = "近い箇所："
_LEFT_OUT = "番号の一部が略されているとすると、次の箇所が当てはまります："
_SAME_NUMBER = "同じ番号の箇所は、次の資料にあります："


def nothing_found(
    kb: KnowledgeBase, query: Query, hits: Sequence[Hit], ground: Ground | None = None
) -> Answer:
    """Says so, and names the nearest places without claiming that they answer."""
    reasons = [absence.reason for absence in query.absent]
    if ground is Ground.NO_EVIDENCE and not reasons and (named := _named(query)):
        reasons = [f"「{named}」についてのお尋ねの記載はありません。"]
    if ground in _WHY and not reasons:
        reasons = [_WHY[ground]]
    nearest = _places(kb, _NEAR, [kb.node(hit.id) for hit in hits[:_NEAREST]])
    return _told(query, [NOTHING_FOUND, *reasons, *nearest])


def no_such_clause(
    kb: KnowledgeBase, query: Query, nearest: Sequence[Node], left_out: bool = False
) -> Answer:
    """Says that the number does not exist, and where its series ends.

    With `left_out` the `nearest` are the places that it fits if it leaves out a number between.
    """
    numbers = "、".join(dict.fromkeys(clause.written(query.text) for clause in query.clauses))
    first = f"{NOTHING_FOUND}「{numbers}」という番号の条項・事例はありません。"
    return _told(query, [first, *_places(kb, _LEFT_OUT if left_out else _NEAR, nearest)])


def not_held(
    kb: KnowledgeBase, query: Query, absent: Sequence[Absence], nearest: Sequence[Node]
) -> Answer:
    """Says that the year, body or law is not there, and where else the number stands."""
    told = [absence.written for absence in absent]
    reasons = dict.fromkeys(
        absence.reason
        for absence in absent
        # 令和6年度 is told with 令和6年度の基本方針.
        if not any(absence.written in other != absence.written for other in told)
    )
    wanted = {mention.labels for mention in query.clauses}
    same = all(tuple(node.id.split("/")[1:]) in wanted for node in nearest)
    places = _places(kb, _SAME_NUMBER if same else _NEAR, nearest)
    return _told(query, [NOTHING_FOUND, *reasons, *places])


def not_told(
    kb: KnowledgeBase, query: Query, reasons: Sequence[str], nearest: Sequence[Node]
) -> Answer:
    """Says that cases do not tell what is asked of them, and which of their sections come nearest."""
    return _told(query, [NOTHING_FOUND, *reasons, *_places(kb, _NEAR, nearest)])


def absent_numbers_told(numbers: Sequence[str]) -> str:
    """A sentence that says which numbers do not exist, not all of very many."""
    first = "、".join(f"「{number}」" for number in numbers[:_NUMBERS])
    return f"{first}{'など' if numbers[_NUMBERS:] else ''}という番号の箇所はありません。"


def _told(query: Query, lines: Sequence[str]) -> Answer:
    return Answer(query.asked, query.intent.value, "\n".join(lines), True, ())


def _named(query: Query) -> str:
    """The bodies and years that a question names."""
    owners = dict.fromkeys(owner.name for owner in query.owners if owner.weight >= 1)
    return "、".join((*owners, *map(str, query.years)))


def _places(kb: KnowledgeBase, title: str, nodes: Sequence[Node]) -> list[str]:
    if not nodes:
        return []
    more = [f"・ほか{len(nodes) - _PLACES}か所"] if nodes[_PLACES:] else []
    return [title, *(f"・{_place(kb, node)}（{node.id}）" for node in nodes[:_PLACES]), *more]


def _place(kb: KnowledgeBase, node: Node) -> str:
    """The address and what the place is about: its heading, or its first words."""
    place = address(kb.document(node.doc), node)
    # A section of a case has its heading for an address.
    if node.heading and not clause_number(node).endswith(node.heading):
        return f"{place} {node.heading}"
    first = split_sentences(node.body)[0].text if node.body.strip() else ""
    if len(first) > _SAID:
        first = f"{first[:_SAID]}…"
    return f"{place}「{first}」" if first else place
