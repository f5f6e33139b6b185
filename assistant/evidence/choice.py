"""Which candidates an answer rests on, and which sentence of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from pathlib import Path

from assistant.evidence.candidates import Candidate
from assistant.evidence.lacking import lacking
from assistant.evidence.signals import signals
from assistant.logistic import Logistic, read_model
from assistant.sentences import Sentence, sentences_of
from assistant.wanted import states, wanted_quantity
from kb.documents import Case, Document, DocumentKind, Node
from retrieval.owners import GOVERNMENT
from retrieval.query import Intent, Query
from retrieval.relevance import Relevance

MOST = 8
"""Places that an answer rests on at most."""
LISTED = 12
"""The same where places are to be listed or compared."""
FAINT = 0.1
"""The chance from which a candidate is evidence that alone has something the question names."""
_EACH = re.compile(
    r"機関(?:ごと|別)|各機関|(?:[3３三]|みっ?つの?)(?:つ|機関|団体|者|方針|資料)|それぞれの(?:機関|方針)"
    r"|横並び|(?:一番|最も|いちばん)(?:きつ|厳し|強|緩|ゆる|弱)|(?:強い|弱い|厳しい|緩い)(?:書き方|書きぶり|表現|の)は"
)
WEIGHTS = Path(__file__).with_name("weights.json")


class Role(StrEnum):
    """What a place is to the answer."""

    ANSWER = "answer"
    PARALLEL = "parallel"
    """The same matter in another document of the same sort."""
    REFERRED = "referred"
    """What an answering clause refers to."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A node that an answer rests on and the sentence of it that answers; `chance` see the model.

    `below` are the items that its words lead in to, see `Candidate`.
    """

    node: Node
    document: Document
    case: Case | None
    sentence: Sentence
    role: Role = Role.ANSWER
    chance: float = 1.0
    below: str = ""

    @property
    def stated(self) -> str:
        """What it states: its own words and those of the items that they lead in to."""
        return f"{self.node.text}\n{self.below}" if self.below else self.node.text


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and its chance to be part of the answer, 0 to 1."""

    candidate: Candidate
    chance: float


@cache
def evidence_model() -> Logistic:
    """The model that comes with the program; fitted by `python -m eval.evidence`."""
    return read_model(WEIGHTS)


def judged(
    query: Query,
    relevance: Relevance,
    candidates: Sequence[Candidate],
    model: Logistic | None = None,
) -> tuple[Judged, ...]:
    """Every candidate with its chance, in their order."""
    if not candidates:
        return ()
    chances = (model or evidence_model()).chances(signals(query, relevance, candidates))
    return tuple(map(Judged, candidates, chances.tolist()))


def choose(
    query: Query, relevance: Relevance, found: Sequence[Judged], least: float | None = None
) -> tuple[Evidence, ...]:
    """What is evidence of `found`, in its order; the likeliest alone where none is sure.

    `least` is the chance from which a candidate is evidence, that of the model when None.
    """
    if not found:
        return ()
    least = evidence_model().least if least is None else least
    ranked = sorted(range(len(found)), key=lambda at: -found[at].chance)
    sure = [0, *(at for at in ranked if found[at].chance >= least)]
    sure = list(dict.fromkeys([*sure, *_still_wanted(query, found, ranked, sure)]))
    most = LISTED if query.intent in (Intent.LIST, Intent.COMPARE) else MOST
    chosen = [found[at] for at in sorted(sure[:most])]
    short = lacking(query, relevance, [item.candidate for item in chosen])
    chosen = [item for item in chosen if item.candidate not in short]
    first = chosen[0].candidate
    return tuple(
        evidence_of(relevance, item.candidate, _role(first, item.candidate), item.chance)
        for item in chosen
    )


def evidence_of(
    relevance: Relevance, candidate: Candidate, role: Role = Role.ANSWER, chance: float = 1.0
) -> Evidence:
    """A candidate with the sentence of it that answers best."""
    node = candidate.node
    return Evidence(
        node,
        candidate.document,
        candidate.hit.case,
        operative_sentence(relevance, node),
        role,
        chance,
        candidate.below,
    )


def operative_sentence(relevance: Relevance, node: Node) -> Sentence:
    """The sentence of the node's body that answers best; its heading when it has no body."""
    sentences = sentences_of(node)
    body = [item for item in sentences if item.start >= len(node.heading)] or list(sentences)
    closeness = relevance.closeness([item.text for item in body])
    return max(
        zip(body, closeness, strict=True),
        key=lambda pair: relevance.coverage(pair[0].text) + pair[1],
    )[0]


def _still_wanted(
    query: Query, found: Sequence[Judged], ranked: Sequence[int], sure: Sequence[int]
) -> Iterator[int]:
    """The likeliest candidate for each thing that the question wants and the sure ones lack.

    That is the quantity asked for, and something of each of several documents or owners named or of
    every policy.
    """
    needed = wanted_quantity(query.text)
    owners = {mention.name for mention in query.owners if mention.weight >= 1}
    tests: list[Callable[[Candidate], bool]] = []
    if needed is not None:
        tests.append(lambda candidate: states(needed, candidate.stated))
    named = {*query.documents, *owners}
    if _EACH.search(query.text):
        named |= {item.candidate.node.doc for item in found if item.candidate.in_policy}
    if len(named) > 1:
        tests += [partial(_is_of, name=name) for name in sorted(named)]
    for test in tests:
        if not any(test(found[at].candidate) for at in sure):
            fit = [at for at in ranked if found[at].chance >= FAINT and test(found[at].candidate)]
            yield from fit[:1]


def _is_of(candidate: Candidate, name: str) -> bool:
    """Whether it stands in the document or is of the owner of that name."""
    case = candidate.hit.case
    if case is not None:
        return name == case.organisation
    kihon = candidate.document.kind is DocumentKind.KIHON
    return name in (candidate.node.doc, candidate.document.issuer) or (kihon and name == GOVERNMENT)


def _role(first: Candidate, candidate: Candidate) -> Role:
    elsewhere = candidate.node.doc != first.node.doc
    return Role.PARALLEL if elsewhere and candidate.in_policy and first.in_policy else Role.ANSWER
