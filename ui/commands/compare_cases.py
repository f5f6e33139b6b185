"""`kb compare cases`."""

from __future__ import annotations

from pathlib import Path

import click

from ui import case_view
from ui.commands.common import (
    filter_options,
    json_option,
    open_knowledge_base,
    print_result,
    read_filters,
)


@click.command("cases")
@click.argument("query")
@click.option(
    "--out", "file", type=click.Path(path_type=Path), help="書き出すファイル（.xlsx または .docx）"
)
@click.option("--force", is_flag=True, help="書き出し先が既にあれば上書きします。")
@filter_options
@json_option
def command(
    query: str, file: Path | None, force: bool, as_json: bool, **options: str | None
) -> None:
    """QUERYに当てはまる事例を、項目ごとの原文の抜粋で並べます。"""
    from assistant.comparison.cases import compare_cases
    from kb.settings import load_settings
    from retrieval.search import Searcher

    kb = open_knowledge_base()
    filters = read_filters(options, kb)
    table = compare_cases(kb, Searcher(kb, load_settings()), query, filters)
    if file is not None:
        from assistant.comparison.case_report import case_report
        from assistant.comparison.export import export

        export(case_report(kb, table), file, force=force)
    print_result(case_view.as_json(table), as_json, lambda _: case_view.as_text(table))
