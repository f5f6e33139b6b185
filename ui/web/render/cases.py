"""事例: the map, the cards of cases, and the table that lays them side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.comparison.case_table import CaseCell, CaseRow, CaseTable
from kb.results import Filters
from kb.spans import Span
from ui.web.bench import CaseCard
from ui.web.render.markup import escape, place_link, tip
from ui.web.render.tilemap import tilemap

_PURPOSE = 110


def overview(cards: Sequence[CaseCard], filters: Filters, comparison: str) -> str:
    """The map and categories, a comparison where one was asked for, and the cases that pass."""
    if not cards:
        return '<p class="kb-none">事例集が取り込まれていません。「資料」で事例集を取り込んでください。</p>'
    passing = [card for card in cards if _passes(card, filters)]
    prefectures = Counter(_prefecture(card) for card in cards if _in_category(card, filters))
    categories = Counter(_category(card) for card in cards if _in_prefecture(card, filters))
    picked = "".join(
        f'<button type="button" class="kb-chip" data-region="{name}" data-value=""'
        f' aria-label="{escape(value)}を外す">{escape(value)}<span aria-hidden="true">×</span></button>'
        for name, value in (("prefecture", filters.prefecture), ("category", filters.category))
        if value
    )
    listed = "".join(f"<li>{_card(card)}</li>" for card in passing)
    return (
        f'<div class="kb-cases"><aside>{tilemap(prefectures, filters.prefecture or "")}'
        f"{_categories(categories, filters.category)}</aside>"
        f'<div>{comparison}<p class="kb-count" role="status">事例{len(passing)}件 {picked}</p>'
        f'<ul class="kb-cards">{listed}</ul></div></div>'
    )


def table(item: CaseTable, filters: Filters) -> str:
    """The comparison; every cell leads to the place that it quotes."""
    notes = "".join(f"<li>{escape(note)}</li>" for note in item.notes)
    told = f'<ul class="kb-warnings">{notes}</ul>' if notes else ""
    if not item.rows:
        return told
    head = "".join(
        f'<th scope="col">{escape(name)}{"（質問の項目）" if name in item.asked else ""}</th>'
        for name in ("団体・事例", *item.columns)
    )
    rows = "".join(_row(row) for row in item.rows)
    query = {"q": item.question, "prefecture": filters.prefecture, "category": filters.category}
    address = escape(urlencode({key: value for key, value in query.items() if value}))
    files = "".join(
        f'<a class="kb-tool" href="/files/cases.{form}?{address}" download>{name}</a>'
        for form, name in (("xlsx", "Excel"), ("docx", "Word"))
    )
    return (
        f'<section class="kb-comparison"><h2>{escape(item.question)}</h2>{told}'
        f'<div class="kb-actions">{files}</div>'
        '<div class="kb-table kb-wide-table" role="region" aria-label="事例の比較" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _row(row: CaseRow) -> str:
    name = f"事例{row.case.number} {escape(row.case.title)}"
    place = f"<br><small>{escape(row.case.prefecture)}</small>" if row.case.prefecture else ""
    cells = "".join(f"<td>{_cell(cell)}</td>" for cell in row.cells)
    return (
        f'<tr><th scope="row">{escape(row.case.organisation)}{place}'
        f"<br>{place_link(row.id, name)}</th>{cells}</tr>"
    )


def _cell(cell: CaseCell) -> str:
    if cell.citation is None:
        return f'<span class="kb-silent">{escape(cell.shown)}</span>'
    source = Span(cell.citation.start, cell.citation.end)
    mark = tip(f"「{cell.citation.quote}」", ' class="kb-cite" aria-label="原文を開く"')
    return f"{escape(cell.shown)}{place_link(cell.citation.id, '原文', source, mark)}"


def _card(card: CaseCard) -> str:
    case = card.node.case
    assert case is not None
    flat = " ".join(card.purpose.split())
    purpose = flat if len(flat) <= _PURPOSE else f"{flat[:_PURPOSE]}…"
    tags = "".join(f"<li>{escape(tag)}</li>" for tag in (case.prefecture, case.category) if tag)
    return (
        f'<article class="kb-card"><p class="kb-trail">{escape(case.organisation)}</p>'
        f"<h3>{place_link(card.node.id, f'事例{case.number} {escape(case.title)}')}</h3>"
        f'<p>{escape(purpose)}</p><ul class="kb-tags">{tags}</ul></article>'
    )


def _categories(counts: Counter[str], chosen: str | None) -> str:
    items = "".join(
        f'<li><button type="button" data-region="category" data-value="{escape(name)}">'
        f'<span>{escape(name)}</span><span class="kb-number-of">{count}</span></button></li>'
        for name, count in counts.most_common()
        if name and name != chosen
    )
    return f'<div class="kb-facets"><section><h3>事例の区分</h3><ul>{items}</ul></section></div>'


def _passes(card: CaseCard, filters: Filters) -> bool:
    return _in_category(card, filters) and _in_prefecture(card, filters)


def _in_category(card: CaseCard, filters: Filters) -> bool:
    return filters.category in (None, _category(card))


def _in_prefecture(card: CaseCard, filters: Filters) -> bool:
    return filters.prefecture in (None, _prefecture(card))


def _category(card: CaseCard) -> str:
    return card.node.case.category if card.node.case else ""


def _prefecture(card: CaseCard) -> str:
    return (card.node.case.prefecture if card.node.case else None) or ""
