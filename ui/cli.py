"""The command `kb`. Heavy libraries are imported inside the command that needs them."""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.errors import KbError, OptionError
from ui import console, json_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.results import Filters, IngestRow
    from kb.store import KnowledgeBase

_COLLECT_EVERY = 500_000

_JSON = click.option("--json", "as_json", is_flag=True, help="JSONで出力します。")


def main() -> None:
    """Run the command line: exit 0 done, 2 wrong use or bad input with one line on stderr."""
    # Imports make many objects that live to the end; collecting them again and again takes time.
    gc.set_threshold(_COLLECT_EVERY)
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.UsageError as error:
        _fail(console.usage_error(error))
    except KbError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; Python must not complain at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str) -> None:
    print(f"エラー: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kankouju-kb")
def cli() -> None:
    """官公需（中小企業者向け公共調達）の知識ベースとアシスタント。"""


def _print(value: dict[str, Any], as_json: bool, render: Callable[[dict[str, Any]], str]) -> None:
    if as_json:
        print(json.dumps(value, ensure_ascii=False))
    else:
        print(render(value))


def _open() -> KnowledgeBase:
    from kb.settings import load_settings
    from kb.store import KnowledgeBase

    return KnowledgeBase.open(load_settings().home)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_JSON
def ingest(paths: tuple[Path, ...], as_json: bool) -> None:
    """資料を取り込みます（PATHを省くと同梱の資料）。"""
    from ingest.pipeline import ingest as run
    from kb.settings import load_settings
    from retrieval import index

    def progress(row: IngestRow, done: int, total: int) -> None:
        print(f"[{done}/{total}] {console.ingest_row(row)}", file=sys.stderr)

    report = run(paths, load_settings(), index, progress)
    _print(json_view.ingest_report(report), as_json, console.ingest_report)
    named = {str(path.resolve()) for path in paths}
    failed = [row for row in report.rows if row.status == "failed" and row.path in named]
    if failed:
        raise OptionError(f"{len(failed)}件を取り込めませんでした。{failed[0].reason}")


@cli.command()
@_JSON
def docs(as_json: bool) -> None:
    """資料の一覧を表示します。"""
    kb = _open()
    rows = [json_view.document(item, *kb.counts_of(item.id)) for item in kb.documents()]
    _print({"documents": rows}, as_json, console.documents)


@cli.command()
@click.argument("doc")
@_JSON
def outline(doc: str, as_json: bool) -> None:
    """資料DOCの目次（条項・事例の番号）を表示します。"""
    _print(json_view.outline(doc, _open().nodes(doc)), as_json, console.outline)


@cli.command()
@click.argument("id")
@click.option("--raw", is_flag=True, help="補正前の原文を表示します。")
@_JSON
def show(id: str, raw: bool, as_json: bool) -> None:
    """条項や事例IDの本文と前後関係を表示します。"""
    kb = _open()
    page = json_view.node_page(kb, kb.node(id))
    _print(page, as_json, console.raw_node if raw else console.node)


@cli.command()
@click.argument("id")
@_JSON
def refs(id: str, as_json: bool) -> None:
    """資料または箇所（IDとその下）が参照する条項・法令・文書を表示します。"""
    kb = _open()
    if "/" in id:
        kb.node(id)
    else:
        kb.document(id)
    rows = [json_view.reference(item) for item in kb.references(id)]
    _print({"references": rows}, as_json, console.references)


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.option("--doc", help="資料ID"),
            click.option("--kind", help="種類: kihon, kikan, jirei, law, other"),
            click.option("--issuer", help="作成機関（一部でも可）"),
            click.option("--prefecture", help="都道府県"),
            click.option("--category", help="事例の区分（一部でも可）"),
            click.option("--year", help="年度: R5, 令和5, 2023 など"),
        )
    ):
        command = option(command)
    return command


def _read_filters(options: dict[str, str | None]) -> Filters:
    from kb.fiscal_year import FiscalYear
    from kb.results import Filters

    year_text = options.pop("year")
    year = FiscalYear.parse(year_text) if year_text is not None else None
    if year_text is not None and year is None:
        raise OptionError(
            f"年度「{year_text}」を読み取れません。R5、令和5、2023 のように指定してください。"
        )
    return Filters(**options, year=year)


@cli.command()
@click.argument("query")
@click.option("-k", "k", default=10, show_default=True, help="表示する件数")
@_filters
@_JSON
def search(query: str, k: int, as_json: bool, **options: str | None) -> None:
    """条項・事例を検索します。"""
    import time

    from kb.settings import load_settings
    from retrieval.search import Searcher

    filters = _read_filters(options)
    searcher = Searcher(_open(), load_settings())
    began = time.perf_counter()
    hits = searcher.search(query, k, filters)
    value = {
        "query": query,
        "hits": [json_view.hit(hit) for hit in hits],
        "seconds": round(time.perf_counter() - began, 4),
    }
    _print(value, as_json, console.hits)


@cli.command()
@click.argument("question")
@click.option(
    "--writer",
    type=click.Choice(["extractive"]),
    default="extractive",
    show_default=True,
    help="回答の作り方",
)
@_filters
@_JSON
def ask(question: str, writer: str, as_json: bool, **options: str | None) -> None:
    """質問に、根拠となる条項・事例を引用して答えます。"""
    from assistant.ask import Assistant
    from kb.settings import load_settings
    from retrieval.search import Searcher

    filters = _read_filters(options)
    kb = _open()
    assistant = Assistant(kb, Searcher(kb, load_settings()))
    _print(json_view.answer(assistant.ask(question, filters)), as_json, console.answer)


@cli.command()
@_JSON
def status(as_json: bool) -> None:
    """知識ベースの世代・件数・健全性を表示します。"""
    from kb.settings import load_settings
    from kb.store import GenerationStore

    home = load_settings().home
    kb = _open()
    damaged = set(GenerationStore(home).verify(kb.folder, kb.manifest))
    value = {
        "home": str(home),
        "generation": kb.generation,
        "created": kb.manifest.created,
        "settings": kb.manifest.settings,
        **kb.manifest.versions,
        "counts": kb.counts(),
        "files": [
            {"name": name, "bytes": size, "healthy": name not in damaged}
            for name, (_, size) in kb.manifest.files.items()
        ],
        "documents": [
            {
                "doc": item.id,
                "path": item.path,
                "present": Path(item.path).is_file(),
                "warnings": list(item.warnings),
            }
            for item in kb.documents()
        ],
    }
    _print(value, as_json, console.status)


@cli.command("eval")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "--run", "run_file", type=click.Path(path_type=Path), help="採点する他の回答（JSONL）"
)
@_JSON
def evaluate(questions: Path, run_file: Path | None, as_json: bool) -> None:
    """判定付き質問で検索と回答を採点します。"""
    from eval.evaluate import evaluate_knowledge_base, evaluate_run
    from kb.settings import load_settings

    kb = _open()
    report = (
        evaluate_run(questions, run_file, kb)
        if run_file
        else evaluate_knowledge_base(questions, kb, load_settings())
    )
    _print(report.as_json(), as_json, console.evaluation)


@cli.command()
@click.option("--port", type=int, default=None, help="待ち受けるポート（既定 7860）")
def serve(port: int | None) -> None:
    """Webアプリを 127.0.0.1 で起動します。"""
    from kb.settings import load_settings
    from ui.web.app import serve as run

    run(load_settings(**({} if port is None else {"port": port})))


if __name__ == "__main__":
    main()
