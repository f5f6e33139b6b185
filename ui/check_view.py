"""Checks of drafts as the interface's JSON and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.review.findings import CheckReport, Finding, FindingKind, FindingPlace, Severity

Json = dict[str, Any]


def as_json(report: CheckReport) -> Json:
    """The document that `kb check --json` prints."""
    return {
        "draft": report.draft.id,
        "against": report.against.id,
        "findings": [_finding(item) for item in report.findings],
        "counts": {severity.value: report.count(severity) for severity in Severity},
        "notes": list(report.notes),
        "seconds": round(report.seconds, 4),
    }


def _finding(item: Finding) -> Json:
    return {
        "kind": item.kind.value,
        "severity": item.severity.value,
        "place": _place(item.place),
        "reason": item.reason,
        "sentence": item.sentence,
        "against": _place(item.against),
        "against_sentence": item.against_sentence,
    }


def _place(place: FindingPlace | None) -> Json | None:
    if place is None:
        return None
    return {"id": place.id, "address": place.address, "start": place.start, "end": place.end}


def as_text(report: CheckReport) -> str:
    """The findings in the order of the draft, then the clauses it lacks, then a count."""
    return "\n\n".join("\n".join(block) for block in _blocks(report))


def _blocks(report: CheckReport) -> Iterator[list[str]]:
    head = f"{report.draft.name} を {report.against.name} に照らした点検"
    yield [head, *(f"注意: {note}" for note in report.notes)]
    for item in report.findings:
        lines = [f"【{item.severity.japanese}】{item.kind.japanese}  {_where(item)}", item.reason]
        if item.sentence:
            lines.append(f"  案: {item.sentence}")
        if item.against_sentence and item.against:
            lines.append(f"  基本方針 {item.against.address}: {item.against_sentence}")
        yield lines
    yield ["、".join(f"{item.japanese} {report.count(item)}件" for item in Severity)]


def _where(item: Finding) -> str:
    near = "付近" if item.kind is FindingKind.UNCOVERED else ""
    return f"{item.place.address}{near}（{item.place.id}）"
