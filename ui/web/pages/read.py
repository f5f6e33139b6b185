"""The page 読む and the reader beside all pages. Its texts come from /files: see assets/js."""

from __future__ import annotations

from ui.web.handlers.reader import ReaderHandlers
from ui.web.pages.parts import html
from ui.web.render import reader

_TOOLS = (
    '<div class="kb-side-tools">'
    '<button type="button" class="kb-tool" data-close>← もどる</button>'
    '<button type="button" class="kb-tool kb-widen" data-widen aria-pressed="false">広く表示</button></div>'
)


def layout(handlers: ReaderHandlers) -> None:
    """Draw the page: which document, and its outline."""
    html(f'<div id="kb-contents">{handlers.outline("")}</div>', "kb.markOutline();")


def side() -> None:
    """Draw the reader."""
    html(_TOOLS, elem_id="kb-side-tools")
    html(f'<div id="kb-leaf">{reader.EMPTY}</div>', "kb.begin();")
