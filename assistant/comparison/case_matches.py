"""Which cases a question is about, and where they stop fitting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.comparison.case_question import CaseQuestion, read_case_question
from assistant.comparison.case_statements import statements
from assistant.comparison.case_states import CaseState
from kb.documents import Case, Document, DocumentKind, Node, NodeKind
from kb.errors import OptionError
from kb.places import prefecture_named
from kb.results import Filters
from kb.store import KnowledgeBase
from retrieval.search import ReadQuestion, Searcher

_ALL = 5000
_SECTIONS = 3
"""How many of a case's best sections say how well it fits as a whole."""
LOWEST, HIGHEST = 0.4, 0.5
"""The cut is made where the scores, as shares of the best, fall most steeply between these."""
_ENOUGH = 8
"""Cases of which the lower third tells how much fits without being meant: a common word's share."""
COHESION = 0.3
"""What a case gains from its category: cases of one 区分 were put together for what they share."""
_TOPIC_WEIGHT = 0.3
_TOPICS = 3
"""Topics of a question whose official terms are looked for in the cases, and their least weight."""
WEAK = 0.15
"""Below this share of the question's weight in the best case, its words hardly occur at all."""

_PART = 0.3
"""Share of the words of the fullest case below which a case has but a common word."""


@dataclass(frozen=True, slots=True)
class CaseText:
    """A case with its sections, in document order."""

    node: Node
    case: Case
    sections: tuple[Node, ...]

    @property
    def text(self) -> str:
        """Title and sections."""
        return "\n".join((self.case.title, *(section.text for section in self.sections)))


@dataclass(frozen=True, slots=True)
class CaseMatch:
    """A case that fits; `score` relative to the best one, 0 to 1."""

    text: CaseText
    score: float


@dataclass(frozen=True, slots=True)
class CaseMatches:
    """The cases that fit, best first; `weak` when the question's words hardly occur in any."""

    matches: tuple[CaseMatch, ...]
    weak: bool


def find_cases(
    kb: KnowledgeBase, searcher: Searcher, question: ReadQuestion, filters: Filters
) -> CaseMatches:
    """The cases of all case books that `question` is about.

    Where it names nothing to match beside places and numbers, all that those let through.
    Raises OptionError for a filter value that does not occur, and when the knowledge base holds no
    case book.
    """
    if all(document.kind is not DocumentKind.JIREI for document in kb.documents()):
        raise OptionError(
            "知識ベースに事例集がありません。`kb ingest` で事例集を取り込んでください。"
        )
    books = replace(filters, kind=DocumentKind.JIREI.value)
    searcher.search_for(question, 1, books)  # Says which filter value does not occur.
    let_through = [
        text
        for document in kb.documents()
        if _is_searched(document, filters)
        for text in case_texts(kb, document.id)
        if _passes(document, text.case, filters)
    ]
    wanted = read_case_question(question.query, [text.case.organisation for text in let_through])
    cases = [text for text in let_through if _is_wanted(text, wanted)]
    if not wanted.subjects or wanted.labels:
        return CaseMatches(_saying([CaseMatch(text, 1.0) for text in cases], wanted.state), False)
    subjects = [searcher.read(subject) for subject in wanted.subjects]
    fits = [_fits(searcher, subject, books, cases) for subject in subjects]
    scores = [max(values) for values in zip(*fits, strict=True)]
    order = sorted(range(len(cases)), key=lambda place: -scores[place])
    ranked = [CaseMatch(cases[place], scores[place]) for place in order]
    shares = [subjects[0].relevance.coverage(match.text.text) for match in ranked]
    if wanted.count:
        kept = ranked[: wanted.count]
    else:
        kept = _backed(ranked[: _cut([match.score for match in ranked])], shares)
    for name in wanted.only:
        if not any(_is_of(match.text.case, name) for match in kept):
            kept += [match for match in ranked if _is_of(match.text.case, name)][:1]
    return CaseMatches(_saying(kept, wanted.state), max(shares, default=0.0) < WEAK)


def case_texts(kb: KnowledgeBase, doc: str) -> Iterator[CaseText]:
    """The cases of a document with their sections, in document order."""
    sections: dict[str, list[Node]] = {}
    case_of: dict[str, str] = {}
    cases: list[tuple[Node, Case]] = []
    for node in kb.nodes(doc):
        if node.kind is NodeKind.CASE and node.case:
            cases.append((node, node.case))
            case_of[node.id] = node.id
            sections[node.id] = []
        elif node.parent in case_of:
            case_of[node.id] = case_of[node.parent]
            sections[case_of[node.id]].append(node)
    for node, case in cases:
        yield CaseText(node, case, tuple(sections[node.id]))


def _is_searched(document: Document, filters: Filters) -> bool:
    return (
        document.kind is DocumentKind.JIREI
        and filters.doc in (None, document.id)
        and filters.year in (None, document.fiscal_year)
    )


def _passes(document: Document, case: Case, filters: Filters) -> bool:
    """The case's side of the filters, as search applies them."""
    prefecture = filters.prefecture and (prefecture_named(filters.prefecture) or filters.prefecture)
    return (
        prefecture in (None, case.prefecture, document.prefecture)
        and (filters.category or "").strip() in case.category
        and any((filters.issuer or "") in name for name in (document.issuer, case.organisation))
    )


def _is_wanted(text: CaseText, wanted: CaseQuestion) -> bool:
    return (
        (not wanted.only or any(_is_of(text.case, name) for name in wanted.only))
        and not any(_is_of(text.case, name) for name in wanted.without)
        and (not wanted.labels or text.node.label in wanted.labels)
        and (not wanted.groups or any(group in text.node.path for group in wanted.groups))
    )


def _saying(matches: Sequence[CaseMatch], state: CaseState | None) -> tuple[CaseMatch, ...]:
    """Those that say of themselves what is asked for; all where none does."""
    said = [match for match in matches if state and _says(match.text, state)]
    return tuple(said or matches)


def _says(text: CaseText, state: CaseState) -> bool:
    return any(
        item.field == state.field and state.is_said(item.text)
        for section in text.sections
        for item in statements(section)
    )


def _is_of(case: Case, name: str) -> bool:
    return name in (case.organisation, case.prefecture)


def _fits(
    searcher: Searcher, subject: ReadQuestion, filters: Filters, cases: Sequence[CaseText]
) -> list[float]:
    """How well each case fits one subject, relative to the best.

    Three views weigh the same: the best section, the best few together, and how much of the
    official terms of the subject's topics stands in the case.
    """
    sections: dict[tuple[str, int], list[float]] = {}
    for hit in searcher.search_for(subject, _ALL, filters):
        if hit.case:
            sections.setdefault((hit.doc, hit.case.number), []).append(hit.score)
    found = [sections.get((text.node.doc, text.case.number), [0.0]) for text in cases]
    views = [
        _relative([scores[0] for scores in found]),
        _relative([sum(scores[:_SECTIONS]) for scores in found]),
        _relative(_official_coverage(searcher, subject, cases)),
    ]
    return _with_cohesion([sum(values) for values in zip(*views, strict=True)], cases)


def _backed(matches: Sequence[CaseMatch], shares: Sequence[float]) -> list[CaseMatch]:
    """Those with a part of the words that the fullest of them has, all where none has many.

    `shares` of the question are in the order of `matches`.
    """
    most = max(shares[: len(matches)], default=0.0)
    least = _PART * most if most >= WEAK else 0.0
    return [match for match, share in zip(matches, shares, strict=False) if share >= least]


def _official_coverage(
    searcher: Searcher, subject: ReadQuestion, cases: Sequence[CaseText]
) -> list[float]:
    topics = subject.query.topics[:_TOPICS]
    terms = [topic.official for topic in topics if topic.weight >= _TOPIC_WEIGHT]
    relevance = searcher.relevance(" ".join(terms))
    return [relevance.coverage(text.text) for text in cases]


def _with_cohesion(scores: Sequence[float], cases: Sequence[CaseText]) -> list[float]:
    """Scores above what any case has, relative to the best; each gained from its category's mean."""
    groups: dict[tuple[str, str], list[float]] = {}
    for score, text in zip(_relative(scores), cases, strict=True):
        groups.setdefault((text.node.doc, text.case.category), []).append(score)
    means = {group: sum(values) / len(values) for group, values in groups.items()}
    gained = [
        score + COHESION * means[text.node.doc, text.case.category]
        for score, text in zip(_relative(scores), cases, strict=True)
    ]
    floor = sorted(gained)[len(gained) // 3] if len(gained) >= _ENOUGH else 0.0
    return _relative([max(score - floor, 0.0) for score in gained])


def _relative(values: Sequence[float]) -> list[float]:
    best = max(values, default=0.0)
    return [value / best if best > 0 else 0.0 for value in values]


def _cut(scores: Sequence[float]) -> int:
    """How many of the falling `scores` (the first is 1) to keep: up to the steepest fall."""
    places = [
        place
        for place in range(1, len(scores))
        if scores[place - 1] >= LOWEST and scores[place] < HIGHEST
    ]
    if not places:
        return len(scores)

    return max(places, key=lambda place: scores[place - 1] / max(scores[place], 1e-6))
