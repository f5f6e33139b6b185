"""Training on a data set of a few lines: what is read, and that it teaches something."""

from __future__ import annotations

import gzip
import json
import math
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import StaticEncoder
from retrieval.lexicon import Lexicon, Term, Topic
from retrieval.training.corpora import read_sources
from retrieval.training.field import field_pairs
from retrieval.training.measure import figures
from retrieval.training.pairs import Pair
from retrieval.vocabulary import Vocabulary

_SENTENCE = "入札に参加しようとする者は、競争参加資格の確認を受けなければならない。"
_MINIMUM = "最低賃金の改定があったときは、契約金額を変更する。"
_WIKI = (
    "日本の首都である東京には多くの人が住む。",
    "首都とは国の中央政府のある都市をいう。",
    "東京の人口は日本の都市でもっとも多い。",
)
LEXICON = Lexicon(
    (
        Topic(
            "最低賃金の改定", ("最低賃金",), ("さいちんが上がったら契約の金額も変えてもらえますか",)
        ),
    ),
    (Term("国庫債務負担行為", ("国債",)),),
    (),
)
_NEXT = "確認の結果は、書面により申請者あてに通知するものとする。"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    law = {"law": "会計法", "cap": "随意契約", "text": "契約の性質が競争を許さない場合においては、"}
    question = {"title": "東京", "q": "首都は?", "p": "".join(_WIKI), "a": ["東京"]}
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
    write(folder, "law_nocaption.jsonl.gz", [law | {"text": _SENTENCE + _NEXT + _SENTENCE}])
    (folder / "laws").mkdir()
    write(folder / "laws", "articles.jsonl.gz", [law | {"cap": None, "text": _MINIMUM}])
    (folder / "text").mkdir()
    write(folder / "text", "bid_documents_fulltext.jsonl.gz", [{"text": _SENTENCE + _NEXT}])
    with gzip.open(folder / "text" / "aozora_modern.txt.gz", "wt", encoding="utf-8") as out:
        out.write("吾輩は猫である、名前はまだ無い。どこで生れたかとんと見当がつかぬ。\n")
    return folder


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    with gzip.open(folder / name, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_pairs_of_every_source(data: Path) -> None:
    pairs = {source.name: source.pairs for source in read_sources(data, LEXICON, seed=1)}
    questions, paragraphs, field = (
        pairs.pop(name) for name in ("questions", "paragraphs", "field")
    )
    assert pairs == {
        "law": (
            Pair("随意契約", "契約の性質が競争を許さない場合においては、"),
            Pair("前金払", "国は前金払をする。"),
        ),
        "articles": (Pair(_SENTENCE, _NEXT),),
        "headings": (
            Pair("資格 要件", "次の要件を満たす者"),
            Pair("通達", "分割の印のない行も学ぶ"),
        ),
        "synonyms": (Pair("按摩", "マッサージ"), Pair("按摩", "massage")),
        "paraphrases": (Pair("犬が走る", "走る犬"),),
        "bids": (Pair(_SENTENCE, _NEXT),),
        "prose": (Pair("吾輩は猫である、名前はまだ無い。", "どこで生れたかとんと見当がつかぬ。"),),
    }
    # Every crop of a passage holds the answer, whose place is known.
    assert [question.query for question in questions] == ["首都は?"] * 2
    assert all("首都である東京" in question.passage for question in questions)
    assert {pair.query.removeprefix("東京 "): pair.passage for pair in paragraphs} == {
        _WIKI[0]: _WIKI[1] + _WIKI[2],
        _WIKI[1]: _WIKI[0] + _WIKI[2],
        _WIKI[2]: _WIKI[0] + _WIKI[1],
    }
    assert {pair.group for pair in field} == {"最低賃金の改定", "国庫債務負担行為"}


def test_the_field_is_asked_as_people_say_it() -> None:
    pairs = set(field_pairs(LEXICON, [_MINIMUM, "関係のない文。"], random.Random(1)))
    sentence = _MINIMUM.rstrip("。")
    topic = "最低賃金の改定"
    assert [pair for pair in pairs if pair.query == "最低賃金"] == [
        Pair("最低賃金", sentence, topic)
    ]
    assert {pair.passage for pair in pairs if "さいちん" in pair.query} == {
        "最低賃金の改定 最低賃金",
        sentence,
    }
    assert {pair for pair in pairs if pair.group == "国庫債務負担行為"} == {
        Pair("国債", "国庫債務負担行為", "国庫債務負担行為")
    }


def test_terms_are_numbered_again_after_analysis(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from retrieval.training.tokenised import Rows, analyse, count, number

    synonyms = next(s for s in read_sources(data, LEXICON, seed=1) if s.name == "synonyms")
    analysed = analyse(synonyms, tmp_path, workers=1)
    assert count([analysed])["按摩"] == 2
    vocabulary = Vocabulary.of(["按摩", "マッサージ"])
    numbered = number(analysed, Rows(vocabulary))
    assert len(numbered.queries) == 1  # massage is not in the vocabulary
    assert numbered.queries.numbers.tolist() == vocabulary.numbers(["按摩", "按摩"]).tolist()
    assert numbered.passages.numbers[0] == vocabulary.numbers(["マッサージ"])[0]
    assert numbered.groups.tolist() == [-1]


def test_pairs_of_a_group_are_no_negatives() -> None:
    torch = pytest.importorskip("torch")
    from retrieval.training.tokenised import Bags, TokenisedSource
    from retrieval.training.train import Recipe, _loss

    each = Bags(np.array([0, 1, 2], dtype=np.int32), np.arange(4))
    vectors = torch.eye(3)
    losses = [
        _loss(
            vectors,
            TokenisedSource("field", each, each, np.array(groups), 1),
            np.arange(3),
            Recipe(scale=1.0),
            np.random.default_rng(1),
        ).item()
        for groups in ([-1, -1, -1], [0, 0, -1], [0, 0, 0])
    ]
    # Each text is its own answer; wrong ones have the cosine 0, and those of its group do not count.
    nothing = [math.log(1 + others / math.e) for others in (2, 1, 0)]
    assert losses == pytest.approx(
        [nothing[0], (2 * nothing[1] + nothing[0]) / 3, nothing[2]], abs=1e-6
    )


def test_the_command_writes_weights_that_have_learnt(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    (tmp_path / "lexicon").mkdir()
    options = ["--dimension", "16", "--epochs", "60", "--batch", "4", "--threads", "1"]
    options += ["--terms", "120", "--buckets", "64", "--lexicon", str(tmp_path / "lexicon")]
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
