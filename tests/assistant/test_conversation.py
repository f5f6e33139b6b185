"""Follow-up questions put in full, and questions that stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.conversation import Asked, Conversations
from kb.results import Answer
from kb.store import KnowledgeBase
from retrieval.search import Searcher


@pytest.fixture(scope="module")
def conversations(kb: KnowledgeBase, searcher: Searcher) -> Conversations:
    return Conversations(kb, searcher)


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        ("銘柄を指定してもいいですか", "鹿屋体育大学では？", "鹿屋体育大学では、銘柄を指定してもいいですか"),
        ("令和5年度基本方針の納期は？", "鹿屋だと", "鹿屋の納期は？"),
        ("鹿屋の納期の定めは", "じゃあ国はどうなってる？", "国の納期の定めは"),
        ("佐賀県のトライアル発注の要件は？", "他の県は？", "他の県のトライアル発注の要件は？"),
        ("事業団の支払条件は", "京都大学だと？", "京都大学の支払条件は"),
        ("鹿屋体育大の令和7年度の目標額はいくら", "8年度も教えて", "鹿屋体育大の令和8年度の目標額はいくら"),
        ("鹿屋の目標額はいくら", "令和6年度は？", "令和6年度の鹿屋の目標額はいくら"),
        ("銘柄を指定してもいいですか", "その例外は？", "銘柄を指定しても、例外は？"),
        ("分割発注の規定はありますか？", "それは何条？", "分割発注の規定、何条？"),
        ("分割発注の規定はありますか？", "理由は", "分割発注の規定、理由は"),
        ("鹿屋の納期の定めは", "同じことを国は書いてる？", "国の納期の定め、書いてる？"),
        ("事例3の課題は？", "効果は？", "事例3の効果は？"),
        ("事例3の課題は？", "事例5は？", "事例5の課題は？"),
        ("基本方針 第2-2(3)②の内容", "③は？", "基本方針 第2-2(3)③は？"),
        ("鹿屋の納期の定めは？", "じゃあ分割発注は？", "鹿屋の分割発注は？"),
        ("鹿屋の納期の定めは？", "守らなかったら？", "鹿屋の納期の定め、守らなかったら？"),
        ("調布市の小規模契約の登録は誰ができる？", "有効期間は何年？", "調布市の小規模契約の登録、有効期間は何年？"),
    ],
)  # fmt: skip
def test_what_a_question_leaves_to_the_one_before(
    conversations: Conversations, before: str, typed: str, full: str
) -> None:
    assert conversations.read(typed, [before]) == Asked(typed, full)


@pytest.mark.parametrize(
    "typed",
    [
        "ところで官公需とは何ですか",
        "その他の支援はありますか",
        "それぞれの方針の推進体制は",
        "鹿屋の目標は？",
        "事例3の課題は？",
        "第2-2(3)③",
        "事例集とは？",
        "では、官公需情報ポータルサイトは誰が運用していますか",
        "随意契約の見積先に新規中小企業者を入れるべきか",
        "白トラ対策は？",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(
    conversations: Conversations, typed: str
) -> None:
    assert conversations.read(typed, ["推進協議会の申込みはどこからですか"]) == Asked(typed, typed)


def test_a_conversation_of_several_questions(conversations: Conversations) -> None:
    before = ["国の基本方針の銘柄指定の扱いは？", "鹿屋では？", "納期は？"]
    assert conversations.read("事業団は？", before).full == "事業団の納期は？"
    assert conversations.read("事業団は？", before[:2]).full == "事業団の銘柄指定の扱いは？"


def test_what_was_said_long_ago_is_over(conversations: Conversations) -> None:
    before = ["銘柄を指定してもいいですか", *["理由は？"] * 6]
    assert "銘柄" not in conversations.read("理由は？", before).full
    assert "銘柄" in conversations.read("理由は？", before[:-1]).full


def test_the_answer_says_how_the_question_was_read() -> None:
    answer = Answer("鹿屋の納期は？", "locate", "", True, ())
    answered = Asked("鹿屋では？", "鹿屋の納期は？").answered(answer)
    assert (answered.question, answered.understood_as) == ("鹿屋では？", "鹿屋の納期は？")
    assert Asked("鹿屋の納期は？", "鹿屋の納期は？").answered(answer) == answer


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text(alphabet="鹿屋国の方針では？①第2-(3)令和5年度その例外事例㈱ｱ ", max_size=14), max_size=3),
    st.text(alphabet="鹿屋国の方針では？①第2-(3)令和5年度その例外事例㈱ｱ ", min_size=1, max_size=14),
)  # fmt: skip
def test_any_text_is_read(conversations: Conversations, before: list[str], typed: str) -> None:
    asked = conversations.read(typed, before)
    assert asked.typed == typed.strip()
    assert asked.full or not asked.typed
    assert conversations.read(typed, []).full == typed.strip()
