"""What the chat streams: an extractive answer in steps, a model's draft and its verified answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kb.results import Filters
from kb.settings import Settings
from tests.assistant.llm.endpoint import Scripted, endpoint
from tests.web.threads import apart
from ui.web.handlers.chat import LONGEST, ChatHandlers
from ui.web.record import Record
from ui.web.shelf import Shelf

QUESTION = "基本方針では銘柄指定をしてもよいとされていますか"
REPLY = "国等は、真にやむを得ないと認められる場合を除き、銘柄指定を行わないものとされています[1]。"
LIE = "違反すると罰金100万円が科されます[1]。"


def chat(settings: Settings, folder: Path) -> ChatHandlers:
    return ChatHandlers(Shelf(settings), Record(folder))


def streamed(steps: AsyncIterator[str]) -> list[str]:
    async def collect() -> list[str]:
        return [step async for step in steps]

    return list(apart(asyncio.run, collect()))


def test_an_extractive_answer_grows_and_is_kept(shipped_home: Path, tmp_path: Path) -> None:
    handlers = chat(Settings(home=shipped_home), tmp_path)
    steps = streamed(handlers.ask(QUESTION, "", Filters(doc="kihon-r05"), "me"))
    assert "資料を調べています…" in steps[0]
    assert "kb-sources" not in "".join(steps[:-1])
    assert "kb-sources" in steps[-1]
    assert "銘柄" in steps[-1]
    (conversation,) = set(re.findall(r'data-conversation="(\w+)"', steps[-1]))
    current, past = handlers.open(conversation, "me")
    assert current == steps[-1]
    assert "kb-turn" not in past
    assert handlers.open(conversation, "you")[0] == handlers.welcome()

    (turn,) = re.findall(r'data-turn="(\w+)"', steps[-1])
    assert handlers.rate("me", turn, True, " ") == "評価を記録しました。"
    assert "履歴にない" in handlers.rate("you", turn, True, "")
    again = streamed(handlers.reask(turn, "filter", "doc", "me"))
    assert 'data-kind="filter"' in steps[-1]
    assert 'data-kind="filter"' not in again[-1]
    assert streamed(handlers.reask(turn, "filter", "doc", "you")) == []


def test_a_follow_up_question_is_read_with_those_before_it(
    shipped_home: Path, tmp_path: Path
) -> None:
    handlers = chat(Settings(home=shipped_home), tmp_path)
    first = streamed(handlers.ask("国の基本方針の納期の定めは？", "", Filters(), "me"))[-1]
    (conversation,) = set(re.findall(r'data-conversation="(\w+)"', first))
    second = streamed(handlers.ask("鹿屋では？", conversation, Filters(), "me"))[-1]
    assert "前の質問とあわせて：鹿屋の納期の定めは？" in second
    assert "令和7年度 国立大学法人鹿屋体育大学 契約の方針 第2-5" in second

    (turn,) = re.findall(r'data-turn="(\w+)"', second)
    alone = streamed(handlers.reask(turn, "before", "", "me"))[-1]
    assert "前の質問とあわせて" not in alone
    assert "契約の方針 第2-5" not in alone
    others = streamed(handlers.ask("鹿屋では？", conversation, Filters(), "you"))[-1]
    assert "前の質問とあわせて" not in others


def test_nothing_is_answered_to_nothing_and_too_much_is_cut(
    shipped_home: Path, tmp_path: Path
) -> None:
    handlers = chat(Settings(home=shipped_home), tmp_path)
    assert streamed(handlers.ask(" \n", "", Filters(), "me")) == []
    last = streamed(handlers.ask("あ" * (LONGEST + 9), "", Filters(), "me"))[-1]
    assert "あ" * LONGEST in last
    assert "あ" * (LONGEST + 1) not in last


def test_a_wrong_filter_is_one_sentence(shipped_home: Path, tmp_path: Path) -> None:
    handlers = chat(Settings(home=shipped_home), tmp_path)
    last = streamed(handlers.ask(QUESTION, "", Filters(prefecture="高知県"), "me"))[-1]
    assert re.search(r'role="alert">都道府県「高知県」に当たる資料はありません。', last)


@pytest.mark.parametrize("words", [REPLY, f"{REPLY}\n{LIE}"])
def test_a_models_words_are_a_draft_until_they_are_checked(
    shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with endpoint(Scripted(words, pause=0.03)) as server:
        settings = Settings.model_validate(
            {
                "home": shipped_home,
                "llm_url": f"{server.url}/v1",
                "llm_model": "test",
                "llm_rewrite": False,
            }
        )
        handlers = chat(settings, tmp_path)
        steps = streamed(handlers.ask(QUESTION, "", Filters(doc="kihon-r05"), "me"))
    drafts = [step for step in steps if "確認中" in step]
    assert drafts, "the draft is shown while the model writes"
    assert all("kb-cite" not in draft for draft in drafts)
    assert "確認中" not in steps[-1]
    assert "銘柄指定を行わないものとされています" in steps[-1]
    assert "罰金" not in steps[-1].replace("罰金100万円を", "")
