from hypothesis import given
from hypothesis import strategies as st

from kb.ids import IdAllocator, document_id, document_of, is_at_or_below, node_id, plain_id


def test_document_ids_are_safe_in_paths_and_addresses() -> None:
    assert document_id("令和５年度 方針 (案)") == "令和5年度-方針-(案)"
    assert document_id("a/b#c?") == "a-b-c"
    assert document_id("…") != ""
    assert document_id("\x1b[31m案\x7f") == "[31m案"


def test_node_ids() -> None:
    assert node_id("kihon-r05", ["第2", "2", "(3)", "③"]) == "kihon-r05/第2/2/(3)/③"
    assert node_id("d", ["物件/役務"]) == "d/物件／役務"
    assert document_of("kihon-r05/第2/2") == "kihon-r05"


def test_below_means_a_whole_label() -> None:
    assert is_at_or_below("d/第1/2", "d/第1")
    assert is_at_or_below("d/第1", "d/第1")
    assert not is_at_or_below("d/第10", "d/第1")


@given(st.lists(st.sampled_from(["a", "b", "a#2"]), max_size=12))
def test_allocated_ids_are_unique(wanted: list[str]) -> None:
    allocator = IdAllocator()
    taken = [allocator.take(label) for label in wanted]
    assert len(set(taken)) == len(wanted)


def test_siblings_are_numbered_from_two() -> None:
    allocator = IdAllocator()
    assert [allocator.take("d/1") for _ in range(3)] == ["d/1", "d/1#2", "d/1#3"]


def test_ids_compare_as_people_type_them() -> None:
    assert plain_id(" ＫＩＨＯＮ－ｒ０５／第２//２/（３）/③/ ") == "kihon-r05/第2/2/(3)/③"
    assert plain_id("d/ｻｶﾞ") == plain_id("d/サガ") == plain_id("d/サカ\u3099")
    assert plain_id("d/③") != plain_id("d/3")
