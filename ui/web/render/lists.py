"""Search results and the list of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.documents import Document
from kb.results import Hit
from kb.spans import Span
from ui.web.render.markup import KIND_NAMES, escape, marked, place_link, within
from ui.web.render.reader import facts
from ui.web.views import Holding

_IN_BADGES = ("種類", "年度")
_BEFORE, _WIDTH = 40, 220


def hits(query: str, found: Sequence[Hit], addresses: Mapping[str, str], seconds: float) -> str:
    """Search results, best first; `addresses` names each hit's node."""
    if not found:
        return (
            f'<p class="kb-none" role="status">「{escape(query)}」に当たる箇所はありません。'
            "言葉を短くするか、絞り込みを外してください。</p>"
        )
    items = "".join(f"<li>{_hit(hit, addresses.get(hit.id, hit.id))}</li>" for hit in found)
    return (
        f'<p class="kb-count" role="status">上位{len(found)}件（{seconds * 1000:.0f}ミリ秒）</p>'
        f'<ol class="kb-hits">{items}</ol>'
    )


def documents(holdings: Sequence[Holding]) -> str:
    """All documents as cards."""
    items = "".join(f"<li>{_document(item)}</li>" for item in holdings)
    return f'<p class="kb-count">{len(holdings)}件</p><ul class="kb-documents">{items}</ul>'


def _hit(hit: Hit, name: str) -> str:
    window = _window(hit.text, hit.highlights)
    text = marked(
        hit.text[window.start : window.end], within(hit.highlights, window.start, window.end)
    )
    text = ("…" if window.start else "") + text + ("…" if window.end < len(hit.text) else "")
    crumbs = " › ".join(escape(crumb) for crumb in hit.breadcrumbs if crumb != hit.title)
    case = f'<span class="kb-hit-case">{escape(hit.case.organisation)}</span>' if hit.case else ""
    return place_link(
        hit.id,
        f'<span class="kb-place">{escape(name)}</span>{case}'
        f'<span class="kb-trail">{crumbs}</span><span class="kb-quote">{text}</span>',
        attributes=' class="kb-source"',
    )


def _window(text: str, highlights: Sequence[Span]) -> Span:
    """The part of a long text to show: from a little before its first highlight."""
    first = min((span.start for span in highlights), default=0)
    start = max(first - _BEFORE, 0) if len(text) > _WIDTH else 0
    start = max(min(start, len(text) - _WIDTH), 0)
    return Span(start, min(start + _WIDTH, len(text)))


def _document(item: Holding) -> str:
    document = item.document
    rows = "".join(
        f"<div><dt>{term}</dt><dd>{value}</dd></div>"
        for term, value in facts(document)
        if term not in _IN_BADGES
    )
    warnings = "".join(f"<li>{escape(warning)}</li>" for warning in document.warnings)
    return (
        f'<article class="kb-document"><h3>{place_link(document.id, escape(document.title))}</h3>'
        f'<p class="kb-badges"><span>{escape(KIND_NAMES[document.kind])}</span>'
        f"<span>{escape(_year(document))}</span>"
        f"<span>条項など{item.nodes:,}件</span><span>検索単位{item.passages:,}件</span></p>"
        f'<dl class="kb-facts">{rows}</dl>'
        + (f'<ul class="kb-warnings">{warnings}</ul>' if warnings else "")
        + "</article>"
    )


def _year(document: Document) -> str:
    return str(document.fiscal_year) if document.fiscal_year else "年度不明"
