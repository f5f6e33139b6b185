"""What else a case says to a question than its cells: the other half of 工事と清掃で何点."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.comparison.case_extracts import CaseStatements, cited, plain
from assistant.comparison.case_statements import Statement
from assistant.comparison.case_table import CaseCell
from kb.store import KnowledgeBase
from retrieval.relevance import Relevance
from retrieval.search import Searcher

_MOST = 2
_GAIN = 0.08
"""Share of the question's weight that a further statement must add."""
_OF_PART = 0.5
"""Share of a part's own weight that its statement must have."""
_NOUN = r"[一-龥々ァ-ヶー]{2,}"
_PARTS = re.compile(rf"({_NOUN})(?:と|や|・)({_NOUN})(?=と?[でのは])")


def of_parts(
    kb: KnowledgeBase,
    searcher: Searcher,
    question: str,
    case: CaseStatements,
    needed: re.Pattern[str],
) -> tuple[CaseCell, ...]:
    """What a case says with the figure `needed` of each of two things that a question compares."""
    match = _PARTS.search(question)
    stating = [item for item in case.statements if needed.search(plain(item.text))]
    return _cells(kb, _fitting(searcher, match.groups(), stating)) if match and stating else ()


def _fitting(
    searcher: Searcher, parts: Sequence[str], statements: Sequence[Statement]
) -> Iterator[Statement]:
    for part in parts:
        coverage = searcher.relevance(part).coverage
        best = max(statements, key=lambda item: (coverage(item.text), -len(item.text)))
        if coverage(best.text) >= _OF_PART:
            yield best


def of_question(
    kb: KnowledgeBase, relevance: Relevance, case: CaseStatements, told: Sequence[str]
) -> tuple[CaseCell, ...]:
    """Statements of the case with the most words of the question that what is `told` lacks.

    `told` are the texts beside them: the cells, and names that the question need not find again.
    """
    known = {term for text in told for term in relevance.shares(text)}
    chosen: list[Statement] = []
    for _ in range(_MOST):
        gains = [
            sum(share for term, share in relevance.shares(item.text).items() if term not in known)
            for item in case.statements
        ]
        if max(gains, default=0.0) < _GAIN:
            break
        chosen.append(case.statements[gains.index(max(gains))])
        known |= set(relevance.shares(chosen[-1].text))
    return _cells(kb, chosen)


def _cells(kb: KnowledgeBase, statements: Iterable[Statement]) -> tuple[CaseCell, ...]:
    found = (cited(kb, item.node, item.start, item.end) for item in statements)
    return tuple(cell for cell in found if cell)
