from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from retrieval.term_table import TermTable


def test_a_saved_table_knows_its_terms(tmp_path: Path) -> None:
    TermTable.of({"銘柄": 2, "随契": 0, "jv": 1}).save(tmp_path)
    table = TermTable.load(tmp_path)
    assert [table.get(term) for term in ("随契", "jv", "銘柄", "銘", "銘柄指定", "")] == [
        0, 1, 2, None, None, None,
    ]  # fmt: skip
    assert "jv" in table
    assert "JV" not in table


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 2**31 - 1)), st.text())
def test_every_term_has_its_number_and_no_other_has_one(
    numbers: dict[str, int], other: str
) -> None:
    table = TermTable.of(numbers)
    assert {term: table.get(term) for term in numbers} == numbers
    assert (other in table) == (other in numbers)
