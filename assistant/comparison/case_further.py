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

_GAIN = 0.03
"""Share of the question's weight that a further statement must have beyond the cells."""
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
    """The statement of the case with the most words of the question, where the cells have fewer.

    `told` are the cells.
    """
    known = relevance.coverage("\n".join(told))
    shares = [relevance.coverage(item.text) for item in case.statements]
    best = max(shares, default=0.0)
    if best < known + _GAIN:
        return ()
    return _cells(kb, [case.statements[shares.index(best)]])


def _cells(kb: KnowledgeBase, statements: Iterable[Statement]) -> tuple[CaseCell, ...]:
    found = (cited(kb, item.node, item.start, item.end) for item in statements)
    return tuple(cell for cell in found if cell)
