"""点検: what to look at in a draft."""

from __future__ import annotations

from assistant.review.findings import CheckReport, Finding, FindingKind, Severity
from kb.spans import Span
from ui.web.render.markup import escape, place_link

FORM = (
    '<section class="kb-uploads" aria-label="案の点検"><label class="kb-drop" for="kb-draft">'
    "<b>点検する案を選ぶ</b><span>契約の方針の案を基本方針に照らします。案は保存されません。</span>"
    '<input id="kb-draft" type="file" accept=".pdf,.docx,.html,.htm,.md,.txt"></label>'
    '<div class="kb-run" id="kb-check" role="status"></div></section>'
)
"""The part of the page that takes a draft; assets/js brings it to life."""


def report(item: CheckReport, key: str) -> str:
    """The findings by urgency, what the draft lacks last; `key` names the report's files."""
    notes = "".join(f"<li>{escape(note)}</li>" for note in item.notes)
    counts = "".join(
        f'<span class="kb-chip kb-severity-{severity.value}">{severity.japanese} {item.count(severity)}</span>'
        for severity in Severity
    )
    files = "".join(
        f'<a class="kb-tool" href="/files/check/{escape(key)}.{form}" download>{name}</a>'
        for form, name in (("docx", "Word"), ("xlsx", "Excel"))
    )
    order = list(Severity)
    findings = sorted(item.findings, key=lambda finding: order.index(finding.severity))
    rows = "".join(f"<li>{_finding(finding)}</li>" for finding in findings)
    return (
        f'<section class="kb-comparison"><h2>{escape(item.draft.name)}</h2>'
        f'<p class="kb-count">{escape(item.against.name)}に照らした点検</p>'
        + (f'<ul class="kb-warnings">{notes}</ul>' if notes else "")
        + f'<p class="kb-chips">{counts}</p><div class="kb-actions">{files}</div>'
        f'<ol class="kb-findings">{rows}</ol></section>'
    )


def _finding(item: Finding) -> str:
    where = (
        f"{item.place.address}の近く" if item.kind is FindingKind.UNCOVERED else item.place.address
    )
    own = (
        f'<blockquote class="kb-own">案：{escape(item.sentence)}</blockquote>'
        if item.sentence
        else ""
    )
    base = ""
    if item.against:
        span = Span(item.against.start, item.against.end)
        link = place_link(item.against.id, escape(item.against.address), span)
        base = f"<blockquote>{link}：{escape(item.against_sentence)}</blockquote>"
    return (
        f'<article class="kb-finding"><p><span class="kb-chip kb-severity-{item.severity.value}">'
        f"{item.severity.japanese}</span><b>{item.kind.japanese}</b><span>{escape(where)}</span></p>"
        f"<p>{escape(item.reason)}</p>{own}{base}</article>"
    )
