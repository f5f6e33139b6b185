"""`kb compare policies`."""

from __future__ import annotations

from pathlib import Path

import click

from ui import compare_view
from ui.commands.common import json_option, open_knowledge_base, print_result, print_text


@click.command("policies")
@click.argument("a")
@click.argument("b")
@click.option(
    "--out",
    "file",
    type=click.Path(path_type=Path),
    help="新旧対照表を書き出すファイル（.docx または .xlsx）",
)
@click.option("--format", "form", type=click.Choice(["docx", "xlsx"]), help="書き出す形式")
@click.option("--force", is_flag=True, help="書き出し先が既にあれば上書きします。")
@click.option("--left", metavar="DOC", help="対照表の左欄に置く資料ID（AかB）")
@click.option("--table", is_flag=True, help="対照表の形で表示します。")
@json_option
def command(
    a: str,
    b: str,
    file: Path | None,
    form: str | None,
    force: bool,
    left: str | None,
    table: bool,
    as_json: bool,
) -> None:
    """方針Aと方針Bの条項を対応させ、違いを示します（対照表も作れます）。"""
    from assistant.comparison.policies import compare_policies
    from kb.errors import OptionError

    kb = open_knowledge_base()
    a, b = kb.find_document(a).id, kb.find_document(b).id
    left = left and kb.find_document(left).id
    if left not in (None, a, b):
        raise OptionError(
            f"--left の「{left}」は比較する資料ではありません。{a} か {b} を指定してください。"
        )
    if form and file is None:
        raise OptionError(
            "--format には書き出し先が要ります。`--out ファイル名` も指定してください。"
        )
    comparison = compare_policies(kb.parsed(a), kb.parsed(b))
    if file is not None:
        from assistant.comparison.export import Format, export, format_of
        from assistant.comparison.reports import policy_report

        # On paper the table stands alone; a workbook has room for the list of pairs.
        with_pairs = format_of(file, form) is Format.XLSX
        export(policy_report(comparison, left, with_pairs), file, form, force)
    if table and not as_json:
        from assistant.comparison.contrast import contrast_table

        print_text(compare_view.contrast_text(contrast_table(comparison, left)))
        return
    print_result(
        compare_view.policies(comparison),
        as_json,
        lambda _: compare_view.policies_text(comparison),
    )
