"""The documents of the knowledge base and what became of uploads."""

from __future__ import annotations

from collections.abc import Sequence

from kb.documents import Document
from ui.web.render.markup import KIND_NAMES, escape, place_link
from ui.web.render.reader import facts
from ui.web.views import Holding

_IN_BADGES = ("種類", "年度")


def documents(holdings: Sequence[Holding]) -> str:
    """All documents as cards."""
    items = "".join(f"<li>{_document(item)}</li>" for item in holdings)
    return f'<p class="kb-count">{len(holdings)}件</p><ul class="kb-documents">{items}</ul>'


def _document(item: Holding) -> str:
    document = item.document
    rows = "".join(
        f"<div><dt>{term}</dt><dd>{value}</dd></div>"
        for term, value in facts(document)
        if term not in _IN_BADGES
    )
    faults = list(document.warnings)
    if not item.present:
        faults.append(
            "取り込んだファイルが元の場所にありません（内容は知識ベースに残っています）。"
        )
    warnings = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    health = f'<span class="kb-ill">注意{len(faults)}件</span>' if faults else "<span>良好</span>"
    return (
        f'<article class="kb-document"><h3>{place_link(document.id, escape(document.title))}</h3>'
        f'<p class="kb-badges"><span>{escape(KIND_NAMES[document.kind])}</span>'
        f"<span>{escape(_year(document))}</span>{health}"
        f"<span>条項など{item.nodes:,}件</span><span>検索単位{item.passages:,}件</span></p>"
        f'<dl class="kb-facts">{rows}</dl>'
        + (f'<ul class="kb-warnings">{warnings}</ul>' if warnings else "")
        + "</article>"
    )


def _year(document: Document) -> str:
    return str(document.fiscal_year) if document.fiscal_year else "年度不明"


UPLOAD = (
    '<section class="kb-uploads" aria-label="資料の取り込み"><label class="kb-drop" for="kb-files">'
    "<b>ファイルを選ぶ</b><span>またはここに落とす（PDF・Word・Excel・HTML・Markdown・テキスト・zip）</span>"
    '<input id="kb-files" type="file" multiple '
    'accept=".pdf,.docx,.xlsx,.html,.htm,.md,.txt,.zip"></label>'
    '<ul class="kb-sending"></ul><div class="kb-run"></div></section>'
)
"""The part of the page that takes files; assets/js/uploads.js brings it to life."""
