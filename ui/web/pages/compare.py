"""The page くらべる; only layout and wiring. Drafts go through the routes of ui.web.files."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from kb.addresses import document_name
from ui.web import bench
from ui.web.handlers.compare import CompareHandlers
from ui.web.library import Library
from ui.web.pages.parts import QUIET, Page, html, text_of
from ui.web.render import checks

_CLAUSE_HINT = (
    '<p class="kb-none">原文を開き、「ほかの方針と並べる」を選ぶと、'
    "その条項をほかの方針がどう定めているかをここに並べます。</p>"
)


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The parts of the page that change."""

    a: gr.Dropdown
    b: gr.Dropdown
    go: gr.Button
    versus: gr.HTML
    clause: gr.HTML


def options(library: Library) -> list[tuple[str, str]]:
    """The policies to choose from."""
    return [(document_name(item), item.id) for item in bench.policies(library)]


def layout(library: Library) -> ComparePage:
    """Draw the page."""
    choices = options(library)
    first, second = ([value for _, value in choices] + [None, None])[:2]
    with gr.Tabs(elem_id="kb-compare"):
        with gr.Tab("方針どうし"):
            with gr.Row(elem_classes="kb-choose kb-select"):
                a = gr.Dropdown(choices, value=first, label="資料A", min_width=200)
                b = gr.Dropdown(choices, value=second, label="資料B", min_width=200)
                go = gr.Button("比べる", variant="primary", elem_id="kb-versus", min_width=100)
            versus = html("", "watch('value', () => kb.compared(element));")
        with gr.Tab("条項の横並び"):
            clause = html(_CLAUSE_HINT, elem_id="kb-clause")
        with gr.Tab("案の点検"):
            html(checks.FORM, "kb.drafts(element);")
    return ComparePage(a, b, go, versus, clause)


def wire(handlers: CompareHandlers, page: ComparePage, shared: Page) -> None:
    """Let the page's parts talk to each other."""

    def clause(event: gr.EventData) -> str:
        return handlers.clause(text_of(event, "id"))

    page.go.click(handlers.versus, [page.a, page.b], page.versus, **QUIET)
    shared.bus.clause(clause, None, page.clause, **QUIET)
