"""`kb refs`."""

from __future__ import annotations

import click

from kb.errors import UnknownDocumentError
from ui import json_view
from ui.commands.common import json_option, open_knowledge_base, print_result
from ui.refs_view import pointing_at, references


@click.command("refs")
@click.argument("id")
@json_option
def command(id: str, as_json: bool) -> None:
    """資料または箇所（IDとその下）が参照する条項・法令・文書と、そこを参照する箇所を表示します。"""
    kb = open_knowledge_base()
    try:
        place = kb.find_document(id).id
    except UnknownDocumentError:
        if "/" not in id:
            raise
        place = kb.find_node(id).id
    value = {
        "references": [json_view.reference(item) for item in kb.references(place)],
        "referenced_by": [json_view.reference(item) for item in pointing_at(kb, place)],
    }
    print_result(value, as_json, references)
