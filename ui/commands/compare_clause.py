"""`kb compare clause`."""

from __future__ import annotations

from pathlib import Path

import click

from ui import compare_view
from ui.commands.common import json_option, open_knowledge_base, print_result


@click.command("clause")
@click.argument("id")
@click.option(
    "--out", "file", type=click.Path(path_type=Path), help="書き出すファイル（.docx または .xlsx）"
)
@click.option("--format", "form", type=click.Choice(["docx", "xlsx"]), help="書き出す形式")
@click.option("--force", is_flag=True, help="書き出し先が既にあれば上書きします。")
@json_option
def command(id: str, file: Path | None, form: str | None, force: bool, as_json: bool) -> None:
    """条項IDについて、ほかの方針の規定を文言ごとに並べます。"""
    from assistant.comparison.clauses import compare_clause
    from kb.errors import OptionError

    if form and file is None:
        raise OptionError(
            "--format には書き出し先が要ります。`--out ファイル名` も指定してください。"
        )
    kb = open_knowledge_base()
    comparison = compare_clause(kb, kb.find_node(id).id)
    if file is not None:
        from assistant.comparison.export import export
        from assistant.comparison.reports import clause_report

        export(clause_report(comparison), file, form, force)
    print_result(
        compare_view.clause(comparison), as_json, lambda _: compare_view.clause_text(comparison)
    )
