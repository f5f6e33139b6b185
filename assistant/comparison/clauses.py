"""横並び: how every other document words one clause."""

from __future__ import annotations

import time

from assistant.comparison.outline import outline_of
from assistant.comparison.policies import clause_of, compare_policies, document_title
from assistant.comparison.results import (
    Clause,
    ClauseComparison,
    ClausePair,
    DocumentName,
    WordingGroup,
)
from assistant.comparison.wording import essence
from kb.documents import POLICIES, Document
from kb.errors import OptionError
from kb.ids import document_of
from kb.store import KnowledgeBase


def compare_clause(kb: KnowledgeBase, clause: str) -> ClauseComparison:
    """What the other policies say about the clause with the id `clause`, grouped by wording.

    Compared are the 基本方針 and policies of agencies, and documents of the clause's own kind.
    Raises UnknownNodeError for an unknown id, OptionError for one that is no clause.
    """
    started = time.perf_counter()
    kb.node(clause)
    own = kb.parsed(document_of(clause))
    asked = next(
        (
            clause_of(outline, at)
            for outline in (outline_of(own),)
            for at, node in enumerate(outline.nodes)
            if node.id == clause
        ),
        None,
    )
    if asked is None:
        raise OptionError(
            f"「{clause}」は条項ではないため横並びにできません。"
            "`kb outline 資料ID` で条項の番号を確認してください。"
        )
    groups: dict[str, list[ClausePair]] = {}
    compared = [document_title(own.document)]
    silent: list[DocumentName] = []
    for document in _others(kb, own.document):
        pairs = [
            pair
            for pair in compare_policies(own, kb.parsed(document.id)).pairs
            if pair.a and pair.a.id == clause and pair.b
        ]
        compared.append(document_title(document))
        if not pairs:
            silent.append(compared[-1])
        for pair in pairs:
            assert pair.b
            groups.setdefault(essence(pair.b.text), []).append(pair)
    ordered = sorted(groups.values(), key=lambda pairs: -len(pairs))
    return ClauseComparison(
        asked,
        tuple(compared),
        tuple(map(_group, ordered)),
        tuple(silent),
        time.perf_counter() - started,
    )


def _others(kb: KnowledgeBase, own: Document) -> list[Document]:
    kinds = {*POLICIES, own.kind}
    return [
        document
        for document in kb.documents()
        if document.id != own.id
        and document.kind in kinds
        and outline_of(kb.parsed(document.id)).nodes
    ]


def _group(pairs: list[ClausePair]) -> WordingGroup:
    first = pairs[0]
    clauses: tuple[Clause, ...] = tuple(pair.b for pair in pairs if pair.b)
    return WordingGroup(clauses, first.kind, first.differences, first.changes)
