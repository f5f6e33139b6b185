"""A check as a report to hand out: one table of findings to fix or judge, one of clauses left out."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.comparison.sheets import Cell, Report, Sheet
from assistant.review.findings import CheckReport, Finding, FindingKind

_COLUMNS = ("重要度", "種類", "箇所", "理由", "案の文", "基本方針の文", "対応")
_WIDTHS = (2.0, 2.5, 2.5, 7.0, 9.0, 9.0, 3.0)
_LACKING = ("重要度", "基本方針の箇所", "理由", "基本方針の文", "案の近い箇所", "対応")
_LACKING_WIDTHS = (2.0, 3.0, 8.0, 12.0, 3.0, 3.0)


def check_report(report: CheckReport) -> Report:
    """The findings with an empty column for what the officer decides."""
    found = [item for item in report.findings if item.kind is not FindingKind.UNCOVERED]
    lacking = [item for item in report.findings if item.kind is FindingKind.UNCOVERED]
    return Report(
        f"点検結果：{report.draft.name}（{report.against.name}に照らして）",
        (
            Sheet("指摘", _COLUMNS, _WIDTHS, _rows(found), report.notes),
            Sheet("未対応の条項", _LACKING, _LACKING_WIDTHS, _lacking_rows(lacking)),
        ),
    )


def _rows(findings: Sequence[Finding]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            Cell.of(item.severity.japanese),
            Cell.of(item.kind.japanese),
            Cell.of(item.place.address),
            Cell.of(item.reason),
            Cell.of(item.sentence),
            Cell.of(_against(item)),
            Cell(),
        )
        for item in findings
    )


def _against(item: Finding) -> str:
    return f"{item.against.address}：{item.against_sentence}" if item.against else ""


def _lacking_rows(findings: Sequence[Finding]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            Cell.of(item.severity.japanese),
            Cell.of(item.against.address if item.against else ""),
            Cell.of(item.reason),
            Cell.of(item.against_sentence),
            Cell.of(item.place.address),
            Cell(),
        )
        for item in findings
    )
