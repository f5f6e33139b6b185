"""The retrieval benchmark: engines, ablations and collections, on a few clauses."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.benchmarks import retrieval
from eval.benchmarks.retrieval_ablations import ablations
from eval.benchmarks.retrieval_collections import jsquad, read_articles, with_distractors
from eval.benchmarks.retrieval_systems import (
    Bm25,
    Dense,
    SqliteTrigrams,
    System,
    Tantivy,
    Unit,
)
from eval.questions import Answerable, GoldPlace, JudgedQuestion
from kb.errors import InputError
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import load_encoder
from retrieval.search import Searcher
from tests.retrieval.small import build

UNITS = (
    Unit("a/1", "中小企業者の受注機会の増大に努める。"),
    Unit("a/2", "少額の随意契約では 見積先に含める。"),
    Unit("a/2", "見積りの続き。"),
    Unit("a/3", "物件等は、分離・分割して発注する。"),
)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return build(tmp_path_factory.mktemp("small"))


def _bm25() -> System:
    return Bm25(UNITS, JapaneseAnalyzer())


def _dense() -> System:
    return Dense(UNITS, load_encoder(Settings(), JapaneseAnalyzer()))


def _trigrams() -> System:
    return SqliteTrigrams(UNITS)


def _tantivy(tokenizer: str) -> System:
    pytest.importorskip("tantivy", reason="needs the eval extra")
    return Tantivy(UNITS, tokenizer)


@pytest.mark.parametrize(
    "make", [_bm25, _dense, _trigrams, lambda: _tantivy("ngram")], ids=lambda make: make.__name__
)
def test_engines_find_the_clause_of_the_words(make: Callable[[], System]) -> None:
    found = make().search("随意契約の見積先は？", 3)
    assert found[0] == "a/2"
    assert len(set(found)) == len(found)


def test_tantivys_default_tokenizer_splits_at_blanks_alone() -> None:
    system = _tantivy("default")
    assert system.search("随意契約", 3) == []
    assert system.search("見積先に含める。", 3) == ["a/2"]


@pytest.mark.parametrize("question", ["？", "あ"])
def test_questions_too_short_for_an_engine_find_nothing(question: str) -> None:
    assert _trigrams().search(question, 3) == []
    assert _tantivy("ngram").search(question, 3) == []


def test_every_ablation_searches(kb: KnowledgeBase) -> None:
    found = {
        ablation.name: ablation.make().search("随意契約の見積り", 3)
        for ablation in ablations(kb, Settings(home=kb.folder.parent))
    }
    assert len(found) == 15
    assert {hits[0] for hits in found.values()} == {"kihon-r05/第2/1"}


def test_measured_row() -> None:
    questions = [
        JudgedQuestion(str(number), "問い", Answerable.YES, (GoldPlace("a/1", "answer"),))
        for number in range(4)
    ]
    answers = iter([["a/1"]] * 2 + [["b/1", "a/1/(1)"]] * 2 + [["b/1"]])
    row = retrieval.measure(
        "方式",
        lambda question: [
            [place for place in question.must_find if hit.startswith(place)]
            for hit in next(answers)
        ],
        questions,
    )
    # The first answer is not counted.
    assert row.scores["hit@1"] == [1, 0, 0, 0]
    assert row.scores["hit@5"] == [1, 1, 1, 0]
    assert row.scores["recall@10"] == [1, 1, 1, 0]
    assert row.scores["nDCG@10"] == pytest.approx([1, 0.63093, 0.63093, 0], abs=1e-5)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "laws").mkdir()
    article = {"law": "会計法", "law_id": "L1", "art": "第一条", "cap": "目的", "text": "国は、"}
    write(folder / "laws" / "articles.jsonl.gz", [article, article])
    write(
        folder / "law_nocaption.jsonl.gz",
        [
            {"law": "民法", "law_id": "L2", "art": "第一条", "text": "私権は、公共の福祉に"},
            {"law": "民法", "law_id": "L2", "art": "第一条", "text": "権利の行使は、信義に"},
        ],
    )
    write(folder / "pairs_law.jsonl.gz", [article | {"art": "", "text": "附則"}])
    (folder / "jsquad_dev").mkdir()
    write(
        folder / "jsquad_dev" / "passages.jsonl.gz",
        [{"pid": "p0", "text": "梅雨は雨の多い時期。"}, {"pid": "p1", "text": "首都は東京。"}],
    )
    write(folder / "jsquad_dev" / "queries.jsonl.gz", [{"qid": "q0", "q": "首都はどこ?"}])
    (folder / "jsquad_dev" / "qrels.tsv").write_text(
        "q0\t0\tp1\t1\nq0\t0\tp0\t0\n", encoding="utf-8"
    )
    return folder


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_articles_come_once_each(data: Path) -> None:
    assert [(article.law_id, article.number, article.caption) for article in read_articles(data)] == [
        ("L1", "第一条", "目的"),
        ("L2", "第一条", ""),
        ("L2", "第一条", ""),
        ("L1", "", "目的"),
    ]  # fmt: skip


def test_law_articles_are_searched_too(kb: KnowledgeBase, data: Path, tmp_path: Path) -> None:
    more = with_distractors(kb, tmp_path, data, 4)
    assert more.counts()["passages"] == kb.counts()["passages"] + 4
    searcher = Searcher(more, Settings(home=tmp_path))
    assert searcher.search("信義に従う権利の行使")[0].id == "L2/第一条#2"
    assert searcher.search("随意契約の見積り")[0].id == "kihon-r05/第2/1"
    assert with_distractors(kb, tmp_path, data, 4).generation == more.generation
    with pytest.raises(InputError, match="4件です"):
        with_distractors(kb, tmp_path, data, 5)


def test_jsquad_is_searched_as_one_document(data: Path, tmp_path: Path) -> None:
    passages, questions = jsquad(data, tmp_path)
    assert [question.must_find for question in questions] == [("jsquad/p1",)]
    assert questions[0].gold[0].quote == "首都は東京。"
    hits = Searcher(passages, Settings(home=tmp_path)).search(questions[0].question)
    assert hits[0].id == "jsquad/p1"


def test_missing_data_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"articles\.jsonl\.gz.*読めません"):
        list(read_articles(tmp_path))


def test_a_bad_count_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    command = ["retrieval", "--keep", str(tmp_path), "--distract", "many", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as stopped:
        retrieval.main()
    assert stopped.value.code == 2
    assert "--distract の件数「many」は使えません" in capsys.readouterr().err


def test_the_command_prints_a_row_a_system_and_says_what_it_skips(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    gold = {"id": "kihon-r05/第1/2", "role": "answer", "quote": "国", "start": 1139, "end": 1175}
    questions = tmp_path / "questions.jsonl"
    row = {"id": "1", "question": "国等全体の目標は", "answerable": "yes", "gold": [gold]}
    questions.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    command = ["retrieval", str(questions), "--keep", str(tmp_path), "--only", "本システム"]
    monkeypatch.setattr(sys, "argv", command)
    retrieval.main()
    printed = capsys.readouterr().out
    assert "| questions.jsonl（1問） | 本システム | 1.000 [1.000, 1.000] |" in printed
    assert "jsquad_dev：データがないので測りません" in printed
