"""An answer held to the citation checker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from assistant.checking import Fault, FaultKind, Source, check
from kb.results import Answer
from kb.store import KnowledgeBase


def with_findings(kb: KnowledgeBase, answer: Answer) -> Answer:
    """The answer with a warning for what its citations do not bear out; the same when all holds."""
    if answer.abstained or not answer.citations:
        return answer
    sources = [Source.of(kb, kb.node(item.id), item.n) for item in answer.citations]
    found = [item for item in check(answer.text, sources).statements if not item.holds]
    if not found:
        return answer
    note = (
        f"この回答のうち{len(found)}か所は、引用した箇所だけでは確かめられません"
        f"（{reasons(fault for item in found for fault in item.faults[:1])}）。原文を確認してください。"
    )
    return replace(answer, warnings=(*answer.warnings, note))


def reasons(faults: Iterable[Fault]) -> str:
    """Each kind of fault with how often it was found, the most frequent first."""
    counted = Counter(FaultKind(fault.kind) for fault in faults)
    return "、".join(f"{Fault(kind).japanese}{count}件" for kind, count in counted.most_common())
