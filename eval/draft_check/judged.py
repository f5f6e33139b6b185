"""Findings on the shipped policies against a person's verdicts on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from assistant.review.findings import Finding, FindingKind

JUDGED = Path(__file__).parent / "judged.jsonl"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an officer would want a finding; `place` is None for a clause left out."""

    doc: str
    kind: FindingKind
    place: str | None
    against: str | None
    right: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class JudgedFindings:
    """Counts of one document's findings; `unjudged` have no verdict yet, `lost` came no more."""

    right: int
    wrong: int
    unjudged: tuple[Finding, ...]
    lost: tuple[Verdict, ...]


def load_verdicts(path: Path = JUDGED) -> tuple[Verdict, ...]:
    """The verdicts of a JSONL file."""
    reader = TypeAdapter(Verdict)
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(reader.validate_json(line) for line in lines if line.strip())


def judge(doc: str, findings: Sequence[Finding], verdicts: Sequence[Verdict]) -> JudgedFindings:
    """Hold the findings on `doc` against its verdicts."""
    open_verdicts = [verdict for verdict in verdicts if verdict.doc == doc]
    right = wrong = 0
    unjudged: list[Finding] = []
    for finding in findings:
        verdict = next((item for item in open_verdicts if _is_of(item, finding)), None)
        if verdict is None:
            unjudged.append(finding)
            continue
        open_verdicts.remove(verdict)
        right += verdict.right
        wrong += not verdict.right
    lost = tuple(verdict for verdict in open_verdicts if verdict.right)
    return JudgedFindings(right, wrong, tuple(unjudged), lost)


def _is_of(verdict: Verdict, finding: Finding) -> bool:
    against = finding.against.id if finding.against else None
    return (
        verdict.kind is finding.kind
        and verdict.against == against
        and verdict.place in (None, finding.place.id)
    )
