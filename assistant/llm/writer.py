"""The writer with a language model: rewritten questions, numbered evidence, a verified answer."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.llm.model import ChatModel
from assistant.llm.prompt import Evidence, answer_prompt, number_evidence, rewrite_prompt
from assistant.llm.rewriting import fused, queries_in
from assistant.llm.verification import says_nothing, verified
from assistant.verified import reasons, with_findings
from assistant.writers import LLM, ExtractiveWriter, Progress
from kb.errors import WriterError
from kb.results import Answer, Filters, Hit
from kb.store import KnowledgeBase

_POOL = 20
_NODES = 8
_LETTERS = 9_000
"""Of evidence: about as many tokens, which leaves room for rules and reply in a small context."""
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^```\w*\s*$\n?", re.MULTILINE)
_UNREADABLE = re.compile(r"[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")


class LlmWriter:
    """Answers by a language model where it can, else by the clauses' own sentences with a note."""

    def __init__(
        self,
        kb: KnowledgeBase,
        extractive: ExtractiveWriter,
        model: ChatModel,
        *,
        rewrites: bool = True,
    ) -> None:
        """With `rewrites` the model first puts each question into official terms."""
        self._kb = kb
        self._extractive = extractive
        self._model = model
        # A question is searched and then answered: its rewriting is asked for once.
        self._rewrite = lru_cache(maxsize=256)(self._rewritten if rewrites else _as_it_is)

    def ask(
        self,
        question: str,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> Answer:
        """See `assistant.writers.Writer`."""
        *_, last = self.progress(question, filters, ignored)
        assert last.answer is not None
        return last.answer

    def progress(
        self,
        question: str,
        filters: Filters | None = None,
        ignored: Collection[str] = frozenset(),
    ) -> Iterator[Progress]:
        """See `assistant.writers.Writer`."""
        began = time.perf_counter()
        plain = self._extractive.unchecked(question, filters, ignored)
        try:
            queries = self._rewrite(question)
            plain = self._best_plain(plain, queries, filters)
            if plain.abstained:
                yield _finished(plain, began)
                return
            evidence = self._evidence(question, queries, plain, filters)
            reply = ""
            for reply in self._model.stream(answer_prompt(question, evidence)):
                yield Progress(draft=_readable(reply))
            answer = self._answer(_readable(reply), evidence, plain)
        except WriterError as error:
            answer = self._instead(plain, f"言語モデルを使えなかったため（{error}）")
        yield _finished(answer, began)

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> tuple[Hit, ...]:
        """See `assistant.writers.Writer`: the hits of all wordings, fused."""
        try:
            queries = self._rewrite(question)
        except WriterError:
            queries = ()
        depth = max(k, _POOL)
        return fused(
            question, queries, lambda query: self._extractive.search(query, depth, filters)
        )[:k]

    def _rewritten(self, question: str) -> tuple[str, ...]:
        return queries_in(self._model.complete(rewrite_prompt(question)))

    def _best_plain(self, plain: Answer, queries: Sequence[str], filters: Filters | None) -> Answer:
        """The extractive answer, to a rewriting if there is none to the question as it is."""
        if not plain.abstained or plain.warnings:
            return plain
        for query in queries:
            answer = self._extractive.unchecked(query, filters)
            if not answer.abstained:
                return replace(answer, question=plain.question)
        return plain

    def _evidence(
        self,
        question: str,
        queries: Sequence[str],
        plain: Answer,
        filters: Filters | None,
    ) -> tuple[Evidence, ...]:
        """What the extractive answer cites, then the best hits of all wordings."""
        hits = fused(
            question, queries, lambda query: self._extractive.search(query, _POOL, filters)
        )
        ids = dict.fromkeys(
            [*(citation.id for citation in plain.citations), *(hit.id for hit in hits)]
        )
        nodes = [self._kb.node(node) for node in list(ids)[:_NODES]]
        return number_evidence(self._kb, nodes, _LETTERS)

    def _answer(self, reply: str, evidence: Sequence[Evidence], plain: Answer) -> Answer:
        """The reply as far as it holds; the extractive answer with a note when too little does."""
        if not reply or _UNREADABLE.search(reply):
            return self._instead(plain, "言語モデルの応答を読み取れなかったため")
        if says_nothing(self._kb, reply, evidence):
            return self._instead(plain, "言語モデルが根拠から答えなかったため")
        checked = verified(self._kb, reply, evidence)
        why = reasons(checked.faults)
        if not checked.text:
            return self._instead(
                plain,
                f"言語モデルの回答のうち{checked.removed}文を根拠で確かめられなかったため（{why}）",
            )
        warnings = list(plain.warnings)
        if checked.removed:
            warnings.append(
                f"言語モデルの書いた文のうち{checked.removed}文は根拠で確かめられなかったため除きました（{why}）。"
            )
        if cut := [item.node.id for item in evidence if item.cut]:
            warnings.append(
                f"資料「{'」「'.join(cut)}」に、読み取るプログラムへの命令とみられる文があります。その文は根拠から除きました。"
            )
        return replace(
            plain,
            text=checked.text,
            citations=checked.citations,
            table=None,
            warnings=tuple(warnings),
            writer=LLM,
        )

    def _instead(self, plain: Answer, why: str) -> Answer:
        """The extractive answer, checked as always, with a note why the model did not write it."""
        what = (
            "検索だけで判断しました" if plain.abstained else "資料の原文を抜き出した回答を示します"
        )
        answer = with_findings(self._kb, plain)
        return replace(answer, warnings=(*answer.warnings, f"{why}、{what}。"))


def _as_it_is(question: str) -> tuple[str, ...]:
    return ()


def _readable(reply: str) -> str:
    """Without what the model thought aloud and the fences around the whole."""
    return _FENCE.sub("", _THINKING.sub("", reply)).strip()


def _finished(answer: Answer, began: float) -> Progress:
    return Progress(answer=replace(answer, seconds=time.perf_counter() - began))
