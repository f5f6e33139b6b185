"""`kb ask`."""

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


@click.command("ask")
@click.argument("question")
@click.option(
    "--writer",
    type=click.Choice(["extractive", "llm"]),
    default="extractive",
    help="回答の作り方（既定 extractive。llm は KB_LLM_URL の言語モデルが書き、根拠で確かめた文だけを示します）",
)
@filter_options
@json_option
def command(question: str, writer: str, as_json: bool, **options: str | None) -> None:
    """質問に、根拠となる条項・事例を引用して答えます。"""
    from assistant.writers import open_writer
    from kb.settings import load_settings
    from retrieval.search import Searcher

    settings = load_settings()
    kb = open_knowledge_base()
    filters = read_filters(options, kb)
    answers = open_writer(writer, kb, Searcher(kb, settings), settings)
    print_result(json_view.answer(answers.ask(question, filters)), as_json, console.answer)
