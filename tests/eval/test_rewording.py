"""Other ways of typing the same question."""

from __future__ import annotations

import random

import pytest

from eval.rewording import rewordings, romaji
from kb.addresses import clause_mentions
from kb.fiscal_year import years_named
from retrieval.lexicon import Lexicon, Term, TermKind

KINDS = rewordings(Lexicon((), (Term("随意契約", ("随契",), TermKind.ABBREVIATION),), ()))


def change(kind: str, text: str, seed: int = 1) -> str:
    return KINDS[kind](text, random.Random(seed))


@pytest.mark.parametrize(
    ("kind", "text", "changed"),
    [
        ("全角", "R8の第2-14(2)", "Ｒ８の第２－１４（２）"),
        ("半角", "ダンピング１件", "ﾀﾞﾝﾋﾟﾝｸﾞ1件"),
        ("金額", "予定価格160万円", "予定価格1,600,000円"),
        ("略語", "随意契約の根拠", "随契の根拠"),
        ("誤変換", "競争の参加", "競走の参加"),
        ("かな", "中小企業の経営", "ちゅうしょうきぎょうのけいえい"),
        ("ローマ字", "組合", "kumiai"),
        ("脱字", "発注", "発注"),
    ],
)
def test_changes(kind: str, text: str, changed: str) -> None:
    assert change(kind, text) == changed


def test_slips_change_one_letter_inside() -> None:
    text = "入札保証金の免除"
    for seed in range(20):
        assert len(change("脱字", text, seed)) == len(text) - 1
        assert len(change("重複", text, seed)) == len(text) + 1
        assert sorted(change("転置", text, seed)) == sorted(text)
        assert change("転置", text, seed) != text
        assert change("脱字", text, seed)[0] == "入"


def test_years_and_numbers_keep_what_they_name() -> None:
    for seed in range(20):
        assert years_named(change("年度", "令和5年度の目標", seed)) == years_named("R5")
        found = clause_mentions(change("番号", "私学の第2-14(3)②は", seed))
        assert [mention.labels for mention in found] == [("第2", "14", "(3)", "②")]


def test_the_same_seed_gives_the_same_words() -> None:
    assert change("転置", "指名競争入札", 7) == change("転置", "指名競争入札", 7)


def test_romaji_as_people_type_it() -> None:
    assert romaji("しょうひんをかってもらう") == "shouhinokattemorau"
    assert romaji("きょうぎかいのじゅんばん") == "kyougikainojunban"
