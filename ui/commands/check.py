"""`kb check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.common import json_option, open_knowledge_base, print_result

if TYPE_CHECKING:
    from kb.documents import ParsedDocument
    from kb.store import KnowledgeBase


@click.command("check")
@click.argument("draft")
@click.option("--against", help="照らす基本方針の資料ID（省くと案の年度か、最も新しいもの）")
@click.option("--year", help="案の年度: R8, 令和8, 2026 など（省くと本文から読み取ります）")
@click.option(
    "--out", "file", type=click.Path(path_type=Path), help="書き出すファイル（.docx または .xlsx）"
)
@click.option("--force", is_flag=True, help="書き出し先が既にあれば上書きします。")
@json_option
def command(
    draft: str,
    against: str | None,
    year: str | None,
    file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """案DRAFT（ファイルか資料ID）を基本方針に照らして点検します。"""
    from ui import check_view
    from ui.draft_check import check

    kb = open_knowledge_base()
    base = against and kb.find_document(against).id
    report = check(kb, _read(kb, draft, year), base)
    if file is not None:
        from assistant.comparison.export import export
        from assistant.review.report import check_report

        export(check_report(report), file, force=force)
    print_result(check_view.as_json(report), as_json, lambda _: check_view.as_text(report))


def _read(kb: KnowledgeBase, draft: str, year: str | None) -> ParsedDocument:
    """The draft from a file, or from the knowledge base when it names a document there."""
    from ingest.drafts import read_draft
    from kb.errors import UnknownDocumentError
    from kb.settings import load_settings

    path = Path(draft)
    if path.is_file():
        return read_draft(path, load_settings(), year)
    try:
        return kb.parsed(kb.find_document(draft).id)
    except UnknownDocumentError as error:
        from kb.errors import InputError

        raise InputError(
            f"「{draft}」というファイルも資料もありません。"
            "案のファイルの場所か、`kb docs` にある資料IDを指定してください。"
        ) from error
