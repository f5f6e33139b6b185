"""The page 読む and the reader beside all pages; only layout and wiring."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.web.handlers.reader import ReaderHandlers
from ui.web.pages.parts import QUIET, Page, document_options, html, text_of
from ui.web.render import reader
from ui.web.views import Choices

_OUTLINE = "kb.markOutline(); watch('value', () => kb.markOutline());"
_TOOLS = (
    '<div class="kb-side-tools">'
    '<button type="button" class="kb-tool" data-close>← もどる</button>'
    '<button type="button" class="kb-tool kb-widen" data-widen aria-pressed="false">広く表示</button></div>'
)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The parts of the page that change."""

    doc: gr.Dropdown
    outline: gr.HTML


def layout(handlers: ReaderHandlers, choices: Choices) -> ReadPage:
    """Draw the page: which document, and its outline."""
    first = choices.documents[0].id
    doc = gr.Dropdown(
        document_options(choices),
        value=first,
        label="資料",
        elem_id="kb-doc",
        elem_classes="kb-select",
    )
    return ReadPage(doc, html(handlers.outline(first), _OUTLINE))


def side() -> gr.HTML:
    """Draw the reader."""
    html(_TOOLS, elem_id="kb-side-tools")
    return html(reader.EMPTY, "watch('value', () => kb.shown(element));")


def wire(handlers: ReaderHandlers, page: ReadPage, leaf: gr.HTML, shared: Page) -> None:
    """Let the page's parts talk to each other."""

    def open_place(event: gr.EventData) -> str:
        return handlers.open(*(text_of(event, key) for key in ("id", "start", "end")))

    def outline(event: gr.EventData) -> tuple[str, str]:
        doc = text_of(event, "doc")
        return doc, handlers.outline(doc)

    def choose(doc: str) -> tuple[str, str]:
        return handlers.open(doc), handlers.outline(doc)

    shared.bus.open(open_place, None, leaf, **QUIET)
    shared.bus.outline(outline, None, [page.doc, page.outline], **QUIET)
    page.doc.input(choose, page.doc, [leaf, page.outline], **QUIET)
