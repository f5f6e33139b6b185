"""The list of earlier conversations."""

from __future__ import annotations

from collections.abc import Sequence

from ui.web.render.header import japan_time
from ui.web.render.markup import escape
from ui.web.turns import Conversation


def history(items: Sequence[Conversation], current: str, words: str = "") -> str:
    """Earlier conversations, the last one first; `current` is the one on the page."""
    if not items:
        empty = "この言葉を含む履歴はありません。" if words else "まだ履歴はありません。"
        return f'<p class="kb-none" role="status">{empty}</p>'
    rows = "".join(_row(item, current) for item in items)
    return f'<ul class="kb-history">{rows}</ul>'


def _row(item: Conversation, current: str) -> str:
    here = ' aria-current="true"' if item.id == current else ""
    title = escape(item.title)
    return (
        f'<li><button type="button" class="kb-past-title" data-chat="{escape(item.id)}"{here}>'
        f'<span>{title}</span><time datetime="{escape(item.updated)}">{japan_time(item.updated)}</time></button>'
        f'<button type="button" class="kb-forget" data-forget="{escape(item.id)}"'
        f' aria-label="「{title}」の会話を削除">×</button></li>'
    )
