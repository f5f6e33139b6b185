"""The page 事例; only layout and wiring."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.web.handlers.cases import CasesHandlers, CasesState
from ui.web.pages.parts import QUIET, Page, html, text_of


@dataclass(frozen=True, slots=True)
class CasesPage:
    """The parts of the page that change."""

    question: gr.Textbox
    body: gr.HTML
    state: gr.State


def layout(handlers: CasesHandlers) -> CasesPage:
    """Draw the page."""
    question = gr.Textbox(
        label="比べたいこと",
        show_label=False,
        placeholder="事例を並べて比べる　例: トライアル発注の対象者と上限額",
        submit_btn="比べる",
        max_length=500,
        elem_id="kb-cases-query",
        elem_classes="kb-ask",
    )
    return CasesPage(question, html(handlers.start(), elem_id="kb-cases"), gr.State(CasesState()))


def wire(handlers: CasesHandlers, page: CasesPage, shared: Page) -> None:
    """Let the page's parts talk to each other."""

    def narrow(state: CasesState, event: gr.EventData) -> tuple[str, CasesState]:
        return handlers.narrow(text_of(event, "name"), text_of(event, "value"), state)

    outputs = [page.body, page.state]
    page.question.submit(handlers.compare, [page.question, page.state], outputs, **QUIET)
    shared.bus.region(narrow, page.state, outputs, **QUIET)
