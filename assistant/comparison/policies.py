"""Two policies clause by clause: pairs, relations, moved clauses and coverage."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from assistant.comparison.changes import changes_between
from assistant.comparison.correspondence import Link, links_between
from assistant.comparison.model import Model
from assistant.comparison.outline import Outline, outline_of
from assistant.comparison.relations import Side, relation_of
from assistant.comparison.results import (
    Change,
    Clause,
    ClausePair,
    Coverage,
    DocumentName,
    Edit,
    Kind,
    PolicyComparison,
    Signals,
)
from assistant.comparison.wording import letters
from kb.addresses import clause_number, document_name
from kb.documents import Document, DocumentKind, ParsedDocument
from kb.errors import OptionError

_NO_SIGNALS = Signals(0.0, 0.0, 0.0, 0.0)


def compare_policies(
    a: ParsedDocument, b: ParsedDocument, model: Model | None = None
) -> PolicyComparison:
    """Every clause of both documents, paired or alone, in the order of A.

    `model` replaces the shipped weights. Clauses of B alone stand after the pairs of the clause before them. Raises OptionError when
    the documents are one, or one of them has no clauses.
    """
    started = time.perf_counter()
    if a.document.id == b.document.id:
        raise OptionError(
            f"同じ資料「{a.document.id}」どうしは比較できません。別の資料を指定してください。"
        )
    outline_a, outline_b = (_outline(document) for document in (a, b))
    links = links_between(outline_a, outline_b, model)
    pairs = _in_order(_pairs(outline_a, outline_b, links))
    return PolicyComparison(
        document_title(a.document),
        document_title(b.document),
        pairs,
        _coverage(pairs),
        _are_versions(a.document, b.document),
        _first(a.document, b.document),
        time.perf_counter() - started,
    )


def document_title(document: Document) -> DocumentName:
    """How a comparison names a document."""
    return DocumentName(document.id, document.title, document_name(document))


def _are_versions(a: Document, b: Document) -> bool:
    return a.kind is b.kind and a.issuer == b.issuer and a.fiscal_year != b.fiscal_year


def _first(a: Document, b: Document) -> str:
    """The document that a 対照表 puts left."""
    if _are_versions(a, b):
        return max((a, b), key=lambda item: item.fiscal_year.western if item.fiscal_year else 0).id
    return b.id if b.kind is DocumentKind.KIHON and a.kind is not DocumentKind.KIHON else a.id


def clause_of(outline: Outline, at: int) -> Clause:
    """A clause of an outline as comparisons show it."""
    node = outline.nodes[at]
    number = clause_number(node)
    return Clause(node.id, node.doc, at, number, node.label, node.heading, node.text)


def _outline(document: ParsedDocument) -> Outline:
    outline = outline_of(document)
    if not outline.nodes:
        raise OptionError(
            f"資料「{document.document.id}」には条項がないため比較できません。"
            "基本方針や契約の方針の資料IDを指定してください。"
        )
    return outline


def _pairs(a: Outline, b: Outline, links: Sequence[Link]) -> list[ClausePair]:
    answers_to_a: dict[int, list[int]] = defaultdict(list)
    answers_to_b: dict[int, list[int]] = defaultdict(list)
    for link in links:
        answers_to_a[link.a].append(link.b)
        answers_to_b[link.b].append(link.a)
    moved = _moved(links)
    pairs = [
        _pair(
            link,
            link in moved,
            _side(a, link.a, b, _for_relation(b, link.b, answers_to_a[link.a]), link.b),
            _side(b, link.b, a, _for_relation(a, link.a, answers_to_b[link.b]), link.a),
            clause_of(a, link.a),
            clause_of(b, link.b),
        )
        for link in links
    ]
    pairs += [
        ClausePair(clause_of(a, at), None, Kind.ONLY_A, 0.0, _NO_SIGNALS)
        for at in range(len(a))
        if at not in answers_to_a
    ]
    pairs += [
        ClausePair(None, clause_of(b, at), Kind.ONLY_B, 0.0, _NO_SIGNALS)
        for at in range(len(b))
        if at not in answers_to_b
    ]
    return pairs


def _for_relation(other: Outline, here: int, answers: Sequence[int]) -> list[int]:
    """The answers among which a clause's sentences are shared out: those with words of their own."""
    return [at for at in answers if at == here or not other.announces[at]]


def _side(own: Outline, at: int, other: Outline, answers: Sequence[int], here: int) -> Side:
    node = own.nodes[at]
    return Side(
        node.heading,
        node.body,
        own.announces[at],
        tuple(other.nodes[answer].body for answer in answers),
        answers.index(here),
    )


def _pair(link: Link, moved: bool, side_a: Side, side_b: Side, a: Clause, b: Clause) -> ClausePair:
    kind, differences = relation_of(side_a, side_b)
    headings_only = side_a.announces or side_b.announces
    changes = _of_headings(a, b) if headings_only else changes_between(a.text, b.text)
    return ClausePair(a, b, kind, link.score, link.signals, link.main, moved, differences, changes)


def _of_headings(a: Clause, b: Clause) -> tuple[Change, ...]:
    """Changes where one side only heads others: what follows the other's heading is not its own."""
    rest_a, rest_b = a.text[len(a.heading) :], b.text[len(b.heading) :]
    below = ((Edit.DELETE, rest_a, ""), (Edit.INSERT, "", rest_b))
    return (
        *changes_between(a.heading, b.heading),
        *(Change(*change) for change in below if change[1] or change[2]),
    )


def _moved(links: Sequence[Link]) -> set[Link]:
    """Links of the assignment outside the longest run that both documents have in one order."""
    main = [link for link in links if link.main]
    # In order of A; patience sorting by the place in B leaves the longest increasing run.
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, link in enumerate(main):
        place = bisect_left(tops, link.b)
        tops[place : place + 1] = [link.b]
        ends[place : place + 1] = [at]
        before.append(ends[place - 1] if place else -1)
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return {link for at, link in enumerate(main) if at not in kept}


def _in_order(pairs: Sequence[ClausePair]) -> tuple[ClausePair, ...]:
    """A's order; a clause of B alone follows the clause of A that its predecessor answers."""
    answered = {
        pair.b.position: pair.a.position for pair in pairs if pair.a and pair.b and pair.main
    }

    def key(pair: ClausePair) -> tuple[int, int, int]:
        in_b = pair.b.position if pair.b else -1
        if pair.a:
            return pair.a.position, 0, in_b
        place = next((answered[at] for at in range(in_b, -1, -1) if at in answered), -1)
        return place, 1, in_b

    return tuple(sorted(pairs, key=key))


def _coverage(pairs: Sequence[ClausePair]) -> Coverage:
    clauses_a = {pair.a.id: pair.a for pair in pairs if pair.a}
    clauses_b = {pair.b.id: pair.b for pair in pairs if pair.b}
    answered_a = {pair.a.id for pair in pairs if pair.a and pair.b}
    answered_b = {pair.b.id for pair in pairs if pair.a and pair.b}
    counts = Counter(pair.kind for pair in pairs)
    return Coverage(
        len(clauses_a),
        len(clauses_b),
        len(answered_a),
        len(answered_b),
        _share(clauses_a, answered_a),
        _share(clauses_b, answered_b),
        tuple((kind, counts[kind]) for kind in Kind),
    )


def _share(clauses: dict[str, Clause], answered: set[str]) -> float:
    lengths = {name: len(letters(clause.text)) for name, clause in clauses.items()}
    return round(sum(lengths[name] for name in answered) / max(sum(lengths.values()), 1), 4)
