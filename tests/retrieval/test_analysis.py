from __future__ import annotations

import pytest

from retrieval.analysis import JapaneseAnalyzer

ANALYZER = JapaneseAnalyzer()


def test_words_and_pairs_without_grammar() -> None:
    assert ANALYZER.terms("受注機会の増大に努めるものとする。") == [
        *("受注", "機会", "増大", "努める"),
        *("受注", "注機", "機会", "会の", "の増", "増大", "大に", "に努", "努め"),
    ]


def test_compounds_that_the_dictionary_splits_stay_findable() -> None:
    assert ANALYZER.terms("中小企業者") == [
        *("中", "小", "企業", "者"),
        *("中小", "小企", "企業", "業者"),
    ]


def test_loan_words_and_latin_letters() -> None:
    assert ANALYZER.terms("ＷＬＢとインボイス")[:2] == ["wlb", "インボイス"]


def test_names_keep_their_spelling() -> None:
    assert "広島" in ANALYZER.terms("広島県")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾄﾗｲｱﾙ発注", "トライアル発注"),
        ("ＢＣＰ", "bcp"),
        ("⽅針の⼤綱", "方針の大綱"),
    ],
)
def test_widths_and_look_alikes_do_not_matter(one: str, other: str) -> None:
    assert ANALYZER.terms(one) == ANALYZER.terms(other)


def test_years_share_a_term() -> None:
    assert ANALYZER.terms("令和5年度の方針")[0] == ANALYZER.terms("R5の方針")[0] == "2023年"


def test_inflected_forms_share_their_lemma() -> None:
    assert "行う" in ANALYZER.terms("おこなった")
    assert "行う" in ANALYZER.terms("行なわない")


@pytest.mark.parametrize("text", ["", " \n", "。、！", "です。ます。"])
def test_nothing_to_search_for(text: str) -> None:
    assert ANALYZER.terms(text) == []


def test_versions_name_the_dictionary() -> None:
    assert ANALYZER.version.startswith("ja-")
    assert ANALYZER.dictionary.startswith("unidic-lite 1.")
