"""`python -m eval.benchmarks.web_load`: many users of the web app asking one question after another.

Sends what the page's script sends, so that twenty users do not need twenty browsers on the machine
that is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np

from eval.benchmarks.processes import measure, web_app
from eval.benchmarks.speed import Figure
from eval.questions import read_questions
from kb.errors import KbError

_QUESTIONS = Path(__file__).resolve().parent.parent / "questions" / "own.jsonl"
_ANSWER = "kb-answer"
_FINISHED = "kb-actions"
_P95 = 95


@dataclass(frozen=True, slots=True)
class Reply:
    """How long one question took, in seconds from sending it; `failed` when no answer came."""

    first: float
    full: float
    failed: bool


def load_figures(home: Path, questions: Sequence[str], users: int, seconds: float) -> list[Figure]:
    """Let `users` ask for `seconds` at a server of its own. Raises KbError when it does not come up."""
    with web_app(home) as address:
        replies = asyncio.run(_crowd(address, questions, users, seconds))
    good = [reply for reply in replies if not reply.failed]
    if not good:
        raise KbError("Webアプリが質問に答えません。`kb serve` を実行して表示を確認してください。")
    first, full = ([getattr(reply, name) for reply in good] for name in ("first", "full"))
    crowd = f"{users}人が{seconds:.0f}秒続けて質問"
    return [
        Figure(f"{crowd}：回答数", "件", len(good)),
        Figure(f"{crowd}：失敗", "件", len(replies) - len(good), limit=0),
        Figure(f"{crowd}：最初の文字まで（p95）", "秒", float(np.percentile(first, _P95))),
        Figure(
            f"{crowd}：回答の終わりまで（p95）", "秒", float(np.percentile(full, _P95)), limit=2
        ),
    ]


def alone_figures(home: Path, questions: Sequence[str], seconds: float) -> list[Figure]:
    """The same for one user alone."""
    with web_app(home) as address:
        replies = asyncio.run(_crowd(address, questions, 1, seconds))
    good = [reply for reply in replies if not reply.failed]
    first, full = ([getattr(reply, name) for reply in good] for name in ("first", "full"))
    return [
        Figure("1人：最初の文字まで（p95）", "秒", float(np.percentile(first, _P95)), limit=0.3),
        Figure("1人：回答の終わりまで（p95）", "秒", float(np.percentile(full, _P95)), limit=1),
    ]


async def _crowd(address: str, questions: Sequence[str], users: int, seconds: float) -> list[Reply]:
    # One warm-up, so that nobody waits for what every process does once.
    await _user(address, iter(questions[:1]), 0)
    turns = itertools.cycle(questions)
    started = [_user(address, turns, seconds) for _ in range(users)]
    return [reply for replies in await asyncio.gather(*started) for reply in replies]


async def _user(address: str, questions: Iterator[str], seconds: float) -> list[Reply]:
    """One browser with its own history; asks at least once."""
    end = time.perf_counter() + seconds
    replies: list[Reply] = []
    async with httpx.AsyncClient(base_url=address, timeout=60) as browser:
        await browser.get("/")
        while not replies or time.perf_counter() < end:
            replies.append(await _ask(browser, next(questions)))
    return replies


async def _ask(browser: httpx.AsyncClient, question: str) -> Reply:
    """What the page does for a question: read the answer, then the list of the history."""
    began = time.perf_counter()
    first = finished = None
    try:
        async with browser.stream("POST", "/files/ask", json={"question": question}) as answer:
            async for line in answer.aiter_lines():
                now = time.perf_counter() - began
                if first is None and _ANSWER in line:
                    first = now
                if _FINISHED in line:
                    finished = now
        listed = await browser.get("/files/history")
    except httpx.HTTPError:
        return Reply(0, 0, failed=True)
    if first is None or finished is None or listed.status_code != httpx.codes.OK:
        return Reply(0, 0, failed=True)
    return Reply(first, finished, failed=False)


def main() -> None:
    """Print the figures as JSON lines."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.web_load", description=__doc__)
    parser.add_argument("--users", type=int, default=20, help="同時に質問する人数")
    parser.add_argument("--seconds", type=float, default=60, help="続ける秒数")
    options = parser.parse_args()
    questions = [item.question for item in read_questions(_QUESTIONS)]
    with tempfile.TemporaryDirectory(prefix="kb-load-") as folder:
        home = Path(folder)
        measure("ui", "ingest", home=home)
        figures = [
            *alone_figures(home, questions, options.seconds / 6),
            *load_figures(home, questions, options.users, options.seconds),
        ]
    for figure in figures:
        row = {"name": figure.name, "unit": figure.unit, "value": round(figure.ours, 3)}
        print(json.dumps(row | {"limit": figure.limit, "kept": figure.kept}, ensure_ascii=False))


if __name__ == "__main__":
    main()
