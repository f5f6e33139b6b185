"""Evidence to answers: every line is a clause's own sentence with the number of its citation."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.duty import Duty, duty_of
from assistant.evidence import Evidence
from assistant.quotes import cite
from assistant.sentences import Sentence, split_sentences
from kb.addresses import address, clause_number
from kb.documents import Node, NodeKind
from kb.results import Answer, Citation, Hit, Table, TableCell
from kb.store import KnowledgeBase
from retrieval.query import Intent, Query

NOTHING_FOUND = "該当する記載は見つかりません。"
_WHOLE_BODY = 240
_NEAREST = 3
_PROVISO = ("ただし", "なお", "この場合", "その際")
_SEVERAL_DOCUMENTS = "同じ番号の条項が複数の資料にあります。資料名を確かめてください。"
_IN_TABLES = (Intent.COMPARE, Intent.LIST)


def from_evidence(kb: KnowledgeBase, query: Query, evidence: Sequence[Evidence]) -> Answer:
    """Lines of the cited sentences; comparisons and lists also as a table."""
    notes = _Notes(kb)
    quoted = [notes.take(item.node, _passages(item.node, item.sentence)) for item in evidence]
    lines = [
        f"{_place(item)}：{_said(item.node, citations)}{_duty(citations)}"
        for item, citations in zip(evidence, quoted, strict=True)
    ]
    return Answer(
        question=query.text,
        intent=query.intent.value,
        text="\n".join(lines),
        abstained=False,
        citations=tuple(notes.citations),
        table=_table(evidence, quoted) if query.intent in _IN_TABLES else None,
        warnings=tuple(absence.reason for absence in query.absent),
    )


def clauses(kb: KnowledgeBase, query: Query, nodes: Sequence[Node]) -> Answer:
    """The named clauses themselves; of a clause that is only a heading, what stands below it."""
    notes = _Notes(kb)
    lines: list[str] = []
    for node in nodes:
        place = address(kb.document(node.doc), node)
        lines.append(f"{place}：{_with_numbers(notes.take(node, _lines(node)))}")
        for child in kb.children(node.id):
            quoted = _with_numbers(notes.take(child, _lines(child)))
            lines.append(f"　{clause_number(child)}：{quoted}")
    several = len({node.doc for node in nodes}) > 1
    return Answer(
        question=query.text,
        intent=query.intent.value,
        text="\n".join(lines),
        abstained=False,
        citations=tuple(notes.citations),
        warnings=(_SEVERAL_DOCUMENTS,) if several else (),
    )


class _Notes:
    """Numbers citations in the order in which the answer makes them."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.citations: list[Citation] = []
        self._kb = kb

    def take(self, node: Node, ranges: Sequence[tuple[int, int]]) -> list[Citation]:
        """Cite ranges of the node's text."""
        first = len(self.citations) + 1
        made = [
            cite(self._kb, node, start, end, n)
            for n, (start, end) in enumerate(ranges, start=first)
        ]
        self.citations += made
        return made


def _said(node: Node, citations: Sequence[Citation]) -> str:
    """The quotes; of a statistics record its figures with their names, which the quote lacks."""
    if node.kind is NodeKind.RECORD:
        return f"{node.body}{''.join(f'[{citation.n}]' for citation in citations)}"
    return _with_numbers(citations)


def _with_numbers(citations: Sequence[Citation]) -> str:
    return "".join(f"「{citation.quote}」[{citation.n}]" for citation in citations)


def no_such_clause(kb: KnowledgeBase, query: Query, nearest: Sequence[Node]) -> Answer:
    """Says that the number does not exist, and where its series ends."""
    numbers = "、".join(query.text[clause.span.start : clause.span.end] for clause in query.clauses)
    lines = [f"{NOTHING_FOUND}「{numbers}」という番号の条項・事例はありません。"]
    lines += _nearest(kb, nearest)
    return Answer(query.text, query.intent.value, "\n".join(lines), True, ())


def nothing_found(kb: KnowledgeBase, query: Query, hits: Sequence[Hit]) -> Answer:
    """Says so, and names the nearest places without claiming that they answer."""
    lines = [NOTHING_FOUND, *(absence.reason for absence in query.absent)]
    lines += _nearest(kb, [kb.node(hit.id) for hit in hits[:_NEAREST]])
    return Answer(query.text, query.intent.value, "\n".join(lines), True, ())


def _nearest(kb: KnowledgeBase, nodes: Sequence[Node]) -> list[str]:
    if not nodes:
        return []
    return ["近い箇所："] + [
        f"・{address(kb.document(node.doc), node)} {node.heading}（{node.id}）" for node in nodes
    ]


def _passages(node: Node, sentence: Sentence) -> list[tuple[int, int]]:
    """What to quote: a short body whole, else the sentence and a proviso that follows it."""
    body = _body(node)
    if body and body[-1].end - body[0].start <= _WHOLE_BODY:
        return _lines(node, body[0].start)
    end = sentence.end
    for following in body:
        if following.start < end:
            continue
        if not following.text.startswith(_PROVISO) or "\n" in node.text[end : following.start]:
            break
        end = following.end
    return [(sentence.start, end)]


def _body(node: Node) -> list[Sentence]:
    return [item for item in split_sentences(node.text) if item.start >= len(node.heading)]


def _lines(node: Node, start: int = 0) -> list[tuple[int, int]]:
    """Each paragraph from `start` on: a quote must not run over the marks between them."""
    ranges: list[tuple[int, int]] = []
    for line in node.text[start:].split("\n"):
        ranges.append((start, start + len(line)))
        start += len(line) + 1
    return ranges


def _place(item: Evidence) -> str:
    if case := item.case:
        return f"{address(item.document, item.node)}（{case.organisation}「{case.title}」）"
    return address(item.document, item.node)


def _duty(citations: Sequence[Citation]) -> str:
    duty = _duty_in(citations)
    return "" if duty is Duty.NONE else f"（{duty.japanese}）"


def _duty_in(citations: Sequence[Citation]) -> Duty:
    return duty_of(split_sentences(citations[-1].quote)[-1].text)


def _table(evidence: Sequence[Evidence], quoted: Sequence[Sequence[Citation]]) -> Table:
    rows = tuple(
        (
            TableCell(item.case.organisation if item.case else item.document.issuer),
            TableCell(address(item.document, item.node)),
            TableCell(
                item.node.body if item.node.kind is NodeKind.RECORD else citation.quote, citation.n
            ),
            TableCell(duty_of(split_sentences(citation.quote)[-1].text).japanese),
        )
        for item, citations in zip(evidence, quoted, strict=True)
        for citation in citations
    )
    return Table(("機関・団体", "箇所", "記載", "拘束の強さ"), rows)
