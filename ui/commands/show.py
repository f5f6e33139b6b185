"""`kb show`."""

from __future__ import annotations

import click

from ui import console, json_view
from ui.commands.common import json_option, open_knowledge_base, print_result


@click.command("show")
@click.argument("id")
@click.option("--raw", is_flag=True, help="補正前の原文を表示します。")
@json_option
def command(id: str, raw: bool, as_json: bool) -> None:
    """条項や事例IDの本文と前後関係を表示します。"""
    kb = open_knowledge_base()
    page = json_view.node_page(kb, kb.find_node(id))
    print_result(page, as_json, console.raw_node if raw else console.node)
