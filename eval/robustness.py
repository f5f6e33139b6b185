"""`python -m eval.robustness QUESTIONS`: what questions lose when they are written otherwise."""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.measures.ranking import DEPTH, found_by
from eval.questions import Answerable, JudgedQuestion, read_questions
from eval.rewording import Rewording, rewordings
from kb.resources import CORPUS
from kb.settings import load_settings
from kb.store import KnowledgeBase
from retrieval.lexicon import load_lexicon
from retrieval.search import Searcher


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions of hit@1, hit@5 and recall@10."""

    first: float
    among_five: float
    recall: float

    def __str__(self) -> str:
        return f"{self.first:.3f} {self.among_five:.3f} {self.recall:.3f}"


@dataclass(frozen=True, slots=True)
class Loss:
    """Questions changed in one way, as they stand and as changed, and what each lost of recall."""

    kind: str
    before: Figures
    after: Figures
    lost: tuple[tuple[str, str, float], ...]


def measure_losses(
    searcher: Searcher,
    questions: Sequence[JudgedQuestion],
    kinds: dict[str, Rewording],
    seed: int,
) -> list[Loss]:
    """Search every question as it stands and in every rewording that changes it."""
    asked = [q for q in questions if q.answerable is Answerable.YES and q.must_find]
    plain = {question.id: _figures(searcher, question.question, question) for question in asked}
    losses: list[Loss] = []
    for kind, change in kinds.items():
        before: list[Figures] = []
        after: list[Figures] = []
        lost: list[tuple[str, str, float]] = []
        for question in asked:
            text = change(question.question, random.Random(f"{seed} {kind} {question.id}"))
            if text != question.question:
                before.append(plain[question.id])
                after.append(_figures(searcher, text, question))
                gap = _sum(before[-1]) - _sum(after[-1])
                if gap > 0:
                    lost.append((question.id, text, gap))
        if before:
            losses.append(Loss(kind, _mean(before), _mean(after), tuple(lost)))
    return losses


def _figures(searcher: Searcher, text: str, question: JudgedQuestion) -> Figures:
    hits = [hit.id for hit in searcher.search(text, DEPTH)]
    found = found_by(hits, question.must_find)
    places = {place for of_hit in found for place in of_hit}
    return Figures(
        float(any(map(bool, found[:1]))),
        float(any(map(bool, found[:5]))),
        len(places) / len(question.must_find),
    )


def _sum(figures: Figures) -> float:
    return figures.first + figures.among_five + figures.recall


def _mean(rows: Sequence[Figures]) -> Figures:
    return Figures(
        sum(row.first for row in rows) / len(rows),
        sum(row.among_five for row in rows) / len(rows),
        sum(row.recall for row in rows) / len(rows),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line a kind; with --show, every question that lost something."""
    parser = argparse.ArgumentParser(prog="python -m eval.robustness")
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args(arguments)
    questions = [
        question
        for path in chosen.questions
        for question in read_questions(path)
        if chosen.fold in (None, question.fold)
    ]
    settings = load_settings()
    searcher = Searcher(KnowledgeBase.open(settings.home), settings)
    kinds = dict(rewordings(load_lexicon([CORPUS / "lexicon"])))
    print("変え方     問数  もとのまま          変えたあと          （hit@1 hit@5 recall@10）")
    for loss in measure_losses(searcher, questions, kinds, chosen.seed):
        print(f"{loss.kind}\t{loss.before}\t{loss.after}")
        for id, text, gap in loss.lost if chosen.show else ():
            print(f"    -{gap:.2f} {id} {text}")


if __name__ == "__main__":
    main()
