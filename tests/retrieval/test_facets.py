from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import CorruptStoreError, OptionError, UnknownDocumentError
from kb.fiscal_year import FiscalYear
from kb.results import Filters
from retrieval.facets import Facets
from tests.retrieval import small

FACETS = Facets.build(small.passages(), small.documents())
ALL = [passage.node for passage in small.passages()]


def passing(filters: Filters) -> set[str]:
    mask = FACETS.mask(filters)
    assert mask is not None
    return {node for node, passes in zip(ALL, mask, strict=True) if passes}


def test_no_filter_needs_no_mask() -> None:
    assert FACETS.mask(Filters()) is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(doc="kanoya-r07"), {"kanoya-r07/第2/1"}),
        (Filters(kind="jirei"), {"jirei-h26/事例1"}),
        (Filters(issuer="鹿屋体育"), {"kanoya-r07/第2/1"}),
        (Filters(issuer="佐賀"), {"jirei-h26/事例1"}),
        (Filters(prefecture="佐賀"), {"jirei-h26/事例1"}),
        (Filters(prefecture="鹿児島県"), {"kanoya-r07/第2/1"}),
        (Filters(category="新商品"), {"jirei-h26/事例1"}),
        (Filters(year=FiscalYear(2025)), {"kanoya-r07/第2/1"}),
        (Filters(kind="kihon", year=FiscalYear(2025)), set()),
    ],
)
def test_filters(filters: Filters, expected: set[str]) -> None:
    assert passing(filters) == expected


def test_an_unknown_document_is_named() -> None:
    with pytest.raises(UnknownDocumentError, match="kihon-r99"):
        FACETS.mask(Filters(doc="kihon-r99"))


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(kind="手引"), "種類「手引」.*kihon、kikan、jirei"),
        (
            Filters(issuer="総務省"),
            "発行者「総務省」.*閣議決定、国立大学法人鹿屋体育大学、中小企業庁、佐賀県",
        ),
        (Filters(prefecture="高知県"), "都道府県「高知県」.*鹿児島県、佐賀県"),
        (Filters(category="工事"), "区分「工事」.*区分1 新商品の購入"),
        (Filters(year=FiscalYear(2024)), "年度「令和6年度」.*令和5年度、令和7年度、平成26年度"),
    ],
)
def test_an_unknown_value_is_answered_with_the_known_ones(filters: Filters, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        FACETS.mask(filters)


def test_passages_of_a_node_share_its_number() -> None:
    case = [number for number, node in zip(FACETS.nodes, ALL, strict=True) if "事例" in node]
    assert case == [4, 4, 4]


def test_saved_and_loaded(tmp_path: Path) -> None:
    FACETS.save(tmp_path)
    loaded = Facets.load(tmp_path)
    filters = Filters(prefecture="佐賀県", kind="jirei", year=FiscalYear(2014))
    assert loaded.mask(filters).tolist() == FACETS.mask(filters).tolist()  # type: ignore[union-attr]
    assert loaded.nodes.tolist() == FACETS.nodes.tolist()


def test_a_damaged_file_is_reported(tmp_path: Path) -> None:
    FACETS.save(tmp_path)
    (tmp_path / "facets.json").write_text('[["a"]]', encoding="utf-8")
    with pytest.raises(CorruptStoreError, match="kb ingest"):
        Facets.load(tmp_path)
