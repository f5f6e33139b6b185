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
@click.option(
    "--before",
    multiple=True,
    metavar="QUESTION",
    help="続きの質問のとき、先にした質問（古い順に、くり返し指定できます）",
)
@filter_options
@json_option
def command(
    question: str, writer: str, before: tuple[str, ...], as_json: bool, **options: str | None
) -> None:
    """質問に、根拠となる条項・事例を引用して答えます。"""
    from assistant.conversation import Conversations
    from assistant.writers import open_writer
    from kb.settings import load_settings
    from retrieval.search import Searcher

    settings = load_settings()
    kb = open_knowledge_base()
    filters = read_filters(options, kb)
    searcher = Searcher(kb, settings)
    answers = open_writer(writer, kb, searcher, settings)
    asked = Conversations(kb, searcher).read(question, before)
    answer = asked.answered(answers.ask(asked.full, filters))
    print_result(json_view.answer(answer), as_json, console.answer)
