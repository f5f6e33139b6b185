"""The pages and how their parts talk to each other; only layout and wiring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from kb.addresses import document_name
from ui.web.handlers import Handlers, read_filters
from ui.web.render import reader
from ui.web.render.answers import Turn
from ui.web.render.markup import KIND_NAMES
from ui.web.views import Choices

TITLE = "官公需 知識ベース"
_ALL = ("すべて", "")
# Gradio accepts only events that it finds by name in this text.
_BUS = "kb.connect({open: (data) => trigger('open', data), ask: (data) => trigger('ask', data)});"
_OUTLINE = "kb.markOutline(); watch('value', () => kb.markOutline());"
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class _ChatPage:
    past: gr.HTML
    current: gr.HTML
    turns: gr.State
    question: gr.Textbox
    notice: gr.HTML
    clear: gr.Button
    filters: list[gr.Dropdown]


@dataclass(frozen=True, slots=True)
class _SearchPage:
    query: gr.Textbox
    hits: gr.HTML
    filters: list[gr.Dropdown]


@dataclass(frozen=True, slots=True)
class _ReadPage:
    doc: gr.Dropdown
    outline: gr.HTML


def build(handlers: Handlers, choices: Choices) -> gr.Blocks:
    """All pages: ways to find a place on the left, the place itself on the right."""
    app = gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False)
    with app:
        _html(_header(len(choices.documents)), elem_id="kb-header")
        with gr.Row(elem_id="kb-desk"):
            with gr.Column(elem_id="kb-main", min_width=0), gr.Tabs(elem_id="kb-tabs") as tabs:
                with gr.Tab("質問", id="ask"):
                    chat = _chat_page(handlers, choices)
                with gr.Tab("さがす", id="search"):
                    search = _search_page(choices)
                with gr.Tab("読む", id="read"):
                    read = _read_page(handlers, choices)
                with gr.Tab("資料", id="documents"):
                    _html(handlers.documents())
            with gr.Column(elem_id="kb-side", min_width=0):
                page = _html(reader.EMPTY, "watch('value', () => kb.shown(element));")
        bus = _html("", _BUS, elem_id="kb-bus")
        _wire_chat(handlers, chat, bus)
        _wire_search(handlers, search)
        _wire_reader(handlers, bus, page, read, tabs)
    return app


def _html(
    value: str,
    js_on_load: str | None = None,
    elem_id: str | None = None,
    elem_classes: str | None = None,
) -> gr.HTML:
    return gr.HTML(
        value,
        js_on_load=js_on_load,
        apply_default_css=False,
        elem_id=elem_id,
        elem_classes=elem_classes,
    )


def _header(documents: int) -> str:
    return f"<header><h1>{TITLE}</h1><p>中小企業者向け公共調達の資料 {documents}件</p></header>"


def _chat_page(handlers: Handlers, choices: Choices) -> _ChatPage:
    past = _html("", elem_classes="kb-past")
    current = _html(
        handlers.welcome(),
        "watch('value', () => kb.asked(element));",
        elem_classes="kb-current",
    )
    clear = gr.Button("会話を消す", size="sm", elem_classes="kb-clear")
    with gr.Column(elem_classes="kb-composer", min_width=0):
        filters = _filters(choices)
        question = gr.Textbox(
            label="質問",
            show_label=False,
            placeholder="質問を入力してください",
            max_lines=6,
            submit_btn="質問する",
            max_length=2000,
            autofocus=True,
            elem_id="kb-question",
        )
        notice = _html("")
    return _ChatPage(past, current, gr.State([]), question, notice, clear, filters)


def _search_page(choices: Choices) -> _SearchPage:
    query = gr.Textbox(
        label="探す言葉",
        placeholder="例: 新規中小企業者　地域中小企業",
        submit_btn="さがす",
        max_length=500,
        elem_id="kb-query",
    )
    filters = _filters(choices)
    return _SearchPage(query, _html(""), filters)


def _read_page(handlers: Handlers, choices: Choices) -> _ReadPage:
    first = choices.documents[0].id
    doc = gr.Dropdown(_documents(choices), value=first, label="資料", elem_id="kb-doc")
    outline = _html(handlers.outline(first), _OUTLINE)
    return _ReadPage(doc, outline)


def _filters(choices: Choices) -> list[gr.Dropdown]:
    offered: list[tuple[str, list[tuple[str, str]]]] = [
        ("資料", _documents(choices)),
        ("種類", [(KIND_NAMES[kind], kind.value) for kind in choices.kinds]),
        ("年度", [(str(year), year.short) for year in choices.years]),
        ("都道府県", [(name, name) for name in choices.prefectures]),
        ("事例の区分", [(name, name) for name in choices.categories]),
    ]
    with gr.Accordion("絞り込み", open=False, elem_classes="kb-filters"), gr.Row():
        return [
            gr.Dropdown([_ALL, *values], value="", label=label, min_width=130)
            for label, values in offered
        ]


def _documents(choices: Choices) -> list[tuple[str, str]]:
    return [(document_name(document), document.id) for document in choices.documents]


def _wire_chat(handlers: Handlers, page: _ChatPage, bus: gr.HTML) -> None:
    def ask(question: str, turns: list[Turn], *filters: str) -> Iterator[tuple[Any, ...]]:
        for chat in handlers.ask(question, turns, read_filters(*filters)):
            yield chat.past, chat.current, chat.turns, chat.question, chat.notice

    def example(event: gr.EventData) -> str:
        return str(event._data.get("text", ""))

    outputs = [page.past, page.current, page.turns, page.question, page.notice]
    inputs = [page.question, page.turns, *page.filters]
    page.question.submit(ask, inputs, outputs, **_QUIET)
    bus.ask(example, None, page.question, **_QUIET).then(ask, inputs, outputs, **_QUIET)
    page.clear.click(lambda: ("", handlers.welcome(), [], "", ""), None, outputs, **_QUIET)


def _wire_search(handlers: Handlers, page: _SearchPage) -> None:
    def search(query: str, *filters: str) -> str:
        return handlers.search(query, read_filters(*filters))

    def refine(query: str, *filters: str) -> str:
        return search(query, *filters) if query.strip() else ""

    inputs = [page.query, *page.filters]
    page.query.submit(search, inputs, page.hits, **_QUIET)
    gr.on([item.input for item in page.filters], refine, inputs, page.hits, **_QUIET)


def _wire_reader(
    handlers: Handlers, bus: gr.HTML, page: gr.HTML, read: _ReadPage, tabs: gr.Tabs
) -> None:
    def open_place(doc: str, event: gr.EventData) -> tuple[Any, ...]:
        place, start, end = (str(event._data.get(key, "")) for key in ("id", "start", "end"))
        opened = handlers.open(place, start, end)
        is_new = opened.doc is not None and opened.doc != doc
        to_read = event._data.get("first") or "/" not in place
        return (
            opened.reader,
            handlers.outline(opened.doc) if is_new and opened.doc else gr.skip(),
            opened.doc if is_new else gr.skip(),
            gr.Tabs(selected="read") if to_read else gr.skip(),
        )

    def choose(doc: str) -> tuple[str, str]:
        return handlers.open(doc).reader, handlers.outline(doc)

    bus.open(open_place, read.doc, [page, read.outline, read.doc, tabs], **_QUIET)
    read.doc.input(choose, read.doc, [page, read.outline], **_QUIET)
