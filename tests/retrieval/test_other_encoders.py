"""A knowledge base under another encoder, and under a cross-encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import ingest
from kb.errors import StoreError
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval import index
from retrieval.encoder import load_reranker
from retrieval.index import ENCODER, meaning_of
from retrieval.search import Searcher
from tests.retrieval.small import build
from tests.retrieval.tiny_model import save_cross_encoder, save_encoder

_TEXT = """第1 入札
競争入札に参加する者に必要な資格を定める。
第2 契約
少額の随意契約では、新規中小企業者を見積先に含める。
"""


def test_changing_the_encoder_embeds_anew_and_mixes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "規程.txt"
    file.write_text(_TEXT, encoding="utf-8")
    model = tmp_path / "model"
    shipped = Settings(home=tmp_path / "home")
    neural = Settings(home=tmp_path / "home", encoder=save_encoder(model))

    first = ingest([file], shipped, index).generation
    assert_refused(neural)
    second = ingest([file], neural, index).generation
    assert second != first
    assert_refused(shipped)
    hits = Searcher(KnowledgeBase.open(neural.home), neural).search("随意契約の見積先")
    assert "随意契約" in hits[0].text
    assert ingest([file], neural, index).generation == second

    # Other weights in the same folder, of the same length of vectors and then of another.
    save_encoder(model, seed=2)
    assert_refused(neural)
    save_encoder(model, size=24)
    assert_refused(neural)
    third = ingest([file], neural, index).generation
    assert third not in (first, second)
    kb = KnowledgeBase.open(neural.home)
    assert kb.manifest.versions[ENCODER].startswith("neural-")
    assert Searcher(kb, neural).search("随意契約の見積先")[0].id == hits[0].id


def assert_refused(settings: Settings) -> None:
    with pytest.raises(StoreError, match=r"別の埋め込みモデル.*kb ingest"):
        Searcher(KnowledgeBase.open(settings.home), settings)


def test_a_cross_encoder_adds_its_score_to_each_hit(tmp_path: Path) -> None:
    kb = build(tmp_path)
    settings = Settings(home=tmp_path, reranker=save_cross_encoder(tmp_path / "model"))
    question = "分離・分割して発注する"
    before = {hit.id: hit for hit in Searcher(kb, Settings(home=tmp_path)).search(question)}
    after = Searcher(kb, settings).search(question)
    reranker = load_reranker(settings)
    assert reranker is not None
    read = {passage.node: meaning_of(passage) for passage in kb.passages() if passage.part == 0}
    clauses = [hit for hit in after if not hit.case]
    assert len(clauses) == 4
    for hit in clauses:
        added = float(reranker.scores(question, [read[hit.id]])[0])
        assert hit.score == pytest.approx(before[hit.id].score + added, abs=1e-4)
    assert [hit.score for hit in after] == sorted((hit.score for hit in after), reverse=True)


def test_without_a_setting_nothing_is_reranked() -> None:
    assert load_reranker(Settings()) is None
