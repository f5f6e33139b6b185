"""`python -m eval.evidence [--write]`: fit both models, and say how they do on questions left out."""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.declining.decide import WEIGHTS as DECLINE_WEIGHTS
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
    "unanswered.jsonl": 0.5,
    "everyday.jsonl": 0.5,
}
"""What is fitted on and how much each question counts: officers' words before everyday ones, and
unanswerable questions nearer to how rarely they are asked."""
_HALVED = {"everyday.jsonl": 1}
"""Of these files only the questions of that fold are fitted on; the others are left to measure."""
_PARTS = 5
EVIDENCE_RIDGE, EVIDENCE_LEAST = 10.0, 0.33
DECLINE_RIDGE, DECLINE_LEAST = 5.0, 0.53

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
    every = {name: list(samples(kb, searcher, read_questions(_FOLDER / name))) for name in _FILES}
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
        evidence = fit_evidence(rest)
        declining = fit_declining(rest, evidence)
        for name, of_file in used.items():
            held = [item for item in of_file if _part(item) == part]
            found[name] = found.get(name, np.zeros((2, 3))) + _counts(held, evidence, declining)
    evidence = fit_evidence(used)
    declining = fit_declining(used, evidence)
    for name, fold in _HALVED.items():
        left = [item for item in every[name] if item.judged.fold != fold]
        found[f"{name}, the rest"] = _counts(left, evidence, declining)
    for name, (chosen, declined) in found.items():
        print(f"{name}: evidence {_shares(chosen)}, declining {_shares(declined)}")
    if write:
        write_model(evidence, EVIDENCE_WEIGHTS)
        write_model(declining, DECLINE_WEIGHTS)


def _part(sample: Sample) -> int:
    """Which part it is left out with; the wordings of a question stay together."""
    return zlib.crc32(sample.judged.id.encode()) % _PARTS


def fit_evidence(read: Read) -> Logistic:
    """The model that chooses evidence, of samples by the name of their file."""
    share = _shares_of_wordings(read)
    rows, labels, weights = [], [], []
    for name, of_file in read.items():
        for sample in of_file:
            if has_answer(sample):
                clear = sample.labels >= 0
                rows.append(sample.rows[clear])
                labels.append(sample.labels[clear])
                weight = _FILES[name] * share[sample.judged.id]
                weights.append(np.full(int(clear.sum()), weight))
    return fit(
        np.concatenate(rows),
        np.concatenate(labels),
        SIGNALS,
        ridge=EVIDENCE_RIDGE,
        least=EVIDENCE_LEAST,
        weights=np.concatenate(weights),
    )


def fit_declining(read: Read, evidence: Logistic) -> Logistic:
    """The model that declines, the evidence judged by `evidence`."""
    share = _shares_of_wordings(read)
    clear = [(name, item) for name, of_file in read.items() for item in of_file if _is_clear(item)]
    held = [sample for _, sample in clear]
    weights = [_FILES[name] * share[sample.judged.id] for name, sample in clear]
    return fit(
        np.array([sample.decline_row(evidence) for sample in held]),
        np.array([sample.judged.answerable is Answerable.NO for sample in held], dtype=float),
        DECLINE_SIGNALS,
        ridge=DECLINE_RIDGE,
        least=DECLINE_LEAST,
        weights=np.array(weights),
    )


def _shares_of_wordings(read: Read) -> dict[str, float]:
    """What each wording of a question counts, by its id: together they count as one."""
    wordings = Counter(sample.judged.id for of_file in read.values() for sample in of_file)
    return {id: 1 / count for id, count in wordings.items()}


def _is_clear(sample: Sample) -> bool:
    """Whether it has an answer or not; what names something absent is declined without a model."""
    absent = any(not absence.mentioned for absence in sample.query.absent)
    return sample.judged.answerable is not Answerable.PARTIAL and not absent


def _counts(held: Sequence[Sample], evidence: Logistic, declining: Logistic) -> Counts:
    """Right, taken and wanted candidates; right, declined and unanswerable among clear samples."""
    found: Counts = np.zeros((2, 3))
    for sample in held:
        if has_answer(sample):
            chosen = evidence.chances(sample.rows) >= evidence.least
            right = sample.labels == 1
            clear = sample.labels >= 0
            found[0] += (chosen & right).sum(), (chosen & clear).sum(), right.sum()
        if _is_clear(sample):
            row = sample.decline_row(evidence)[None]
            said = bool(declining.chances(row)[0] >= declining.least)
            truth = sample.judged.answerable is Answerable.NO
            found[1] += said and truth, said, truth
    return found


def _shares(counts: Counts) -> str:
    """Precision and recall."""
    right, taken, wanted = counts
    return f"{right / max(taken, 1):.3f}/{right / max(wanted, 1):.3f}"


if __name__ == "__main__":
    main()
