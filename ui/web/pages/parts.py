"""What all pages share: HTML parts, the bus of browser events, the filters of questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from kb.addresses import document_name
from ui.web.render.markup import KIND_NAMES
from ui.web.views import Choices

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
ALL = ("すべて", "")
EVENTS = ("refresh", "facet", "more", "region", "clause")
"""What the browser tells the server through the bus; see assets/js."""


@dataclass(frozen=True, slots=True)
class Page:
    """What every page listens to."""

    bus: gr.HTML


def html(
    value: str = "",
    js_on_load: str | None = None,
    elem_id: str | None = None,
    elem_classes: str | None = None,
) -> gr.HTML:
    """A part of the page that is HTML of ours."""
    return gr.HTML(
        value,
        js_on_load=js_on_load,
        apply_default_css=False,
        elem_id=elem_id,
        elem_classes=elem_classes,
    )


def bus() -> gr.HTML:
    """The invisible part through which the browser's events come."""
    # Gradio accepts only events that it finds by name in this text.
    events = ", ".join(f"{name}: (data) => trigger('{name}', data)" for name in EVENTS)
    return html("", f"kb.connect({{ {events} }});", elem_id="kb-bus")


def text_of(event: gr.EventData, key: str) -> str:
    """A value that came with an event; empty when there is none."""
    value = event._data.get(key, "") if isinstance(event._data, dict) else ""
    return value if isinstance(value, str) else ""


def document_options(choices: Choices) -> list[tuple[str, str]]:
    """Documents as options of a dropdown."""
    return [(document_name(document), document.id) for document in choices.documents]


def filter_options(choices: Choices) -> list[tuple[str, list[tuple[str, str]]]]:
    """The filters of questions with their options, in the order of assets/js/4-chat.js."""
    return [
        ("資料", [ALL, *document_options(choices)]),
        ("種類", [ALL, *((KIND_NAMES[kind], kind.value) for kind in choices.kinds)]),
        ("年度", [ALL, *((str(year), year.short) for year in choices.years)]),
        ("都道府県", [ALL, *((name, name) for name in choices.prefectures)]),
        ("事例の区分", [ALL, *((name, name) for name in choices.categories)]),
    ]
