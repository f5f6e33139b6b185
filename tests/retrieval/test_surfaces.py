import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.surfaces import Surfaces

NAMES = Surfaces(
    {
        "富山": 1,
        "富山市": 2,
        "国": 3,
        "なら": 4,
        "とやま": 5,
        "jv": 6,
        "長大": 7,
        "ぶぎり": 8,
        "ハマ": 9,
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("富山市の認定", ["富山市"]),
        ("富山の市", ["富山"]),
        ("国の方針、国土交通省", ["国"]),
        ("外国の業者", []),
        ("それなら無理", []),
        ("ならけんの例", ["なら"]),
        ("とやまの やり方", ["とやま"]),
        ("ひとやまの", []),
        ("jvで受注、jvxは別", ["jv"]),
        ("長大な文", []),
        ("長大の比率", ["長大"]),
        ("ぶぎりの根拠", ["ぶぎり"]),
        ("ヨコハマ", []),
    ],
)
def test_writings_stand_as_words(text: str, found: list[str]) -> None:
    assert [hit.surface for hit in NAMES.find(text)] == found


@given(st.text(alphabet="富山市国ならとやjv長大ぶぎりハマのけん県 な", max_size=30))
def test_hits_say_what_stands_there_and_do_not_overlap(text: str) -> None:
    end = 0
    for hit in NAMES.find(text):
        assert hit.span.start >= end
        end = hit.span.end
        assert text[hit.span.start : end] == hit.surface


def test_a_range_never_reaches_beyond_the_text() -> None:
    names = Surfaces({"とやま": 1, "とやまし": 2})
    assert [(f.span.start, f.span.end) for f in names.find("鹿屋と、とやま")] == [(4, 7)]
