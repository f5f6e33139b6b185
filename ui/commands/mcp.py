"""`kb mcp`."""

from __future__ import annotations

import click


@click.command("mcp")
def command() -> None:
    """ほかのソフトからMCPのツールとして使えるようにします（標準入出力）。"""
    from kb.settings import load_settings
    from ui.mcp_server import tools
    from ui.web.shelf import Shelf

    tools(Shelf(load_settings())).run("stdio")
