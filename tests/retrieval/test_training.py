"""Training on a data set of a few lines: what is read, and that it teaches something."""

from __future__ import annotations

import gzip
import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import StaticEncoder
from retrieval.training.corpora import Pair, read_sources
from retrieval.training.measure import figures
from retrieval.vocabulary import Vocabulary

_SENTENCE = "入札に参加しようとする者は、競争参加資格の確認を受けなければならない。"
_NEXT = "確認の結果は、書面により申請者あてに通知するものとする。"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    law = {"law": "会計法", "cap": "随意契約", "text": "契約の性質が競争を許さない場合においては、"}
    question = {"title": "x", "q": "首都は?", "p": "日本の首都は東京である。", "a": "東京"}
    write(
        folder,
        "pairs_law.jsonl.gz",
        [law, law, law | {"cap": "前金払", "text": "国は前金払をする。"}],
    )
    write(
        folder,
        "pairs_qa.jsonl.gz",
        [question | {"split": "train"}, question | {"split": "dev", "q": "測るためだけの問い"}],
    )
    write(
        folder,
        "pairs_gov.jsonl.gz",
        [
            {"head": ["説明書", "資格", "要件"], "text": "次の要件を満たす者", "split": "train"},
            {"head": ["通達"], "text": "分割の印のない行も学ぶ"},
        ],
    )
    write(folder, "synonyms-sudachi.jsonl.gz", [{"words": ["按摩", "マッサージ", "massage"]}])
    write(
        folder,
        "sts.jsonl.gz",
        [
            {"src": "jsts", "split": "train", "a": "犬が走る", "b": "走る犬", "score": 4.8},
            {"src": "jsts", "split": "train", "a": "犬が走る", "b": "猫が寝る", "score": 0.5},
            {"src": "jsts", "split": "valid", "a": "鳥が飛ぶ", "b": "飛ぶ鳥", "score": 5.0},
        ],
    )
    (folder / "text").mkdir()
    write(folder / "text", "bid_documents_fulltext.jsonl.gz", [{"text": _SENTENCE + _NEXT}])
    with gzip.open(folder / "text" / "aozora_modern.txt.gz", "wt", encoding="utf-8") as out:
        out.write("吾輩は猫である、名前はまだ無い。どこで生れたかとんと見当がつかぬ。\n")
    return folder


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    with gzip.open(folder / name, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_pairs_of_every_source(data: Path) -> None:
    pairs = {source.name: source.pairs for source in read_sources(data, seed=1)}
    assert pairs == {
        "law": (
            Pair("随意契約", "契約の性質が競争を許さない場合においては、"),
            Pair("前金払", "国は前金払をする。"),
        ),
        "qa": (Pair("首都は?", "日本の首都は東京である。"),),
        "gov": (
            Pair("資格 要件", "次の要件を満たす者"),
            Pair("通達", "分割の印のない行も学ぶ"),
        ),
        "synonyms": (Pair("按摩", "マッサージ"), Pair("按摩", "massage")),
        "sts": (Pair("犬が走る", "走る犬"),),
        "bids": (Pair(_SENTENCE, _NEXT),),
        "prose": (Pair("吾輩は猫である、名前はまだ無い。", "どこで生れたかとんと見当がつかぬ。"),),
    }


def test_terms_are_numbered_again_after_analysis(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from retrieval.training.tokenised import analyse, count, number

    synonyms = next(s for s in read_sources(data, seed=1) if s.name == "synonyms")
    analysed = analyse(synonyms, tmp_path, workers=1)
    assert count([analysed])["按摩"] == 2
    numbered = number(analysed, Vocabulary(["按摩", "マッサージ"]))
    assert len(numbered.queries) == 1  # massage is not in the vocabulary
    assert numbered.queries.numbers.tolist() == [0, 0]
    assert numbered.passages.numbers.tolist()[0] == 1


def test_the_command_writes_weights_that_have_learnt(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    options = ["--dimension", "16", "--epochs", "60", "--batch", "4", "--threads", "1"]
    places = ["--data", str(data), "--out", str(tmp_path / "weights"), "--cache", str(tmp_path)]
    command = [sys.executable, "-m", "retrieval.training", *places, *options]
    root = Path(__file__).resolve().parents[2]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    encoder = StaticEncoder(JapaneseAnalyzer(), tmp_path / "weights")
    heading, own, other = encoder.encode_queries(
        ["随意契約", "契約の性質が競争を許さない場合においては、", "国は前金払をする。"]
    )
    assert encoder.dimension == 16
    assert heading @ own > heading @ other + 0.3


def test_figures_of_a_ranking() -> None:
    scores = np.array([[0.9, 0.5, 0.1], [0.2, 0.8, 0.4]], dtype=np.float32)
    found = figures(scores, (frozenset({0}), frozenset({0, 2})))
    second = (1 / math.log2(3) + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    assert found.accuracy_at_1 == 0.5
    assert found.ndcg_at_10 == pytest.approx((1 + second) / 2)
    assert found.recall_at_10 == 1
