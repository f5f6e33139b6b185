"""What a check of a draft gives: findings, each with its place, the reason and the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.comparison.results import DocumentName


class FindingKind(StrEnum):
    """What sort of thing a finding is about, in the order in which a check lists them."""

    YEAR = "year"
    DATE = "date"
    FIGURE = "figure"
    LAW_NUMBER = "law_number"
    REFERENCE = "reference"
    TERM = "term"
    NUMBERING = "numbering"
    FRAGMENT = "fragment"
    WEAKER = "weaker"
    UNCOVERED = "uncovered"

    @property
    def japanese(self) -> str:
        """The name an officer uses."""
        return {
            FindingKind.YEAR: "年度",
            FindingKind.DATE: "決定日",
            FindingKind.FIGURE: "数値",
            FindingKind.LAW_NUMBER: "法令番号",
            FindingKind.REFERENCE: "参照",
            FindingKind.TERM: "用語の定義",
            FindingKind.NUMBERING: "番号",
            FindingKind.FRAGMENT: "文の切れ端",
            FindingKind.WEAKER: "義務の緩和",
            FindingKind.UNCOVERED: "未対応の条項",
        }[self]


class Severity(StrEnum):
    """How sure it is that the draft has to change, most urgent first."""

    MUST = "must"
    CHECK = "check"
    NOTE = "note"

    @property
    def japanese(self) -> str:
        """The name an officer uses."""
        return {Severity.MUST: "要修正", Severity.CHECK: "要確認", Severity.NOTE: "参考"}[self]


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Where to look: a node's id, its number as officers say it (第2-14(2)), and a source span."""

    id: str
    address: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    `place` stands in the draft; for a clause that the draft lacks, where it would belong. `reason`
    is Japanese, `sentence` the draft's own words there ("" for what it lacks). `against` and
    `against_sentence` show the clause of the 基本方針 that speaks for the finding.
    """

    kind: FindingKind
    severity: Severity
    place: FindingPlace
    reason: str
    sentence: str
    against: FindingPlace | None = None
    against_sentence: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All findings on a draft, in the order of the draft; what it lacks stands last.

    `notes` are Japanese sentences about the check itself, such as a 基本方針 of another year.
    """

    draft: DocumentName
    against: DocumentName
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by their place in the draft, those of clauses it lacks after all others."""
    kinds = list(FindingKind)
    return tuple(
        sorted(
            findings,
            key=lambda item: (
                item.kind is FindingKind.UNCOVERED,
                item.against.start if item.against and item.kind is FindingKind.UNCOVERED else 0,
                item.place.start,
                kinds.index(item.kind),
            ),
        )
    )
