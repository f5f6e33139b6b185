"""`kb search`."""

from __future__ import annotations

import click

from ui import console, json_view
from ui.commands.common import (
    filter_options,
    json_option,
    open_knowledge_base,
    print_result,
    read_filters,
)


@click.command("search")
@click.argument("query")
@click.option("-k", "k", metavar="N", default=10, help="表示する件数（既定 10）")
@filter_options
@json_option
def command(query: str, k: int, as_json: bool, **options: str | None) -> None:
    """条項・事例を検索します。"""
    import time

    from kb.settings import load_settings
    from retrieval.search import Searcher

    kb = open_knowledge_base()
    filters = read_filters(options, kb)
    searcher = Searcher(kb, load_settings())
    began = time.perf_counter()
    hits = searcher.search(query, k, filters)
    value = {
        "query": query,
        "hits": [json_view.hit(hit) for hit in hits],
        "seconds": round(time.perf_counter() - began, 4),
    }
    print_result(value, as_json, console.hits)
