"""The question in official terms, as several queries, and their hits fused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from assistant.checking.instructions import is_instruction, leads_outside
from kb.results import Hit
from retrieval.fusion import RANK_CONSTANT

_MARK = re.compile(r"^\s*(?:[-*・•]|\d{1,2}[.．)）:：]|[①-⑳]|[「『\"'])+\s*|[」』\"']+\s*$")
_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^```\w*\s*$", re.MULTILINE)
_MOST = 4
_LONGEST = 120


def queries_in(reply: str) -> tuple[str, ...]:
    """The queries of a reply, one a line or as a JSON list, at most four; () when it has none.

    A line too long for a query, an order or a link is left out.
    """
    text = _FENCE.sub("", _THINKING.sub("", reply)).strip()
    found: list[str] = []
    for line in _lines(text):
        query = _MARK.sub("", _MARK.sub("", line)).strip()
        if 0 < len(query) <= _LONGEST and not is_instruction(query) and not leads_outside(query):
            found.append(query)
    return tuple(dict.fromkeys(found))[:_MOST]


def _lines(text: str) -> list[str]:
    if text.startswith("["):
        try:
            rows = json.loads(text)
        except json.JSONDecodeError:
            return text.splitlines()
        return [row for row in rows if isinstance(row, str)]
    return text.splitlines()


def fused(
    question: str, queries: Sequence[str], search: Callable[[str], Sequence[Hit]]
) -> tuple[Hit, ...]:
    """The hits of all queries by reciprocal rank, best first; each node once."""
    scores: dict[str, float] = {}
    hits: dict[str, Hit] = {}
    for query in (question, *(query for query in queries if query != question)):
        for rank, hit in enumerate(search(query), start=1):
            hits.setdefault(hit.id, hit)
            scores[hit.id] = scores.get(hit.id, 0.0) + 1 / (RANK_CONSTANT + rank)
    return tuple(sorted(hits.values(), key=lambda hit: -scores[hit.id]))
