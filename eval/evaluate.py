"""Run the judged questions through a system and score what it gives."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.ask import Assistant
from assistant.conversation import Conversations
from assistant.writers import EXTRACTIVE, LLM, Writer, open_writer
from eval.measures import RANKINGS, standard_measures
from eval.measures.ranking import DEPTH
from eval.questions import JudgedQuestion, read_questions
from eval.report import Report, score_responses
from eval.response import Response
from eval.runs import read_responses
from eval.sources import Sources
from kb.errors import InputError
from kb.results import Filters
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher

Respond = Callable[[str], Response]
"""A system under test: a question's words in, its response out."""


def evaluate_knowledge_base(
    questions: Path,
    kb: KnowledgeBase,
    settings: Settings,
    *,
    variants: bool = False,
    writer: str = EXTRACTIVE,
) -> Report:
    """Score the search and the answers of our own system.

    With `writer` llm the language model that the settings name words the queries and the answers;
    `written_by_model` says which share of the answers it wrote, the rest being extractive.

    With `variants`, other wordings of the questions are searched too, and `variant_loss/…` says how
    much lower they score than the wording they vary. Raises InputError for a bad questions file,
    OptionError when no language model is set.
    """
    searcher = Searcher(kb, settings)
    judged = _in_full(read_questions(questions), Conversations(kb, searcher))
    if writer != EXTRACTIVE:
        return _with_writer(judged, open_writer(writer, kb, searcher, settings), kb)
    assistant = Assistant(kb, searcher)
    report = evaluate(judged, lambda words: respond(searcher, assistant, words), kb)
    if not variants:
        return report
    loss = variant_loss(judged, lambda words: _search(searcher, words))
    return replace(report, extra=(*report.extra, *loss))


def _in_full(
    questions: Sequence[JudgedQuestion], conversations: Conversations
) -> tuple[JudgedQuestion, ...]:
    """Follow-up questions as they are understood after those before them."""
    return tuple(
        replace(item, question=conversations.read(item.question, item.before).full)
        for item in questions
    )


def evaluate_run(questions: Path, run_file: Path, kb: KnowledgeBase) -> Report:
    """Score another system's TREC run or JSONL answers by the same measures.

    A question that the file leaves out counts as nothing found and nothing cited. Raises InputError
    for a bad file or one that shares no question with the judged ones.
    """
    judged = read_questions(questions)
    responses = read_responses(run_file)
    if not any(question.id in responses.by_question for question in judged):
        raise InputError(
            f"回答ファイル「{run_file}」に「{questions}」の質問のidが1つもありません。"
            "idを質問ファイルに合わせてください。"
        )
    sources = Sources(kb)
    measures = standard_measures(sources)
    given = [responses.by_question.get(question.id, responses.nothing) for question in judged]
    results = score_responses(judged, given, measures)
    return Report(measures, results, _missing_gold(judged, sources))


def evaluate(questions: Sequence[JudgedQuestion], system: Respond, kb: KnowledgeBase) -> Report:
    """Ask a system every question and score it."""
    sources = Sources(kb)
    measures = standard_measures(sources)
    responses = [system(question.question) for question in questions]
    results = score_responses(questions, responses, measures)
    return Report(measures, results, _missing_gold(questions, sources))


def respond(searcher: Searcher, assistant: Assistant, words: str) -> Response:
    """Search and answer one question, each timed by itself."""
    began = time.perf_counter()
    hits = searcher.search(words, DEPTH, Filters())
    searched = time.perf_counter()
    answer = assistant.ask(words, Filters())
    return Response.of(hits, searched - began, answer, time.perf_counter() - searched)


def _with_writer(questions: Sequence[JudgedQuestion], writer: Writer, kb: KnowledgeBase) -> Report:
    """Score another writer; its search counts as it is, rewriting included."""
    written = 0

    def answered(words: str) -> Response:
        nonlocal written
        began = time.perf_counter()
        hits = writer.search(words, DEPTH)
        searched = time.perf_counter()
        answer = writer.ask(words)
        written += answer.writer == LLM
        return Response.of(hits, searched - began, answer, time.perf_counter() - searched)

    report = evaluate(questions, answered, kb)
    share = written / len(questions) if questions else 0.0
    return replace(report, extra=(*report.extra, ("written_by_model", share)))


def variant_loss(
    questions: Sequence[JudgedQuestion], search: Respond
) -> tuple[tuple[str, float], ...]:
    """For each ranking measure the mean loss of a variant against the wording it varies.

    Over answerable questions; empty when none has variants.
    """
    pairs = [
        (question, variant)
        for question in questions
        if question.answerable == "yes" and question.must_find
        for variant in question.variants
    ]
    if not pairs:
        return ()
    judged = [question for question, _ in pairs]
    plain = score_responses(judged, [search(item.question) for item in judged], RANKINGS)
    varied = score_responses(judged, [search(variant) for _, variant in pairs], RANKINGS)
    return tuple(
        (
            f"variant_loss/{measure.name}",
            sum(
                before.scores[measure.name] - after.scores[measure.name]
                for before, after in zip(plain, varied, strict=True)
            )
            / len(pairs),
        )
        for measure in RANKINGS
    )


def _search(searcher: Searcher, words: str) -> Response:
    hits = searcher.search(words, DEPTH, Filters())
    return Response(hits=tuple(hit.id for hit in hits))


def _missing_gold(
    questions: Sequence[JudgedQuestion], sources: Sources
) -> tuple[tuple[str, float], ...]:
    wanted = {place for question in questions for place in question.must_find}
    return (("gold_ids_missing", float(sum(not sources.knows(place) for place in wanted))),)
