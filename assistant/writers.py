"""Who writes the answer: the contract that every writer keeps, and the writer of a name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from assistant.ask import Assistant
from assistant.verified import with_findings
from kb.errors import OptionError
from kb.results import Answer, Filters, Hit
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher

EXTRACTIVE = "extractive"
LLM = "llm"
WRITERS = (EXTRACTIVE, LLM)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an answer has come.

    While it is being written `draft` is all that stands so far, unverified (show it as 確認中) and
    `answer` is None; the last one has the verified answer, which replaces the draft.
    """

    draft: str = ""
    answer: Answer | None = None


class Writer(Protocol):
    """Answers questions; safe to share among threads."""

    def ask(
        self,
        question: str,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> Answer:
        """The verified answer. Raises OptionError for an empty question or unknown filter value."""

    def progress(
        self,
        question: str,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> Iterator[Progress]:
        """The answer as it is being written; the last item, and only that, has the answer."""

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> tuple[Hit, ...]:
        """The `k` best hits, as this writer looks for them, best first."""


class ExtractiveWriter:
    """The clauses' own sentences, held to the same check as a language model's."""

    def __init__(self, kb: KnowledgeBase, searcher: Searcher) -> None:
        self._kb = kb
        self._searcher = searcher
        self._assistant = Assistant(kb, searcher)

    def ask(
        self,
        question: str,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> Answer:
        """See `Writer`."""
        return with_findings(self._kb, self.unchecked(question, filters, ignored))

    def unchecked(
        self,
        question: str,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> Answer:
        """The answer before the check, for a writer that puts its own text in its place."""
        return self._assistant.ask(question, filters, ignored)

    def progress(
        self,
        question: str,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> Iterator[Progress]:
        """See `Writer`; there is nothing to see before the answer."""
        yield Progress(answer=self.ask(question, filters, ignored))

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> tuple[Hit, ...]:
        """See `Writer`."""
        return self._searcher.search(question, k, filters)


def open_writer(name: str, kb: KnowledgeBase, searcher: Searcher, settings: Settings) -> Writer:
    """The writer of that name.

    Raises OptionError for an unknown name, or when no language model is set for `llm`.
    """
    if name == EXTRACTIVE:
        return ExtractiveWriter(kb, searcher)
    if name != LLM:
        raise OptionError(
            f"回答の作り方「{name}」はありません。{'、'.join(WRITERS)} から選んでください。"
        )
    if settings.llm_url is None or not settings.llm_model:
        raise OptionError(
            "言語モデルが設定されていません。KB_LLM_URL に接続先、KB_LLM_MODEL にモデル名を設定してください。"
        )
    from assistant.llm import LlmWriter
    from assistant.llm.model import ChatModel

    extractive = ExtractiveWriter(kb, searcher)
    return LlmWriter(kb, extractive, ChatModel(settings), rewrites=settings.llm_rewrite)
