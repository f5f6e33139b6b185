"""The head of every page: what this is, and which state of the knowledge base answers."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from kb.store import KnowledgeBase
from ui.web.render.icons import MARK
from ui.web.render.markup import escape

TITLE = "官公需 知識ベース"
_JAPAN = timezone(timedelta(hours=9))


def header(kb: KnowledgeBase, has_login: bool) -> str:
    """Title, state and the switch for dark mode."""
    state = f"資料{len(kb.documents())}件・{japan_time(kb.manifest.created)}作成"
    leave = '<a class="kb-tool" href="/logout">ログアウト</a>' if has_login else ""
    return (
        f'<header>{MARK}<h1>{TITLE}</h1><p data-generation="{escape(kb.generation)}" title="世代 {escape(kb.generation)}">{escape(state)}</p>'
        '<div class="kb-head-tools"><button type="button" class="kb-tool" data-theme-switch>'
        f"明暗を切替</button>{leave}</div></header>"
    )


def japan_time(iso: str) -> str:
    """An ISO time as 11月21日 20:11 in Japan; the year is named when it is another one."""
    time = datetime.fromisoformat(iso).astimezone(_JAPAN)
    year = "" if time.year == datetime.now(_JAPAN).year else f"{time.year}年"
    return f"{year}{time.month}月{time.day}日 {time:%H:%M}"
