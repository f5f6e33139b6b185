from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import JapaneseAnalyzer
from retrieval.matches import matches


def shown(text: str, query: str) -> list[str]:
    return [text[s.start : s.end] for s in matches(text, JapaneseAnalyzer().terms(query))]


def test_words_are_marked_and_joined() -> None:
    assert shown("中小企業者の受注機会の増大に努める。", "受注機会") == ["受注機会"]


def test_inflection_and_width_do_not_matter() -> None:
    text = "ﾊﾞｲﾄﾞｰﾙ契約のひな形を作成し、増大に努めた"
    assert shown(text, "バイドール契約に努める") == ["ﾊﾞｲﾄﾞｰﾙ契約", "努め"]


def test_years_and_amounts_match_any_spelling() -> None:
    assert shown("令和５年度に１６０万円を超える", "R5で1,600,000円") == ["令和５年度", "１６０万"]


def test_characters_that_unfold_keep_the_offsets() -> None:
    assert shown("㍿㈱の入札について", "入札") == ["入札"]


def test_a_character_with_its_mark_is_never_cut() -> None:
    assert shown("㍿５ﾞ", "5") == ["５ﾞ"]


def test_particles_are_not_marked() -> None:
    assert shown("会社をやめて物を買う", "会社を") == ["会社"]


@given(
    st.text(alphabet="入札㍿ﾊﾞイの令和５年R", max_size=30),
    st.text(alphabet="入札バイ令和5年", max_size=8),
)
def test_ranges_are_apart_and_inside(text: str, query: str) -> None:
    last = -1
    for span in matches(text, JapaneseAnalyzer().terms(query)):
        assert last < span.start < span.end <= len(text)
        last = span.end
