"""`kb outline`."""

from __future__ import annotations

import click

from ui import console, json_view
from ui.commands.common import json_option, open_knowledge_base, print_result


@click.command("outline")
@click.argument("doc")
@json_option
def command(doc: str, as_json: bool) -> None:
    """資料DOCの目次（条項・事例の番号）を表示します。"""
    kb = open_knowledge_base()
    found = kb.find_document(doc).id
    print_result(json_view.outline(found, kb.nodes(found)), as_json, console.outline)
