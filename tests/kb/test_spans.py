import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.spans import SourceMap, Span


def test_offsets_become_runs() -> None:
    assert SourceMap.from_offsets([5, 6, 9, -1, 10]).runs == ((0, 5, 2), (2, 9, 1), (4, 10, 1))


def test_a_range_covers_what_was_removed_inside_it() -> None:
    source_map = SourceMap.from_offsets([5, 6, 9, 10])
    assert source_map.to_source(1, 3) == Span(6, 10)
    assert source_map.to_source(2, 4) == Span(9, 11)


def test_a_range_without_source_is_an_error() -> None:
    with pytest.raises(ValueError, match="no source"):
        SourceMap.from_offsets([5, -1, 6]).to_source(1, 2)
    assert not SourceMap.from_offsets([5, -1, 6]).has_source(1, 2)
    assert SourceMap.from_offsets([5, -1, 6]).has_source(1, 3)


def test_a_span_never_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)


@given(st.lists(st.integers(0, 200), min_size=1, unique=True).map(sorted), st.data())
def test_every_range_maps_to_the_characters_it_came_from(
    offsets: list[int], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(offsets) - 1))
    end = data.draw(st.integers(start + 1, len(offsets)))
    expected = Span(offsets[start], offsets[end - 1] + 1)
    assert SourceMap.from_offsets(offsets).to_source(start, end) == expected
