"""`python -m eval.benchmarks.retrieval`: one table of what each part of the search is worth.

Rows: the product's search, the same with each part left out in turn, and other engines over the
same passages. Brackets are 95 % bootstrap intervals; the last column is nDCG@10 less that of the
whole search, with the p-value of a paired sign-flip test.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from eval.benchmarks.llamaindex_stock import Stock, StockPipeline
from eval.benchmarks.quality import covered_by, is_comparable
from eval.benchmarks.retrieval_ablations import Ablation, ablations
from eval.benchmarks.retrieval_collections import jsquad, shipped, with_distractors
from eval.benchmarks.retrieval_systems import (
    Bm25,
    Dense,
    SqliteTrigrams,
    System,
    Tantivy,
    Unit,
)
from eval.intervals import Interval, compare, interval
from eval.measures.ranking import DEPTH, Found, Ranking, found_by
from eval.questions import JudgedQuestion, read_questions
from kb.errors import KbError, OptionError
from kb.settings import Settings
from kb.store import KnowledgeBase
from retrieval.analysis import JapaneseAnalyzer
from retrieval.encoder import load_encoder

_QUESTIONS = Path(__file__).resolve().parent.parent / "questions"
_GOLD = Path("gold", "questions-dev.jsonl")
_MEASURES = tuple(Ranking(name) for name in ("hit@1", "hit@5", "recall@10", "nDCG@10"))
_DECISIVE = _MEASURES[-1]

Find = Callable[[JudgedQuestion], Found]


@dataclass(frozen=True, slots=True)
class Contender:
    """A system by name, and how to make it."""

    name: str
    make: Callable[[], Find]


@dataclass(frozen=True, slots=True)
class Row:
    """What one system scores on one set; `scores` by measure, one a question."""

    name: str
    scores: dict[str, list[float]]
    milliseconds: tuple[float, float]


def main() -> None:
    """Print the table; exit 2 with one line when a part cannot be run."""
    options = _arguments()
    try:
        with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
            _run(options, options.keep or Path(folder))
    except KbError as error:
        print(f"エラー: {error}", file=sys.stderr)
        sys.exit(2)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.retrieval")
    parser.add_argument(
        "questions", nargs="*", type=Path, help="判定付き質問のファイル（省くと同梱のもの）"
    )
    parser.add_argument("--shared", type=Path, help="gold/ と data/ のあるフォルダー")
    parser.add_argument(
        "--distract",
        nargs=2,
        metavar=("N", "DATA"),
        help="DATA フォルダーの法令の条をN件加えて探す",
    )
    parser.add_argument("--only", help="名前にこの語を含む方式だけを測る（例: 本システム）")
    parser.add_argument("--keep", type=Path, help="知識ベースをこのフォルダーに残して使い回す")
    return parser.parse_args()


def _run(options: argparse.Namespace, folder: Path) -> None:
    count, data = options.distract or ("0", "")
    wanted = _count(count)
    kb = shipped(folder / "shipped")
    if wanted:
        kb = with_distractors(kb, folder / f"distract-{wanted}", Path(data), wanted)
    print(f"知識ベース：{kb.counts()['passages']:,}節\n")
    print(_head())
    contenders = [*_ours(kb), *_others(kb)]
    for name, questions in _sets(options):
        if comparable := [*filter(is_comparable, questions)]:
            _print_set(name, comparable, contenders, options.only)
    if options.shared and (options.shared / "data" / "jsquad_dev").is_dir():
        kb, asked = jsquad(options.shared / "data", folder / "jsquad")
        _print_set("jsquad_dev", asked, [*_ours(kb), *_others(kb)], options.only)
    else:
        print("\njsquad_dev：データがないので測りません（--shared で場所を指定できます）。")


def _sets(options: argparse.Namespace) -> Iterator[tuple[str, tuple[JudgedQuestion, ...]]]:
    files = options.questions or sorted(_QUESTIONS.glob("*.jsonl"))
    if options.shared and not options.questions:
        files = [*files, options.shared / _GOLD]
    for file in files:
        yield file.name, read_questions(file)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise OptionError(f"--distract の件数「{text}」は使えません。0以上の整数にしてください。")
    return int(text)


def _ours(kb: KnowledgeBase) -> Iterator[Contender]:
    settings = Settings(home=kb.folder)
    for ablation in ablations(kb, settings):
        yield Contender(ablation.name, partial(_made, ablation))


def _others(kb: KnowledgeBase) -> Iterator[Contender]:
    analyzer = JapaneseAnalyzer()
    encoder = load_encoder(Settings(home=kb.folder), analyzer)

    def units() -> list[Unit]:
        """Every engine reads the same: headings above, heading, words."""
        return [
            Unit(passage.node, "\n".join((*passage.breadcrumbs, passage.heading, passage.text)))
            for passage in kb.passages()
        ]

    yield Contender("BM25（本システムの語）", lambda: _by_id(Bm25(units(), analyzer)))
    yield Contender("埋め込みだけ", lambda: _by_id(Dense(units(), encoder)))
    yield Contender("SQLite FTS5 trigram", lambda: _by_id(SqliteTrigrams(units())))
    yield Contender("tantivy default", lambda: _by_id(Tantivy(units(), "default")))
    yield Contender("tantivy ngram", lambda: _by_id(Tantivy(units(), "ngram")))

    def stock() -> Find:
        texts = [(document.id, kb.text(document.id)) for document in kb.documents()]
        pipeline = StockPipeline.build(texts, encoder)
        return lambda question: [
            covered_by(question, chunk)
            for chunk in pipeline.search(question.question, DEPTH, Stock.FUSION)
        ]

    yield Contender("LlamaIndex標準", stock)


def _made(ablation: Ablation) -> Find:
    return _by_id(ablation.make())


def _by_id(system: System) -> Find:
    return lambda question: found_by(system.search(question.question, DEPTH), question.must_find)


def _print_set(
    name: str,
    questions: Sequence[JudgedQuestion],
    contenders: Sequence[Contender],
    only: str | None,
) -> None:
    whole: Row | None = None
    for contender in contenders:
        if only is None or only in contender.name:
            row = measure(contender.name, contender.make(), questions)
            whole = whole or row
            print(_line(f"{name}（{len(questions)}問）", row, whole), flush=True)


def measure(name: str, find: Find, questions: Sequence[JudgedQuestion]) -> Row:
    """Ask every question once, after one that does not count (it opens files)."""
    find(questions[0])
    seconds: list[float] = []
    scores: dict[str, list[float]] = {measure.name: [] for measure in _MEASURES}
    for question in questions:
        began = time.perf_counter()
        found = find(question)
        seconds.append(time.perf_counter() - began)
        for ranking in _MEASURES:
            scores[ranking.name].append(ranking.of_found(found, question.must_find))
    p50, p95 = np.percentile(np.array(seconds) * 1000, (50, 95)).tolist()
    return Row(name, scores, (p50, p95))


def _head() -> str:
    names = [measure.name for measure in _MEASURES]
    columns = ["集合", "方式", *names, "p50 ms", "p95 ms", "nDCG@10の差"]
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


def _line(group: str, row: Row, whole: Row) -> str:
    cells = [str(_interval(row, measure)) for measure in _MEASURES]
    cells += [f"{value:.1f}" for value in row.milliseconds]
    if row is whole:
        cells.append("-")
    else:
        difference = compare(row.scores[_DECISIVE.name], whole.scores[_DECISIVE.name])
        cells.append(f"{difference.difference.mean:+.3f} (p = {difference.p:.4f})")
    return f"| {group} | {row.name} | {' | '.join(cells)} |"


def _interval(row: Row, measure: Ranking) -> Interval:
    return interval(row.scores[measure.name])


if __name__ == "__main__":
    main()
