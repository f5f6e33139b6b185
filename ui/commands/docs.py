"""`kb docs`."""

from __future__ import annotations

import click

from ui import console, json_view
from ui.commands.common import json_option, open_knowledge_base, print_result


@click.command("docs")
@json_option
def command(as_json: bool) -> None:
    """資料の一覧を表示します。"""
    kb = open_knowledge_base()
    rows = [json_view.document(item, *kb.counts_of(item.id)) for item in kb.documents()]
    print_result({"documents": rows}, as_json, console.documents)
