"""`kb eval`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.errors import InputError, OptionError
from ui import console
from ui.commands.common import json_option, open_knowledge_base, print_result

if TYPE_CHECKING:
    from eval.thresholds import Thresholds
    from kb.store import KnowledgeBase

_FILE = click.Path(path_type=Path)


@click.command("eval")
@click.argument("questions", type=_FILE)
@click.option("--run", "run_file", type=_FILE, help="採点する他の回答（JSONLまたはTREC形式）")
@click.option(
    "--writer",
    type=click.Choice(["extractive", "llm"]),
    default="extractive",
    help="回答の作り方（既定 extractive。llm は KB_LLM_URL の言語モデル）",
)
@click.option("--variants", is_flag=True, help="質問の言い換えでどれだけ下がるかも測ります。")
@click.option("--out", type=_FILE, help="評価結果（JSON・Markdown・HTML・TREC）を書き出すフォルダ")
@click.option("--against", type=_FILE, help="比べる前回の評価結果（report.json）")
@click.option("--thresholds", type=_FILE, help="満たすべき基準のファイル（TOML）")
@json_option
def command(
    questions: Path,
    run_file: Path | None,
    writer: str,
    variants: bool,
    out: Path | None,
    against: Path | None,
    thresholds: Path | None,
    as_json: bool,
) -> None:
    """判定付き質問で検索と回答を採点します。"""
    from eval.evaluate import evaluate_knowledge_base, evaluate_run
    from eval.reports import changes, open_folder, read_report, saved_report, write_reports
    from eval.runs import write_trec
    from eval.thresholds import shortfalls
    from kb.settings import load_settings

    if run_file and (variants or writer != "extractive"):
        raise OptionError(
            "--run は --variants や --writer と一緒に使えません（採点するのはファイルの回答です）。"
            "どちらかを外してください。"
        )
    settings = load_settings()
    # Whatever is wrong with the files must show before the questions are asked.
    before = read_report(against) if against else None
    bounds = _bounds(thresholds, questions) if thresholds else []
    if out:
        open_folder(out)
    kb = open_knowledge_base()
    report = (
        evaluate_run(questions, run_file, kb)
        if run_file
        else evaluate_knowledge_base(questions, kb, settings, variants=variants, writer=writer)
    )
    report = replace(report, run=_provenance(kb, questions, run_file, writer))
    document = report.as_json()
    saved = saved_report(document)
    compared = changes(before, saved) if before else ()
    if compared:
        document["comparison"] = [change.as_json() for change in compared]
    if not run_file:
        _keep(settings.home, document)
    if out:
        write_reports(out, document, saved, compared)
        write_trec(out, report.results)
    print_result(document, as_json, console.evaluation)
    missed = [fall.japanese for item in bounds for fall in shortfalls(item, report.means())]
    if missed:
        raise InputError(f"基準に届かない指標が{len(missed)}件あります。{'、'.join(missed)}。")


def _keep(home: Path, document: dict[str, Any]) -> None:
    """For the web app to show; a knowledge base that cannot be written can still be measured."""
    from eval.reports import write_last

    try:
        write_last(home, document)
    except InputError as error:
        print(f"警告: {error}", file=sys.stderr)


def _provenance(
    kb: KnowledgeBase, questions: Path, run_file: Path | None, writer: str
) -> tuple[tuple[str, str], ...]:
    from datetime import UTC, datetime

    versions: dict[str, Any] = kb.manifest.versions
    own = "本システム（言語モデル）" if writer == "llm" else "本システム（抽出型）"
    return (
        ("質問", questions.name),
        ("対象", run_file.name if run_file else own),
        ("世代", kb.generation),
        ("埋め込み", str(versions.get("encoder", "不明"))),
        ("日時", datetime.now(UTC).astimezone().isoformat(timespec="seconds")),
    )


def _bounds(path: Path, questions: Path) -> list[Thresholds]:
    """The bounds that a file of thresholds states for a file of questions. Raises InputError."""
    from eval.thresholds import read_thresholds

    bounds = [
        item
        for item in read_thresholds(path).values()
        if item.questions.resolve() == questions.resolve()
    ]
    if not bounds:
        raise InputError(
            f"基準ファイル「{path}」に「{questions}」の基準がありません。questions にこのファイルを書いてください。"
        )
    return bounds
