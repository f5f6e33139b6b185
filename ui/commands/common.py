"""What several commands share: the options --json and the filters, opening, printing."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from kb.errors import OptionError, OutputError, shown, system_reason
from ui.names import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.results import Filters
    from kb.store import KnowledgeBase

json_option = click.option("--json", "as_json", is_flag=True, help="JSONで出力します。")


def print_result(
    value: dict[str, Any], as_json: bool, render: Callable[[dict[str, Any]], str]
) -> None:
    """Print one JSON document, or the same for people. Raises OutputError."""
    if as_json:
        unicode = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
        print_text(json.dumps(value, ensure_ascii=not unicode))
    else:
        print_text(render(value))


def print_text(text: str) -> None:
    """Print at once; a reader that has gone (head, less) is no error. Raises OutputError."""
    try:
        print(text, flush=True)
    except OSError as error:
        # What could not be written must not be tried again at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise OutputError(
                f"結果を書き出せません（{system_reason(error)}）。出力先を確認してください。"
            ) from error


def open_knowledge_base() -> KnowledgeBase:
    """The generation in service of the folder that the settings name."""
    from kb.settings import load_settings
    from kb.store import KnowledgeBase

    return KnowledgeBase.open(load_settings().home)


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the filters of search and ask to a command."""
    for option in reversed(
        (
            click.option("--doc", metavar="DOC", help="資料ID"),
            click.option(
                "--kind",
                metavar="KIND",
                help="資料の種類: kihon, kikan, jirei, law, other（または 基本方針 など）",
            ),
            click.option("--issuer", metavar="ISSUER", help="発行者（一部でも可）"),
            click.option("--prefecture", metavar="PREFECTURE", help="都道府県"),
            click.option("--category", metavar="CATEGORY", help="事例の区分（一部でも可）"),
            click.option("--year", metavar="YEAR", help="R5, 令和5, 2023 など"),
        )
    ):
        command = option(command)
    return command


def read_filters(options: dict[str, str | None], kb: KnowledgeBase) -> Filters:
    """The filters of a command line.

    Raises OptionError for a year that cannot be read, UnknownDocumentError for an unknown id.
    """
    from kb.fiscal_year import FiscalYear
    from kb.results import Filters

    given = {name: text and text.strip() for name, text in options.items()}
    doc, kind, year_text = given.pop("doc"), given.pop("kind"), given.pop("year")
    year = FiscalYear.parse(year_text) if year_text is not None else None
    if year_text is not None and year is None:
        raise OptionError(
            f"年度「{shown(year_text)}」を読み取れません。R5、令和5、2023 のように指定してください。"
        )
    codes: dict[str | None, str] = {name: code for code, name in KINDS.items()}
    return Filters(
        doc=None if doc is None else kb.find_document(doc).id,
        kind=codes.get(kind, kind),
        year=year,
        **given,
    )
