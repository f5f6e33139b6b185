"""Search results: hits with what matched and why, and the facets to narrow them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from kb.documents import Document
from kb.results import Filters, Hit
from kb.spans import Span
from retrieval.query import Query
from ui.web.facets import Facet
from ui.web.render.markup import escape, marked, place_link, within
from ui.web.understood import FILTERS, filter_chips
from ui.web.views import Found

_BEFORE, _WIDTH = 40, 220
_WORDS = 6
_FEW = 5


def results(
    text: str, found: Found, filters: Filters, shown: int, documents: Mapping[str, Document]
) -> str:
    """A search's facets and its first `shown` hits, best first."""
    side = _facets(found.facets, filters, documents)
    if not found.hits:
        return side + (
            f'<p class="kb-none" role="status">「{escape(text)}」に当たる箇所はありません。'
            "言葉を短くするか、絞り込みを外してください。</p>"
        )
    items = "".join(
        f"<li>{_hit(hit, found.addresses.get(hit.id, hit.id), found.query)}</li>"
        for hit in found.hits[:shown]
    )
    more = (
        '<button type="button" class="kb-tool kb-more-hits" data-more>さらに表示</button>'
        if shown < len(found.hits)
        else ""
    )
    return (
        f'<div class="kb-found">{side}<div><p class="kb-count" role="status">'
        f"上位{len(found.hits)}件のうち{min(shown, len(found.hits))}件"
        f"（{found.seconds * 1000:.0f}ミリ秒）</p>"
        f'<ol class="kb-hits">{items}</ol>{more}</div></div>'
    )


def why(hit: Hit, query: Query) -> str:
    """In one line, what brought a hit up: words, words they were taken for, nearness in meaning."""
    words = list(dict.fromkeys(hit.text[span.start : span.end] for span in hit.highlights))
    meant = [
        f"{item.written}→{item.official}"
        for item in query.expansions
        if item.official in hit.text and item.official not in query.text
    ]
    topics = [item.official for item in query.topics if item.official in hit.text]
    parts = (
        ("言葉", "・".join(words[:_WORDS])),
        ("言い換え", "、".join(islice(dict.fromkeys(meant), _WORDS))),
        ("話題", "、".join(islice(dict.fromkeys(topics), _WORDS))),
    )
    told = [f"{name}「{value}」" for name, value in parts if value]
    return "、".join((*told, f"意味の近さ {hit.dense:.2f}", f"語の一致度 {hit.lexical:.1f}"))


def _facets(facets: Sequence[Facet], filters: Filters, documents: Mapping[str, Document]) -> str:
    chosen = "".join(
        f'<li><button type="button" class="kb-chip" data-facet="{chip.key}" data-value=""'
        f' aria-label="{escape(chip.label)}を外す">{escape(chip.label)}'
        '<span aria-hidden="true">×</span></button></li>'
        for chip in filter_chips(filters, documents)
    )
    groups = "".join(_facet(facet) for facet in facets if getattr(filters, facet.name) is None)
    return (
        '<div class="kb-facets">'
        + (f'<ul class="kb-chips" aria-label="絞り込み中">{chosen}</ul>' if chosen else "")
        + f"<details open><summary>絞り込み</summary>{groups}</details></div>"
    )


def _facet(facet: Facet) -> str:
    return f"<section><h3>{FILTERS[facet.name]}</h3><ul>{''.join(_values(facet))}</ul></section>"


def _values(facet: Facet) -> Iterator[str]:
    for at, item in enumerate(facet.values):
        hidden = " hidden" if at >= _FEW else ""
        yield (
            f'<li{hidden}><button type="button" data-facet="{facet.name}"'
            f' data-value="{escape(item.value)}"><span>{escape(item.label)}</span>'
            f'<span class="kb-number-of">{item.count}</span></button></li>'
        )
    if len(facet.values) > _FEW:
        yield '<li><button type="button" data-unfold>ほかも表示</button></li>'


def _hit(hit: Hit, name: str, query: Query) -> str:
    window = _window(hit.text, hit.highlights)
    text = marked(
        hit.text[window.start : window.end], within(hit.highlights, window.start, window.end)
    )
    text = ("…" if window.start else "") + text + ("…" if window.end < len(hit.text) else "")
    crumbs = " › ".join(escape(crumb) for crumb in hit.breadcrumbs if crumb != hit.title)
    case = f'<span class="kb-hit-case">{escape(hit.case.organisation)}</span>' if hit.case else ""
    link = place_link(
        hit.id,
        f'<span class="kb-place">{escape(name)}</span>{case}'
        f'<span class="kb-trail">{crumbs}</span><span class="kb-quote">{text}</span>',
        attributes=' class="kb-source"',
    )
    return f'{link}<p class="kb-why">{escape(why(hit, query))}</p>'


def _window(text: str, highlights: Sequence[Span]) -> Span:
    """The part of a long text to show: from a little before its first highlight."""
    first = min((span.start for span in highlights), default=0)
    start = max(first - _BEFORE, 0) if len(text) > _WIDTH else 0
    start = max(min(start, len(text) - _WIDTH), 0)
    return Span(start, min(start + _WIDTH, len(text)))
