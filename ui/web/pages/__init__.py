"""The pages and how their parts talk to each other; only layout and wiring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.web.handlers.cases import CasesHandlers
from ui.web.handlers.compare import CompareHandlers
from ui.web.handlers.reader import ReaderHandlers
from ui.web.handlers.search import SearchHandlers
from ui.web.pages import cases, chat, compare, documents, read, search
from ui.web.pages.parts import (
    QUIET,
    Page,
    bus,
    filter_options,
    html,
)
from ui.web.render.answers import welcome
from ui.web.render.documents import documents as document_list
from ui.web.render.header import TITLE, header
from ui.web.shelf import Shelf


@dataclass(frozen=True, slots=True)
class _Handlers:
    search: SearchHandlers
    cases: CasesHandlers
    compare: CompareHandlers


@dataclass(frozen=True, slots=True)
class _Refreshed:
    """What shows the documents or cases and must follow when other ones are in service."""

    head: gr.HTML
    documents: gr.HTML
    cases: gr.HTML
    filters: list[gr.Dropdown]
    policies: tuple[gr.Dropdown, gr.Dropdown]

    @property
    def outputs(self) -> list[Any]:
        """The parts in the order in which `fresh` gives their values."""
        return [self.head, self.documents, self.cases, *self.filters, *self.policies]


def build(shelf: Shelf, has_login: bool) -> gr.Blocks:
    """All pages: ways to find a place on the left, the place itself on the right."""
    handlers = _Handlers(
        SearchHandlers(shelf),
        CasesHandlers(shelf),
        CompareHandlers(shelf),
    )
    library = shelf.library()
    choices = library.choices()
    app = gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False)
    with app:
        head = html(header(library.kb, has_login), elem_id="kb-header")
        with gr.Row(elem_id="kb-desk"):
            with gr.Column(elem_id="kb-main", min_width=0), gr.Tabs(elem_id="kb-tabs"):
                with gr.Tab("質問"):
                    chat_page = chat.layout(choices, welcome(len(choices.documents)))
                with gr.Tab("さがす"):
                    search_page = search.layout()
                with gr.Tab("読む"):
                    read.layout(ReaderHandlers(shelf))
                with gr.Tab("事例"):
                    cases_page = cases.layout(handlers.cases)
                with gr.Tab("くらべる"):
                    compare_page = compare.layout(library)
                with gr.Tab("資料"):
                    listed = documents.layout(shelf)
                with gr.Tab("品質"):
                    html('<div id="kb-figures"></div>', "kb.figures();")
            with gr.Column(elem_id="kb-side", min_width=0):
                read.side()
        shared = Page(bus())
        chat.wire(chat_page)
        search.wire(handlers.search, search_page, shared)
        cases.wire(handlers.cases, cases_page, shared)
        compare.wire(handlers.compare, compare_page, shared)
        refreshed = _Refreshed(
            head,
            listed,
            cases_page.body,
            chat_page.filters,
            (compare_page.a, compare_page.b),
        )
        _wire_refresh(shelf, handlers, shared, refreshed, has_login)
    return app


def _wire_refresh(
    shelf: Shelf, handlers: _Handlers, shared: Page, refreshed: _Refreshed, has_login: bool
) -> None:
    """What a page asks for when other documents are in service than it was made with."""

    def fresh() -> tuple[Any, ...]:
        library = shelf.library()
        choices = library.choices()
        policies = gr.Dropdown(choices=compare.options(library))
        return (
            header(library.kb, has_login),
            document_list(library.holdings()),
            handlers.cases.start(),
            *(gr.Dropdown(choices=found) for _, found in filter_options(choices)),
            policies,
            policies,
        )

    shared.bus.refresh(fresh, None, refreshed.outputs, **QUIET)
