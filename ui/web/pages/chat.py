"""The page 質問: conversation, composer and history; only layout and wiring.

Questions go straight to ui.web.stream (assets/js/4-chat.js): Gradio's own queue takes longer over
each step of an answer than finding the answer takes.
"""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.web.handlers.chat import LONGEST
from ui.web.pages.parts import QUIET, filter_options, html
from ui.web.views import Choices

_RAIL = (
    '<div class="kb-rail-head">'
    '<button type="button" class="kb-tool" data-chat="">新しい質問</button>'
    '<button type="button" class="kb-tool kb-rail-toggle" data-rail aria-expanded="false">履歴</button></div>'
    '<div class="kb-rail-find"><label class="kb-sr" for="kb-find">履歴を検索</label>'
    '<input id="kb-find" type="search" placeholder="履歴を検索" autocomplete="off"></div>'
    '<div class="kb-rail-list"></div>'
)
_SEND = "(question, ...filters) => kb.ask(question, filters)"
_REMEMBER = "(...filters) => kb.filters(filters)"


@dataclass(frozen=True, slots=True)
class ChatPage:
    """The parts of the page that change."""

    question: gr.Textbox
    filters: list[gr.Dropdown]


def layout(choices: Choices, welcome: str) -> ChatPage:
    """Draw the page; `welcome` stands in the empty conversation."""
    talk = f'<div id="kb-past"></div><div id="kb-current">{welcome}</div>'
    with gr.Row(elem_classes="kb-chat"):
        with gr.Column(elem_classes="kb-rail", min_width=0):
            html(_RAIL, "kb.history();")
        with gr.Column(elem_classes="kb-talk", min_width=0):
            html(talk, "kb.converse();")
            with gr.Column(elem_classes="kb-composer", min_width=0):
                question = gr.Textbox(
                    label="質問",
                    show_label=False,
                    placeholder="質問を入力してください",
                    max_lines=6,
                    submit_btn="質問する",
                    max_length=LONGEST,
                    autofocus=True,
                    elem_id="kb-question",
                    elem_classes="kb-ask",
                )
                with gr.Accordion("絞り込み", open=False, elem_classes="kb-filters"), gr.Row():
                    filters = [
                        gr.Dropdown(options, value="", label=label, min_width=130)
                        for label, options in filter_options(choices)
                    ]
    return ChatPage(question, filters)


def wire(page: ChatPage) -> None:
    """Let the browser send what the page's parts hold."""
    page.question.submit(None, [page.question, *page.filters], page.question, js=_SEND, **QUIET)
    gr.on([item.change for item in page.filters], None, page.filters, None, js=_REMEMBER, **QUIET)
