"""The contract of every search back end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kb.errors import CorruptStoreError, OptionError
from kb.fiscal_year import FiscalYear
from kb.results import Filters
from retrieval.backend import LocalBackend, SearchBackend
from retrieval.dense import DenseIndex
from retrieval.facets import Facets
from retrieval.lexical import LexicalIndex
from tests.retrieval import small

PASSAGES = small.passages()
TERMS = [["入札"], ["入札", "契約"], ["発注"], ["発注"], *[["購入"]] * 3]
VECTORS = np.eye(7, dtype=np.float32)
NOTHING = np.zeros(7, dtype=np.float32)


def fresh(folder: Path) -> LocalBackend:
    return LocalBackend(
        LexicalIndex.build(TERMS),
        DenseIndex.build(VECTORS),
        Facets.build(PASSAGES, small.documents()),
    )


def reopened(folder: Path) -> LocalBackend:
    fresh(folder).save(folder)
    return LocalBackend.load(folder)


@pytest.fixture(params=[fresh, reopened])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> SearchBackend:
    make: Callable[[Path], SearchBackend] = request.param
    return make(tmp_path)


def test_words_find_what_holds_them(backend: SearchBackend) -> None:
    found = backend.candidates({"入札": 1.0}, NOTHING, 5, Filters())
    assert found.positions.tolist() == [0, 1]
    assert found.lexical[0] > found.lexical[1] > 0
    assert found.dense.tolist() == [0, 0]


def test_meaning_finds_the_nearest(backend: SearchBackend) -> None:
    found = backend.candidates({}, VECTORS[3], 1, Filters())
    assert found.positions.tolist() == [3]
    assert found.lexical.tolist() == [0]
    assert found.dense.tolist() == [1]


def test_both_sides_come_together_with_exact_scores(backend: SearchBackend) -> None:
    found = backend.candidates({"契約": 1.0}, VECTORS[2], 1, Filters())
    assert found.positions.tolist() == [1, 2]
    assert found.lexical[1] == 0
    assert found.dense.tolist() == [0, 1]


def test_passages_of_a_node_have_its_number(backend: SearchBackend) -> None:
    found = backend.candidates({"購入": 1.0}, NOTHING, 10, Filters())
    assert found.positions.tolist() == [4, 5, 6]
    assert len(set(found.nodes.tolist())) == 1


def test_filters_hold_for_words_and_meaning(backend: SearchBackend) -> None:
    filters = Filters(year=FiscalYear(2025))
    found = backend.candidates({"発注": 1.0}, VECTORS[2], 5, filters)
    assert found.positions.tolist() == [3]


def test_a_filter_value_that_does_not_occur(backend: SearchBackend) -> None:
    with pytest.raises(OptionError, match="区分「建設」"):
        backend.candidates({"発注": 1.0}, NOTHING, 5, Filters(category="建設"))


def test_nothing_to_search_for_finds_nothing(backend: SearchBackend) -> None:
    assert len(backend.candidates({"宇宙": 1.0}, NOTHING, 5, Filters()).positions) == 0


def test_rare_terms_are_rarer(backend: SearchBackend) -> None:
    assert backend.rarity("宇宙") > backend.rarity("契約") > backend.rarity("購入") > 0


def test_a_missing_index_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        LocalBackend.load(tmp_path)
