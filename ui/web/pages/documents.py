"""The page 資料; only layout. Uploads go through the routes of ui.web.files."""

from __future__ import annotations

import gradio as gr

from ui.web.pages.parts import html
from ui.web.render import documents
from ui.web.shelf import Shelf


def layout(shelf: Shelf) -> gr.HTML:
    """Draw the page; the list is its part that changes."""
    html(documents.UPLOAD, "kb.uploads(element);", elem_id="kb-upload")
    return html(documents.documents(shelf.library().holdings()), elem_id="kb-documents")
