"""The reader: a place in its document with its references, terms, source text and page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote as percent_encode

from kb.addresses import address, clause_number, document_name
from kb.documents import Document, DocumentKind, Node, NodeKind, TableData
from kb.spans import Span
from ui.web.render import margins
from ui.web.render.markup import (
    KIND_NAMES,
    Wrap,
    copy_button,
    escape,
    marked,
    paragraphs,
    place_href,
    place_link,
    table,
    within,
)
from ui.web.views import Front, Place, text_range

EMPTY = (
    '<div class="kb-reader kb-empty"><p>引用番号・検索結果・目次のどれかを選ぶと、'
    "ここに原文が表示されます。</p></div>"
)
_DEEPEST = 4
_FEW_TOPS = 12


def place(item: Place) -> str:
    """A clause or case with what stands around it; the quote is marked."""
    above = [
        place_link(item.document.id, escape(document_name(item.document))),
        *(place_link(node.id, _name(node)) for node in item.ancestors),
    ]
    crumbs = "".join(f"<li>{crumb}</li>" for crumb in above)
    name = address(item.document, item.node)
    before = "".join(_clause(node, item) for node in item.before)
    after = "".join(_clause(node, item) for node in item.after)
    below = "".join(_clause(node, item) for node in item.below)
    more = (
        f'<p class="kb-more">この下の残り{item.omitted}項目は、目次から選んでください。</p>'
        if item.omitted
        else ""
    )
    tools = (
        copy_button(f"{name}（{item.node.id}）", "出典をコピー")
        + copy_button(place_href(item.node.id), "リンクをコピー", link=True)
        + _beside(item)
        + f'<span class="kb-where">{_where(item)}</span>'
    )
    return (
        f'<section class="kb-reader" aria-label="{escape(name)}" data-place="{escape(item.node.id)}"'
        f' data-doc="{escape(item.document.id)}">'
        f'<header class="kb-reader-head"><nav aria-label="現在地"><ol class="kb-crumbs">{crumbs}</ol></nav>'
        f'<h2 tabindex="-1">{escape(name)}</h2><div class="kb-tools">{tools}</div></header>'
        f'<div class="kb-leaf"><div class="kb-text">{before}{_target(item)}{below}{more}{after}</div>'
        f"{_page(item)}</div>"
        f'<footer class="kb-steps">{_step(item.previous, "前へ")}{_step(item.following, "次へ")}'
        "</footer></section>"
    )


def front(item: Front) -> str:
    """The first page of a document: what it is, and its top headings."""
    rows = "".join(
        f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in facts(item.document)
    )
    tops = "".join(f"<li>{place_link(node.id, _name(node))}</li>" for node in item.tops)
    return (
        f'<section class="kb-reader" aria-label="{escape(item.document.title)}"'
        f' data-place="{escape(item.document.id)}" data-doc="{escape(item.document.id)}">'
        '<header class="kb-reader-head">'
        f'<h2 tabindex="-1">{escape(item.document.title)}</h2></header>'
        f'<dl class="kb-facts">{rows}</dl>'
        f'<h3>目次</h3><ul class="kb-tops">{tops}</ul></section>'
    )


def facts(document: Document) -> list[tuple[str, str]]:
    """What is known of a document: name and HTML value, leaving out what is not."""
    year = str(document.fiscal_year) if document.fiscal_year else ""
    known = (
        ("種類", escape(KIND_NAMES[document.kind])),
        ("年度", escape(year)),
        ("作成機関", escape(document.issuer)),
        ("決定日", escape(document.decided_on or "")),
        ("出典", source_link(document.source)),
        ("利用条件", escape(document.licence)),
        ("資料ID", f"<code>{escape(document.id)}</code>"),
    )
    return [(term, value) for term, value in known if value]


def source_link(source: str) -> str:
    """The source as a link when it is a web address; nothing is fetched until it is clicked."""
    if not source.startswith(("https://", "http://")):
        return escape(source)
    return (
        f'<a href="{escape(source)}" target="_blank" rel="noopener noreferrer">{escape(source)}</a>'
    )


def choice(documents: Sequence[Document], chosen: Document) -> str:
    """Which document's outline is shown."""
    options = "".join(
        f'<option value="{escape(item.id)}"{" selected" if item is chosen else ""}>'
        f"{escape(document_name(item))}</option>"
        for item in documents
    )
    return f'<label class="kb-doc">資料<select id="kb-doc">{options}</select></label>'


def outline(nodes: Sequence[Node]) -> str:
    """The tree of a document's nodes; branches fold."""
    children: dict[str | None, list[Node]] = {}
    for node in nodes:
        children.setdefault(node.parent, []).append(node)
    doc = escape(nodes[0].doc) if nodes else ""
    return (
        f'<nav class="kb-outline" aria-label="目次" tabindex="0" data-doc="{doc}">'
        f"{_branch(None, children, 0)}</nav>"
    )


def _branch(parent: str | None, children: dict[str | None, list[Node]], depth: int) -> str:
    items: list[str] = []
    for node in children.get(parent, ()):
        link = place_link(node.id, _name(node))
        if node.id not in children:
            items.append(f"<li>{link}</li>")
            continue
        is_open = depth == 0 and len(children[None]) <= _FEW_TOPS
        fold = (
            f'<button type="button" class="kb-fold" aria-expanded="{str(is_open).lower()}"'
            f' aria-label="{escape(node.label)}の下の項目"></button>'
        )
        items.append(f"<li>{fold}{link}{_branch(node.id, children, depth + 1)}</li>")
    return f"<ul>{''.join(items)}</ul>"


def _name(node: Node) -> str:
    words = node.heading or _start_of(node.body)
    if words == node.label:
        return f'<span class="kb-label">{escape(node.label)}</span>'
    return f'<span class="kb-label">{escape(node.label)}</span> {escape(words)}'.rstrip()


def _start_of(body: str, width: int = 24) -> str:
    flat = " ".join(body.split())
    return flat if len(flat) <= width else f"{flat[:width]}…"


def _target(item: Place) -> str:
    found = text_range(item.node, item.quote) if item.quote else None
    return (
        f'<article class="kb-clause kb-target" aria-current="true">{_case(item.node)}'
        f"{_words(item.node, item, (found,) if found else ())}"
        f"{margins.links(item)}{margins.source(item)}</article>"
    )


def _clause(node: Node, item: Place) -> str:
    depth = min(max(len(node.path) - len(item.node.path), 0), _DEEPEST)
    return f'<article class="kb-clause" data-depth="{depth}">{_words(node, item)}</article>'


def _words(node: Node, item: Place, spans: Sequence[Span] = ()) -> str:
    heading = marked(node.heading, within(spans, 0, len(node.heading)))
    # A section of a case is labelled by its heading; nobody wants to read it twice.
    label, rest = (heading, "") if node.label == node.heading else (escape(node.label), heading)
    title = place_link(node.id, label, attributes=' class="kb-label"')
    title += f'<span class="kb-heading">{rest}</span>' if rest else ""
    cut = len(node.heading) + 1 if node.heading else 0
    end = cut + len(node.body)
    wraps = [
        Wrap(span, wrap.before, wrap.after)
        for wrap in margins.wraps(node, item)
        for span in within((wrap.span,), cut, end)
    ]
    body = paragraphs(node.body, within(spans, cut, end), wraps)
    return f"<h3>{title}</h3>{body}" + (_cells(node.table) if node.table else "")


def _case(node: Node) -> str:
    if not node.case:
        return ""
    known = (node.case.organisation, node.case.prefecture, node.case.category)
    chips = "".join(f"<li>{escape(fact)}</li>" for fact in dict.fromkeys(known) if fact)
    return f'<ul class="kb-tags">{chips}</ul>'


def _cells(item: TableData) -> str:
    lost = '<span class="kb-lost">（欠落）</span>'
    rows = ([lost if cell is None else escape(cell) for cell in row] for row in item.rows)
    faults = "".join(f"<li>{escape(fault)}</li>" for fault in item.faults)
    return table(item.header, rows) + (f'<ul class="kb-warnings">{faults}</ul>' if faults else "")


def _where(item: Place) -> str:
    page = f"{item.node.page}ページ・" if item.node.page is not None else ""
    span = item.quote or Span(item.node.start, item.node.end)
    return f"原文の{page}{span.start:,}〜{span.end:,}文字目"


def _beside(item: Place) -> str:
    """A button that lays the clause beside those of other policies."""
    if item.document.kind not in (DocumentKind.KIHON, DocumentKind.KIKAN):
        return ""
    if item.node.kind is not NodeKind.CLAUSE:
        return ""
    return (
        f'<button type="button" class="kb-tool" data-beside="{escape(item.node.id)}">'
        "ほかの方針と並べる</button>"
    )


def _page(item: Place) -> str:
    if not item.has_page:
        return ""
    page = item.node.page
    source = f"/files/page/{percent_encode(item.document.id, safe='')}/{page}.png"
    return (
        f'<figure class="kb-page"><figcaption>元のPDFの{page}ページ</figcaption>'
        f'<a href="{escape(source)}" target="_blank" rel="noopener">'
        f'<img src="{escape(source)}" alt="元のPDFの{page}ページの画像（選ぶと拡大）" loading="lazy">'
        "</a></figure>"
    )


def _step(node: Node | None, label: str) -> str:
    if node is None:
        return "<span></span>"
    inner = f"<span>{label}</span> {escape(clause_number(node))}"
    return place_link(node.id, inner, attributes=' class="kb-step"')
