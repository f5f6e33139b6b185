"""Reports on disk, two runs compared, and the bounds that must hold."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.reports import changes, last_report, read_report, saved_report, write_last, write_reports
from eval.reports.figures import bars, first_ranks, groups, seconds
from eval.thresholds import read_thresholds, shortfalls
from kb.errors import InputError


def row(id: str, hit: float, *, answerable: str = "yes", rank: int | None = 1) -> dict[str, Any]:
    return {
        "id": id,
        "question": f"{id}は<b>何</b>か",
        "type": "lookup",
        "answerable": answerable,
        "gold": ["a/1"],
        "ranks": {"a/1": rank},
        "hits": ["a/1"],
        "citations": ["a/1"],
        "answer": "a/1は<script>である[1]",
        "abstained": False,
        "abstention_correct": True,
        "measures": {"hit@1": hit, "hallucinated_ids": 0.0},
        "search_seconds": 0.002,
        "answer_seconds": 0.004,
    }


def document(*rows: dict[str, Any]) -> dict[str, Any]:
    return {
        "measures": {"hit@1": 0.5, "partial/hit@1": 1.0, "facts": None},
        "per_question": list(rows),
        "run": {"質問": "q.jsonl"},
    }


SHIFT = [row(f"Q{n}", 0.0, rank=None) for n in range(12)]
GAIN = [row(f"Q{n}", 1.0) for n in range(12)]


def test_scores_are_over_the_questions_of_the_mean() -> None:
    report = saved_report(document(row("Q1", 1.0), row("Q2", 0.0, answerable="partial")))
    assert report.scores("hit@1") == {"Q1": 1.0}
    assert report.scores("hallucinated_ids") == {"Q1": 0.0, "Q2": 0.0}


def test_files_hold_every_question_and_no_markup_of_their_words(tmp_path: Path) -> None:
    value = document(row("Q1", 1.0), row("Q2", 0.0, rank=None))
    written = write_reports(tmp_path / "out", value, saved_report(value))
    assert [path.name for path in written] == ["report.json", "report.md", "report.html"]
    assert read_report(written[0]) == saved_report(value)
    assert "| Q2 |" in written[1].read_text(encoding="utf-8")
    assert "| Q1 |" not in written[1].read_text(encoding="utf-8")
    page = Page()
    page.feed(written[2].read_text(encoding="utf-8"))
    assert page.addresses == []
    assert page.tags.count("details") == 2
    assert page.tags.count("script") == 1
    assert "b" not in page.tags


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def test_plots_are_drawn_from_the_rows() -> None:
    report = saved_report(
        document(row("Q1", 1.0), row("Q2", 0.0, rank=None), row("Q3", 0.0, rank=3))
    )
    bar = bars(report)[0]
    assert (bar.name, round(bar.value.mean, 3), bar.questions) == ("1位的中率", 0.333, 3)
    assert dict(first_ranks(report)) == {str(n): 0 for n in range(1, 11)} | {
        "1": 1,
        "3": 1,
        "なし": 1,
    }
    assert [(group.name, group.questions) for group in groups(report)] == [("lookup", 3)]
    times = seconds(report)
    assert times is not None
    assert (sum(times.counts), times.top) == (3, 4.0)


def test_a_gain_on_every_question_is_no_chance() -> None:
    found = {
        item.measure: item
        for item in changes(saved_report(document(*SHIFT)), saved_report(document(*GAIN)))
    }
    change = found["hit@1"]
    assert (change.before, change.now, change.questions, change.verdict) == (0.0, 1.0, 12, "better")
    assert change.better == tuple(f"Q{n}" for n in range(12))
    assert change.worse == ()
    assert found["hallucinated_ids"].verdict == "same"


def test_one_question_more_may_be_chance() -> None:
    found = changes(saved_report(document(*SHIFT)), saved_report(document(GAIN[0], *SHIFT[1:])))
    assert found[0].verdict == "same"
    assert found[0].better == ("Q0",)


def test_runs_without_a_common_question_are_refused() -> None:
    with pytest.raises(InputError, match="共通の質問がありません"):
        changes(saved_report(document(row("A", 1.0))), saved_report(document(row("B", 1.0))))


def test_the_newest_report_is_kept_beside_the_knowledge_base(tmp_path: Path) -> None:
    write_last(tmp_path, document(row("Q1", 1.0)))
    write_last(tmp_path, document(row("Q2", 1.0)))
    assert [item.id for item in read_report(last_report(tmp_path)).per_question] == ["Q2"]
    assert [path.name for path in last_report(tmp_path).parent.iterdir()] == ["last.json"]


@pytest.mark.parametrize("content", ["", "[]", '{"measures": {}}', "\x00"])
def test_what_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="評価結果（JSON）として読めません"):
        read_report(path)


def test_a_report_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="読めません"):
        read_report(tmp_path / "none.json")


def test_bounds_hold_on_their_side(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(
        '[own]\nquestions = "own.jsonl"\nat_least = { "hit@1" = 0.5, "facts" = 0.9 }\n'
        'at_most = { "hallucinated_ids" = 0.0 }\n',
        encoding="utf-8",
    )
    own = read_thresholds(path)["own"]
    assert own.questions == tmp_path / "own.jsonl"
    assert shortfalls(own, {"hit@1": 0.5, "facts": 0.9, "hallucinated_ids": 0.0}) == ()
    missed = shortfalls(own, {"hit@1": 0.49, "hallucinated_ids": 0.1})
    assert [(item.measure, item.value) for item in missed] == [
        ("hit@1", 0.49),
        ("facts", None),
        ("hallucinated_ids", 0.1),
    ]
    assert missed[0].japanese == "1位的中率（hit@1）は0.490で、基準の0.500以上に届きません"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("own = 3", "own"),
        ("[own]\nat_least = {}", "questions"),
        ('[own]\nquestions = "q"\nat_leats = {}', "at_leats"),
        ("[own", "TOML"),
    ],
)
def test_a_wrong_thresholds_file_is_named(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_thresholds(path)


def test_json_of_a_report_survives_the_disk(tmp_path: Path) -> None:
    value = document(row("Q1", 1.0))
    write_reports(tmp_path, value, saved_report(value))
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == value
