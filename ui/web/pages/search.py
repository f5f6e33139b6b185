"""The page さがす; only layout and wiring."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.web.handlers.search import SearchHandlers, SearchState
from ui.web.pages.parts import QUIET, Page, html, text_of


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The parts of the page that change."""

    query: gr.Textbox
    hits: gr.HTML
    state: gr.State


def layout() -> SearchPage:
    """Draw the page."""
    query = gr.Textbox(
        label="探す言葉",
        show_label=False,
        placeholder="探す言葉　例: 新規中小企業者　地域中小企業",
        submit_btn="さがす",
        max_length=500,
        elem_id="kb-query",
        elem_classes="kb-ask",
    )
    return SearchPage(
        query,
        html("", "watch('value', () => kb.found(element));", elem_id="kb-hits"),
        gr.State(SearchState()),
    )


def wire(handlers: SearchHandlers, page: SearchPage, shared: Page) -> None:
    """Let the page's parts talk to each other."""

    def narrow(state: SearchState, event: gr.EventData) -> tuple[str, SearchState]:
        return handlers.narrow(text_of(event, "name"), text_of(event, "value"), state)

    outputs = [page.hits, page.state]
    page.query.submit(handlers.search, page.query, outputs, **QUIET)
    shared.bus.facet(narrow, page.state, outputs, **QUIET)
    shared.bus.more(handlers.more, page.state, outputs, **QUIET)
