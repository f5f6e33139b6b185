"""The writer with a language model against a real server that speaks both protocols."""

from __future__ import annotations

import re

import pytest

from assistant.writers import ExtractiveWriter, open_writer
from kb.errors import OptionError
from kb.results import Filters
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher
from tests.assistant.llm.conftest import OpenWriter
from tests.assistant.llm.endpoint import Ending, Endpoint, Scripted, endpoint

QUESTION = "基本方針では銘柄指定をしてもよいとされていますか"
BRANDS = "kihon-r05/第2/2/(3)/③"
KINDS = ["openai", "ollama"]


def number_of(server: Endpoint, words: str) -> int:
    """The number under which the model was given the first evidence that has `words`."""
    for block in re.findall(r"<根拠 番号=\"(\d+)\">(.*?)</根拠>", server.asked, re.DOTALL):
        if words in block[1]:
            return int(block[0])
    raise AssertionError(f"no evidence has {words}")


def reply_about_brands(*more: str) -> str:
    return "\n".join(
        (
            "国等は、真にやむを得ないと認められる場合を除き、銘柄指定を行わないものとされています[1]。",
            "参考銘柄を例示する場合には、複数の商品を例示する等の配慮をするものとされています[1]。",
            *more,
        )
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_evidence_bears_out_is_shown_with_verbatim_quotes(
    open_llm: OpenWriter, kind: str
) -> None:
    with endpoint(Scripted(reply_about_brands())) as server:
        answer = open_llm(server, kind).ask(QUESTION, Filters(doc="kihon-r05"))
        assert number_of(server, "直接の銘柄指定はもとより") == 1
    assert (answer.writer, answer.abstained, answer.warnings) == ("llm", False, ())
    assert answer.text == (
        "国等は、真にやむを得ないと認められる場合を除き、銘柄指定を行わないものとされています[1]。\n"
        "参考銘柄を例示する場合には、複数の商品を例示する等の配慮をするものとされています[2]。"
    )
    first, second = answer.citations
    assert (first.n, first.id, first.verified) == (1, BRANDS, True)
    assert first.quote.endswith(
        "直接の銘柄指定はもとより原材料等の間接の銘柄指定等を行わないものとする。"
    )
    assert (second.n, second.id, second.verified) == (2, BRANDS, True)
    assert second.quote.startswith("なお、参考銘柄として固有の商品を例示する場合には")


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_does_not_bear_out_is_taken_out_and_counted(
    open_llm: OpenWriter, kind: str
) -> None:
    lie = "違反した職員は懲戒処分を受けます[1]。"
    with endpoint(Scripted(reply_about_brands(lie))) as server:
        answer = open_llm(server, kind).ask(QUESTION, Filters(doc="kihon-r05"))
    assert answer.writer == "llm"
    assert "懲戒" not in answer.text
    assert answer.warnings == (
        "言語モデルの書いた文のうち1文は根拠で確かめられなかったため除きました（出典に書かれていない1件）。",
    )


def test_an_answer_that_is_mostly_untrue_is_not_shown(open_llm: OpenWriter) -> None:
    lies = "銘柄指定は自由に行うことができます[1]。銘柄指定は国等の義務です[1]。"
    with endpoint(Scripted(lies)) as server:
        answer = open_llm(server).ask(QUESTION, Filters(doc="kihon-r05"))
    assert answer.writer == "extractive"
    assert "自由に" not in answer.text
    assert "根拠で確かめられなかったため" in answer.warnings[-1]
    assert answer.warnings[-1].endswith("資料の原文を抜き出した回答を示します。")


def test_a_statement_whose_exception_was_taken_out_goes_too(open_llm: OpenWriter) -> None:
    reply = (
        "参考銘柄を例示する場合には、複数の商品を例示する等の配慮をするものとされています[1]。\n"
        "国等は、銘柄指定を行わないものとされています[1]。\n"
        "実質的な銘柄指定とならないよう配慮するものとされています[1]。\n"
        "ただし、真にやむを得ない場合は令和9年度まで除かれます[1]。"
    )
    with endpoint(Scripted(reply)) as server:
        answer = open_llm(server).ask(QUESTION, Filters(doc="kihon-r05"))
    assert answer.text == (
        "参考銘柄を例示する場合には、複数の商品を例示する等の配慮をするものとされています[1]。\n"
        "実質的な銘柄指定とならないよう配慮するものとされています[1]。"
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("script", "why"),
    [
        (Scripted(status=401), "接続を拒まれました（HTTP 401）"),
        (Scripted(status=404), "見つかりません（HTTP 404）"),
        (Scripted(status=429), "エラーが返りました（HTTP 429）"),
        (Scripted(status=500), "エラーが返りました（HTTP 500）"),
        (Scripted(body=b"<html>\xff\xfe</html>"), "応答の形式が正しくありません"),
        (Scripted(body=b'{"choices": []}'), ""),
        (Scripted(body=b""), ""),
        (Scripted(""), "応答を読み取れなかった"),
        (Scripted("銘柄指定は\ufffd\ufffdです[1]。"), "応答を読み取れなかった"),
        (Scripted(reply_about_brands(), ending=Ending.CUT), "回答が途中で切れました"),
        (Scripted(reply_about_brands(), ending=Ending.LENGTH), "回答が途中で切れました"),
        (Scripted("申し訳ありませんが、そのご質問にはお答えできません。"), "確かめられなかった"),
        (Scripted("根拠には記載がありません。"), "根拠から答えなかった"),
        (Scripted("<think>[1]を見る。</think>"), "応答を読み取れなかった"),
        (Scripted('{"answer": "銘柄指定は禁止", "sources": [1]}'), "確かめられなかった"),
    ],
)
def test_whatever_goes_wrong_the_extractive_answer_stands_with_a_note(
    open_llm: OpenWriter,
    kb: KnowledgeBase,
    searcher: Searcher,
    kind: str,
    script: Scripted,
    why: str,
) -> None:
    plain = ExtractiveWriter(kb, searcher).ask(QUESTION, Filters(doc="kihon-r05"))
    with endpoint(script) as server:
        answer = open_llm(server, kind).ask(QUESTION, Filters(doc="kihon-r05"))
    assert (answer.writer, answer.text, answer.citations) == (
        "extractive",
        plain.text,
        plain.citations,
    )
    assert answer.warnings[:-1] == plain.warnings
    assert why in answer.warnings[-1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "script",
    [
        Scripted(reply_about_brands(), wait=1.5),
        Scripted(reply_about_brands(), pause=0.2),
        Scripted("あ" * 70, ending=Ending.NEVER, pause=0.01),
    ],
    ids=["silent", "slow", "endless"],
)
def test_a_slow_or_endless_reply_is_given_up(
    open_llm: OpenWriter, kind: str, script: Scripted
) -> None:
    with endpoint(script) as server:
        answer = open_llm(server, kind, llm_timeout=0.5).ask(QUESTION)
    assert answer.writer == "extractive"
    assert "時間内に" in answer.warnings[-1]


def test_a_reply_without_end_is_given_up_long_before_its_time(open_llm: OpenWriter) -> None:
    with endpoint(Scripted("長い文が続く。" * 100, ending=Ending.NEVER)) as server:
        answer = open_llm(server, llm_timeout=600.0).ask(QUESTION)
    assert "回答が長すぎます" in answer.warnings[-1]


def test_a_dead_endpoint_is_named_as_such(
    kb: KnowledgeBase, searcher: Searcher, no_proxy: None
) -> None:
    with endpoint(Scripted("x")) as server:
        url = server.url
    settings = Settings.model_validate({"llm_url": f"{url}/v1", "llm_model": "m"})
    answer = open_writer("llm", kb, searcher, settings).ask(QUESTION)
    assert answer.writer == "extractive"
    assert "接続できませんでした" in answer.warnings[-1]


def test_without_a_model_set_the_user_is_told_what_to_set(
    kb: KnowledgeBase, searcher: Searcher
) -> None:
    with pytest.raises(OptionError, match="KB_LLM_URL"):
        open_writer("llm", kb, searcher, Settings())
    with pytest.raises(OptionError, match="extractive"):
        open_writer("poet", kb, searcher, Settings())


def test_drafts_grow_and_only_the_last_step_has_the_answer(open_llm: OpenWriter) -> None:
    with endpoint(Scripted(reply_about_brands())) as server:
        *drafts, last = open_llm(server).progress(QUESTION, Filters(doc="kihon-r05"))
    assert all(step.answer is None for step in drafts)
    lengths = [len(step.draft) for step in drafts]
    assert len(drafts) > 5
    assert lengths == sorted(lengths)
    assert drafts[-1].draft == reply_about_brands()
    assert last.answer is not None
    assert last.answer.writer == "llm"


def test_what_the_model_thinks_aloud_is_never_shown(open_llm: OpenWriter) -> None:
    thinking = "<think>銘柄指定は禁止だろう[1]。</think>\n"
    with endpoint(Scripted(thinking + reply_about_brands())) as server:
        *drafts, last = open_llm(server).progress(QUESTION, Filters(doc="kihon-r05"))
    assert all("禁止だろう" not in step.draft for step in drafts)
    assert last.answer is not None
    assert "禁止だろう" not in last.answer.text


def test_nothing_is_asked_when_the_documents_do_not_answer(open_llm: OpenWriter) -> None:
    with endpoint(Scripted("x")) as server:
        answer = open_llm(server).ask("ブラックホールの質量はいくらですか")
        assert server.requests == []
    assert answer.abstained


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_goes_with_every_request(open_llm: OpenWriter, kind: str) -> None:
    with endpoint(Scripted(reply_about_brands())) as server:
        open_llm(server, kind, llm_key="secret").ask(QUESTION)
        sent = {name.lower(): value for name, value in server.headers[-1].items()}
    assert sent["authorization"] == "Bearer secret"
