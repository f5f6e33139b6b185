"""Ids of the shipped documents are found again on damaged copies."""

from __future__ import annotations

import pytest

from eval.damage import DAMAGES, Recovery, recover
from ingest.manifest import load_manifest
from kb.resources import CORPUS
from tests.conftest import REPOSITORY


def shipped(doc: str, damage: str, seed: int = 0) -> Recovery:
    path = CORPUS / f"{doc}.txt"
    return recover(path, load_manifest(CORPUS).entry_for(path), damage, seed)


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "番号の欠落"])
@pytest.mark.parametrize(("doc", "ids"), [("shigaku-r08", 50), ("jirei-h26", 26)])
def test_every_id_is_found_again(doc: str, ids: int, damage: str) -> None:
    result = shipped(doc, damage)
    assert (result.wanted, result.missed, result.invented) == (ids, (), 0)


@pytest.mark.parametrize("doc", ["kihon-r05", "kanoya-r07"])
def test_all_damages_together(doc: str) -> None:
    result = shipped(doc, "重ね合わせ", 1)
    assert result.share >= 0.98
    assert result.invented == 0


def test_where_numbers_are_lost_the_others_keep_their_ids() -> None:
    for doc in ("shigaku-r08", "kanoya-r07", "kihon-r05"):
        result = shipped(doc, "番号の欠落", 1)
        assert result.share >= 0.98, (doc, result.missed)


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "番号の欠落"])
def test_other_documents_lose_no_ids_either(damage: str) -> None:
    for path in sorted((REPOSITORY / "tests" / "ingest" / "texts").glob("*.txt")):
        result = recover(path, None, damage, 0)
        assert (result.missed, result.invented) == ((), 0), path.name
