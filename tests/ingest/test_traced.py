from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.traced import TracedText
from kb.spans import Span


def test_slices_joins_and_strips_keep_offsets() -> None:
    text = TracedText.of("  第１　目標 \n")
    assert list(text.strip().offsets) == [2, 3, 4, 5, 6]
    joined = TracedText.join([text[2:4], text[5:7]], " ")
    assert joined.text == "第１ 目標"
    assert list(joined.offsets) == [2, 3, -1, 5, 6]
    assert joined.source_span() == Span(2, 7)
    assert joined.source_map().to_source(3, 5) == Span(5, 7)


def test_replacements_of_equal_length_keep_their_place() -> None:
    text = TracedText.of("新技术を有する").replace("技术", "技術")
    assert (text.text, list(text.offsets[1:3])) == ("新技術を有する", [1, 2])
    longer = TracedText.of("件費").sub(re.compile("件"), "人件")
    assert (longer.text, list(longer.offsets)) == ("人件費", [-1, -1, 1])


def test_nfkc_maps_each_character_to_its_origin() -> None:
    text = TracedText.of("㌔と１").nfkc()
    assert text.text == "キロと1"
    assert list(text.offsets) == [0, 0, 1, 2]


def test_inserted_text_has_no_source() -> None:
    assert TracedText.inserted("、").source_span() is None


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_every_character_maps_back(source: str, start: int, end: int) -> None:
    piece = (TracedText.of(source)[start:end] + TracedText.of(source)).strip()
    assert all(
        source[offset] == mark for mark, offset in zip(piece.text, piece.offsets, strict=True)
    )
