"""`python -m eval.evidence [--write]`: fit the models of answers and say how they do on questions left out."""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.declining.decide import OUTSIDE_WEIGHTS
from assistant.declining.decide import WEIGHTS as DECLINE_WEIGHTS
from assistant.declining.field import FIELD_SIGNALS
from assistant.declining.signals import SIGNALS as DECLINE_SIGNALS
from assistant.evidence.choice import WEIGHTS as EVIDENCE_WEIGHTS
from assistant.evidence.signals import SIGNALS
from assistant.logistic import Logistic, Matrix, write_model
from eval.evidence.fit import fit
from eval.evidence.samples import Sample, has_answer, samples
from eval.questions import Answerable, read_questions
from kb.settings import load_settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher

_FOLDER = Path(__file__).parents[1] / "questions"
_FILES = {
    "own.jsonl": 1.0,
    "kinds.jsonl": 1.0,
    "clerks.jsonl": 1.0,
    "officers.jsonl": 1.0,
    "beside.jsonl": 0.5,
    "unanswered.jsonl": 0.5,
    "everyday.jsonl": 0.5,
}
"""What is fitted on and how much each question counts: officers' words before everyday ones, and
unanswerable questions nearer to how rarely they are asked."""
_OUTSIDE = "outside.jsonl"
"""Questions about other matters: only the model that tells those is fitted on them."""
_HALVED = {"everyday.jsonl": 1}
"""Of these files only the questions of that fold are fitted on; the others are left to measure."""
_AGAINST = (*DECLINE_SIGNALS, *FIELD_SIGNALS)
_PARTS = 5
EVIDENCE_RIDGE, EVIDENCE_LEAST = 10.0, 0.33
DECLINE_RIDGE, DECLINE_LEAST = 10.0, 0.57
UNSAID_RIDGE = 110.0
"""Of the many columns that say what is left unsaid."""
OUTSIDE_RIDGE, OUTSIDE_LEAST = 5.0, 0.965

Read = Mapping[str, Sequence[Sample]]
Counts = Matrix


def main() -> None:
    """Fit, print and, with --write, replace the shipped weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    settings = load_settings()
    kb = KnowledgeBase.open(settings.home)
    searcher = Searcher(kb, settings)
    every = {
        name: list(samples(kb, searcher, read_questions(_FOLDER / name)))
        for name in (*_FILES, _OUTSIDE)
    }
    used = {
        name: [item for item in of_file if item.judged.fold == _HALVED.get(name, item.judged.fold)]
        for name, of_file in every.items()
    }
    found: dict[str, Counts] = {}
    for part in range(_PARTS):
        rest = {
            name: [item for item in of_file if _part(item) != part]
            for name, of_file in used.items()
        }
        models = _fitted(rest)
        for name, of_file in used.items():
            held = [item for item in of_file if _part(item) == part]
            found[name] = found.get(name, np.zeros((2, 3))) + _counts(held, models)
    models = _fitted(used)
    for name, fold in _HALVED.items():
        left = [item for item in every[name] if item.judged.fold != fold]
        found[f"{name}, the rest"] = _counts(left, models)
    for name, (chosen, declined) in found.items():
        print(f"{name}: evidence {_shares(chosen)}, declining {_shares(declined)}")
    if write:
        write_model(models.evidence, EVIDENCE_WEIGHTS)
        write_model(models.declining, DECLINE_WEIGHTS)
        write_model(models.outside, OUTSIDE_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Models:
    """What chooses evidence, what declines, and what tells other matters."""

    evidence: Logistic
    declining: Logistic
    outside: Logistic


def _fitted(read: Read) -> Models:
    evidence = fit_evidence(read)
    rows = {sample: sample.decline_row(evidence) for of_file in read.values() for sample in of_file}
    return Models(evidence, fit_declining(read, rows), fit_outside(read, rows))


def _part(sample: Sample) -> int:
    """Which part it is left out with; the wordings of a question stay together."""
    return zlib.crc32(sample.judged.id.encode()) % _PARTS


def fit_evidence(read: Read) -> Logistic:
    """The model that chooses evidence, of samples by the name of their file."""
    rows, labels, weights = [], [], []
    for sample, weight in _weighed(read):
        if has_answer(sample):
            clear = sample.labels >= 0
            rows.append(sample.rows[clear])
            labels.append(sample.labels[clear])
            weights.append(np.full(int(clear.sum()), weight))
    return fit(
        np.concatenate(rows),
        np.concatenate(labels),
        SIGNALS,
        ridge=EVIDENCE_RIDGE,
        least=EVIDENCE_LEAST,
        weights=np.concatenate(weights),
    )


def fit_declining(read: Read, rows: Mapping[Sample, Matrix]) -> Logistic:
    """The model that declines, of the samples' signals and what is left unsaid of them."""
    clear = [(sample, weight) for sample, weight in _weighed(read) if _is_clear(sample)]
    against = np.array([rows[sample] for sample, _ in clear])
    dimension = against.shape[1] - len(_AGAINST)
    return fit(
        against,
        np.array([sample.judged.answerable is Answerable.NO for sample, _ in clear], dtype=float),
        (*_AGAINST, *(f"left_unsaid_{number}" for number in range(dimension))),
        ridge=np.repeat([DECLINE_RIDGE, UNSAID_RIDGE], [len(_AGAINST), dimension]),
        least=DECLINE_LEAST,
        weights=np.array([weight for _, weight in clear]),
    )


def fit_outside(read: Read, rows: Mapping[Sample, Matrix]) -> Logistic:
    """The model that tells other matters from what is answered; both sides count the same."""
    inside = [(sample, weight) for sample, weight in _weighed(read) if has_answer(sample)]
    outside = read[_OUTSIDE]
    weights = np.array([weight for _, weight in inside])
    every = np.array([rows[item] for item in (*(item for item, _ in inside), *outside)])
    return fit(
        every[:, : len(_AGAINST)],
        np.repeat([0.0, 1.0], [len(inside), len(outside)]),
        _AGAINST,
        ridge=OUTSIDE_RIDGE,
        least=OUTSIDE_LEAST,
        weights=np.concatenate([weights, np.full(len(outside), weights.sum() / len(outside))]),
    )


def _weighed(read: Read) -> Iterator[tuple[Sample, float]]:
    """The samples within the field with what each counts; the wordings of a question share its weight."""
    share = _shares_of_wordings(read)
    for name, weight in _FILES.items():
        for sample in read[name]:
            yield sample, weight * share[sample.judged.id]


def _shares_of_wordings(read: Read) -> dict[str, float]:
    """What each wording of a question counts, by its id: together they count as one."""
    wordings = Counter(sample.judged.id for of_file in read.values() for sample in of_file)
    return {id: 1 / count for id, count in wordings.items()}


def _is_clear(sample: Sample) -> bool:
    """Whether it has an answer or not; what names something absent is declined without a model."""
    absent = any(not absence.mentioned for absence in sample.query.absent)
    return sample.judged.answerable is not Answerable.PARTIAL and not absent


def _counts(held: Sequence[Sample], models: Models) -> Counts:
    """Right, taken and wanted candidates; right, declined and unanswerable among clear samples."""
    found: Counts = np.zeros((2, 3))
    for sample in held:
        if has_answer(sample):
            chosen = models.evidence.counts(sample.rows)
            right = sample.labels == 1
            clear = sample.labels >= 0
            found[0] += (chosen & right).sum(), (chosen & clear).sum(), right.sum()
        if _is_clear(sample):
            row = sample.decline_row(models.evidence)[None]
            outside = models.outside.counts(row[:, : len(_AGAINST)])[0]
            said = bool(outside or models.declining.counts(row)[0])
            truth = sample.judged.answerable is Answerable.NO
            found[1] += said and truth, said, truth
    return found


def _shares(counts: Counts) -> str:
    """Precision and recall."""
    right, taken, wanted = counts
    return f"{right / max(taken, 1):.3f}/{right / max(wanted, 1):.3f}"


if __name__ == "__main__":
    main()
