"""Terms that a document defines: 「…（以下「官公需法」という。）」, 「国等（…をいう。以下同じ。）」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.flat import Flat
from ingest.names import name_start, phrase_start
from kb.documents import Definition, Document, DocumentKind, Node, NodeKind

_NAMED = re.compile(
    r"(?:(?:以下|次条|次項|第[^「」()]{1,12}において)(?P<where>[^「」()。]{0,30})|(?<=\())"
    r"「(?P<term>[^「」\n]{1,60})」(?:といい|と(?:いう|総称する|略称する|呼ぶ|略す))"
)
_SAME = re.compile(
    r"(?:以下(?P<where>[^「」()。]{0,30}?)(?:に(?:おいて|つい(?:て|ても)))?(?:、)?同じ。?)(?=\))"
)
_MEANT = re.compile(r"「(?P<term>[^「」\n]{1,40})」とは、(?P<meaning>[^\n]{1,400}?)をいう")
_RUN = re.compile(r"[一-龥々ァ-ヶー・A-Za-z]+$")
_TITLE = re.compile(r"(?:法律?|令|規則|方針|指針|計画|基準|要綱|要領|規程|条例|ガイドライン)$")
_ADVERB = re.compile(r"^(?:十分|特|当該|各種|その他)(?=..)")
_SAYS = re.compile(r"(?:をいう|をいい|のことをいう|を含む|を除く|に限る)。?$")
_HERE = re.compile(r"この(?P<unit>編|章|節|款|条|項|号|別表|附則|表)")
_SECTION_UNITS = "編章節款"


def find_definitions(
    document: Document, text: str, nodes: Sequence[Node]
) -> tuple[Definition, ...]:
    """Every term a document defines for itself, in document order.

    `meaning` are the words before the bracket (or those in it before をいう). The scope is the
    document, in a casebook the case, or what the text says (以下この条において…).
    """
    found = [
        definition
        for node in nodes
        for definition in _of_node(document, Flat.of(node), nodes)
        if definition.span.end <= len(text)
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda item: item.span))


def _of_node(document: Document, flat: Flat, nodes: Sequence[Node]) -> Iterator[Definition]:
    text = flat.text
    for match in _NAMED.finditer(text):
        opening = _opening(text, match.start())
        if opening is None:
            continue
        start = _phrase_start(text, opening)
        yield from _made(
            document,
            flat,
            nodes,
            (start, _closing(text, match.end())),
            match["term"],
            text[start:opening],
            match["where"],
        )
    for match in _SAME.finditer(text):
        opening = _opening(text, match.start())
        run = _RUN.search(text, max(0, (opening or 0) - 40), opening or 0) if opening else None
        if opening is None or run is None:
            continue
        inside = text[opening + 1 : match.start()].rstrip("。、")
        term = _own_term(run[0], inside)
        yield from _made(
            document,
            flat,
            nodes,
            (opening - len(term), match.end() + 1),
            term,
            _SAYS.sub("", inside),
            match["where"],
        )
    if document.kind is DocumentKind.LAW:
        for match in _MEANT.finditer(text):
            here = text[max(0, match.start() - 12) : match.start()]
            yield from _made(
                document, flat, nodes, match.span(), match["term"], match["meaning"], here
            )


def _made(
    document: Document,
    flat: Flat,
    nodes: Sequence[Node],
    place: tuple[int, int],
    term: str,
    meaning: str,
    where: str | None,
) -> Iterator[Definition]:
    span = flat.span(place[0], min(place[1], len(flat.text)))
    if span and term:
        scope = _scope(document, flat.node, nodes, where or "")
        yield Definition(flat.node.id, term, meaning, span, scope)


def _opening(text: str, position: int) -> int | None:
    """The bracket that is open at `position`, the outermost one of the sentence."""
    depth, opening = 0, None
    for index in range(position - 1, max(-1, position - 200), -1):
        if text[index] == "\n":
            break
        if text[index] == ")":
            depth += 1
        elif text[index] == "(":
            if depth == 0:
                return index
            depth -= 1
    return opening


def _closing(text: str, position: int) -> int:
    depth = 0
    for index in range(position, min(len(text), position + 200)):
        if text[index] == "(":
            depth += 1
        elif text[index] == ")":
            if depth == 0:
                return index + 1
            depth -= 1
    return position


def _phrase_start(text: str, end: int) -> int:
    """Where the words begin that a bracket at `end` gives a name to."""
    if text[:end].endswith("」"):
        opening = text.rfind("「", 0, end)
        return opening if opening >= 0 else end
    if _TITLE.search(text[:end]):
        return name_start(text, end)
    return phrase_start(text, end)


def _own_term(run: str, inside: str) -> str:
    """検討 of 十分検討(公正性についての検討を含む…): the word that the bracket takes up again."""
    if inside.endswith("を含む"):
        for start in range(len(run) - 1):
            if run[start:] in inside:
                return run[start:]
    return _ADVERB.sub("", run)


def _scope(document: Document, node: Node, nodes: Sequence[Node], where: str) -> str:
    by_id = {other.id: other for other in nodes} if _HERE.search(where) or node.case is None else {}
    above = list(_upwards(node, by_id))
    if match := _HERE.search(where):
        unit = match["unit"]
        for other in above:
            label = other.label.partition("#")[0]
            if unit in _SECTION_UNITS or unit in "条項号":
                if re.fullmatch(rf"第[\d]+{unit}(?:の\d+)*(?:から.*)?", label):
                    return other.id
            elif label.startswith(unit):
                return other.id
    case = next((other for other in above if other.kind is NodeKind.CASE), None)
    return case.id if case else document.id


def _upwards(node: Node, by_id: dict[str, Node]) -> Iterator[Node]:
    current: Node | None = node
    while current:
        yield current
        current = by_id.get(current.parent) if current.parent else None
