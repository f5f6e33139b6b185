"""Plant faults one at a time, check, and count what is found and what is raised beside it."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.review.check import check_draft
from assistant.review.findings import Finding
from assistant.similarity import likeness
from eval.draft_check import faults
from eval.draft_check.faults import Planted
from ingest.manifest import ManifestEntry
from ingest.parse import parse
from kb.addresses import clause_number
from kb.documents import Document, DocumentKind, ParsedDocument
from kb.settings import Settings
from kb.store import KnowledgeBase

ALIGNMENT = Path(__file__).parent.parent / "alignment" / "pairs.jsonl"
BASE = "kihon-r05"
_DRAFT = "draft"
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Trial:
    """One planted fault: whether it was found, and what else was raised because of it."""

    document: str
    planted: Planted
    found: bool
    beside: tuple[Finding, ...]


class Bench:
    """The policies of a knowledge base as drafts to plant faults in."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._documents = kb.documents()
        self._base = kb.parsed(BASE)
        self._policies = {
            item.id: kb.parsed(item.id)
            for item in self._documents
            if item.kind in (DocumentKind.KIHON, DocumentKind.KIKAN)
        }
        self._pairs = [
            json.loads(line) for line in ALIGNMENT.read_text(encoding="utf-8").splitlines()
        ]

    def findings(self, doc: str) -> tuple[Finding, ...]:
        """The findings on a policy of the knowledge base as it stands."""
        draft = self._policies[doc]
        known = [item for item in self._policies.values() if item is not draft]
        return check_draft(draft, self._base, known, self._others(draft)).findings

    def trials(self, each: int, seed: int) -> Iterator[Trial]:
        """At most `each` faults of every kind in every policy, drawn with `seed`."""
        draw = random.Random(seed)
        for doc, original in self._policies.items():
            before = self._check(original.text, original)
            kinds: dict[str, list[Planted]] = defaultdict(list)
            for planted in self._faults(self._parsed(original.text, original), original):
                kinds[planted.name].append(planted)
            for name in sorted(kinds):
                for planted in draw.sample(kinds[name], min(each, len(kinds[name]))):
                    yield self._trial(doc, original, planted, before)

    def _trial(
        self,
        doc: str,
        original: ParsedDocument,
        planted: Planted,
        before: Sequence[Finding],
    ) -> Trial:
        new = new_findings(self._check(planted.text, original), before)
        right = [item for item in new if item.kind is planted.kind and _shows(item, planted.where)]
        allowed = (planted.kind, *planted.follows)
        beside = tuple(item for item in new if item.kind not in allowed)
        return Trial(doc, planted, bool(right), beside)

    def _check(self, text: str, original: ParsedDocument) -> tuple[Finding, ...]:
        known = [item for item in self._policies.values() if item is not original]
        return check_draft(
            self._parsed(text, original), self._base, known, self._others(original)
        ).findings

    def _others(self, original: ParsedDocument) -> tuple[Document, ...]:
        return tuple(item for item in self._documents if item.id != original.document.id)

    def _parsed(self, text: str, original: ParsedDocument) -> ParsedDocument:
        """The text as an office's draft: nothing is known of it but its kind."""
        entry = ManifestEntry(file=f"{_DRAFT}.txt", kind=original.document.kind)
        return parse(text.encode(), Path(entry.file), _DRAFT, entry, Settings())

    def _faults(self, draft: ParsedDocument, original: ParsedDocument) -> Iterator[Planted]:
        doc = original.document.id
        known = [item for item in self._policies.values() if item is not original]
        yield from faults.other_year(draft)
        yield from faults.other_date(draft, known)
        yield from faults.other_law_number(draft, known)
        yield from faults.wrong_reference(draft)
        yield from faults.late_definition(draft)
        yield from faults.wrong_number(draft)
        if doc == BASE:
            own = {node.id for node in draft.nodes}
            yield from faults.weaker_duty(draft, own)
            yield from faults.other_figure(draft, own)
            return
        same = self._judged_same(doc)
        yield from faults.weaker_duty(draft, same)
        yield from faults.other_figure(draft, same)
        yield from faults.left_out(draft, self._only_answers(doc))

    def _judged_same(self, doc: str) -> set[str]:
        """Clauses of the draft that were judged to say just what the 基本方針 says."""
        return {
            _draft_id(pair["b"])
            for pair in self._pairs
            if (pair["a_doc"], pair["b_doc"]) == (BASE, doc)
            and (pair["relation"], pair["unit"]) == ("same", "text")
        }

    def _only_answers(self, doc: str) -> dict[str, tuple[str, ...]]:
        """Clauses of the draft with the rules of the 基本方針 that no other clause answers."""
        pairs = [
            pair
            for pair in self._pairs
            if (pair["a_doc"], pair["b_doc"]) == (BASE, doc)
            and pair["a"]
            and pair["b"]
            and pair["unit"] == "text"
        ]
        answers = Counter(pair["a"] for pair in pairs)
        found: dict[str, list[str]] = defaultdict(list)
        for pair in pairs:
            if answers[pair["a"]] == 1 and pair["role"] == "must":
                found[_draft_id(pair["b"])].append(pair["a"])
        nodes = {node.id: node for node in self._base.nodes}
        return {
            clause: tuple(name for rule in rules for name in (rule, clause_number(nodes[rule])))
            for clause, rules in found.items()
        }


def _draft_id(node: str) -> str:
    return _DRAFT + node[node.index("/") :]


def new_findings(findings: Sequence[Finding], before: Sequence[Finding]) -> list[Finding]:
    """Findings that are not among those of the text before the fault was planted.

    One that stood there already may show the planted words in its sentence.
    """
    rest = list(before)
    new: list[Finding] = []
    for same in (_is_equal, _is_alike):
        left = new if same is _is_alike else list(findings)
        new = []
        for finding in left:
            known = next((item for item in rest if same(item, finding)), None)
            if known is None:
                new.append(finding)
            else:
                rest.remove(known)
    return new


def _is_equal(one: Finding, other: Finding) -> bool:
    return (one.kind, one.reason, one.sentence) == (other.kind, other.reason, other.sentence)


def _is_alike(one: Finding, other: Finding) -> bool:
    return (one.kind, one.reason) == (other.kind, other.reason) and likeness(
        one.sentence, other.sentence
    ) >= _ALIKE


def _shows(finding: Finding, where: Sequence[str]) -> bool:
    shown = [finding.reason, finding.sentence, finding.against.id if finding.against else ""]
    return not where or any(word in text for word in where for text in shown)
