import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.readings import (
    from_romaji,
    in_hiragana,
    is_spelt_by_sound,
    shortened,
    shortened_with_offsets,
    sound_terms,
)


@pytest.mark.parametrize(
    ("romaji", "kana"),
    [
        ("zuikei", "ずいけい"),
        ("nyuusatsu", "にゅうさつ"),
        ("chotto", "ちょっと"),
        ("sinki", "しんき"),
        ("shinki", "しんき"),
        ("tyuusyou", "ちゅうしょう"),
        ("jouhou", "じょうほう"),
        ("anken", "あんけん"),
    ],
)
def test_romaji(romaji: str, kana: str) -> None:
    assert from_romaji(romaji) == kana


@pytest.mark.parametrize(
    "spellings",
    [
        ("入札保証金", "にゅうさつほしょうきん", "nyuusatsu hoshoukin", "ニュウサツホショウキン"),
        ("官公需", "かんこうじゅ", "kankouju", "かんこーじゅ"),
        ("説明会のお知らせは", "せつめいかいの おしらせは", "setsumeikai no oshirase wa"),
    ],
)
def test_spellings_of_one_word_sound_the_same(spellings: tuple[str, ...]) -> None:
    first, *others = (set(sound_terms(spelling)) for spelling in spellings)
    assert first
    assert all(other == first for other in others)


def test_the_terms_are_three_and_four_kana() -> None:
    assert sound_terms("ずいけい") == ["ずいけ"]
    assert sound_terms("さいちん") == ["さいち", "いちん", "さいちん"]


@pytest.mark.parametrize(
    ("text", "by_sound"),
    [
        ("くにの せつめいかい、とちゅうから はいる", True),
        ("setsumeikai wa itsu?", True),
        ("サイチンアガッタラ", True),
        ("国の説明会、途中から入れる？", False),
        ("BCP", False),
        ("WTO案件のルールは", False),
        ("", False),
    ],
)
def test_what_is_spelt_by_sound(text: str, by_sound: bool) -> None:
    assert is_spelt_by_sound(text) is by_sound


@given(st.text(max_size=40))
def test_any_text_gives_short_kana_terms(text: str) -> None:
    for term in sound_terms(text):
        assert len(term) in (3, 4)
        assert all("ぁ" <= letter <= "ゖ" for letter in term)


def test_hiragana_as_people_type_it() -> None:
    assert (
        in_hiragana("中小企業の経営、ＪＶとメール") == "ちゅうしょうきぎょうのけいえい、jvとめーる"
    )


def test_shortened_kana_know_where_they_stood() -> None:
    assert shortened_with_offsets("ずいーけいやく") == ("ずいけやく", [0, 1, 3, 5, 6])
    assert shortened("チュウショウ！") == "ちゅしょ"
