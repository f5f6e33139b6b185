"""`python -m eval.evidence [--write]`: fit both models, and say how they do on questions left out."""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.declining.decide import WEIGHTS as DECLINE_WEIGHTS
from assistant.declining.signals import SIGNALS as DECLINE_SIGNALS
from assistant.evidence.choice import WEIGHTS as EVIDENCE_WEIGHTS
from assistant.evidence.signals import SIGNALS
from assistant.logistic import Logistic, write_model
from eval.evidence.fit import fit
from eval.evidence.samples import Sample, has_answer, samples
from eval.questions import Answerable, read_questions
from kb.settings import load_settings
from kb.store import KnowledgeBase
from retrieval.search import Searcher

_FOLDER = Path(__file__).parents[1] / "questions"
_FILES = {"own.jsonl": 1.0, "kinds.jsonl": 1.0, "unanswered.jsonl": 1.0, "everyday.jsonl": 0.5}
"""What is fitted on and how much each question counts: officers' words before everyday ones."""
_HALVED = {"everyday.jsonl": 1}
"""Of these files only the questions of that fold are fitted on; the others are left to measure."""
_PARTS = 5
EVIDENCE_RIDGE, EVIDENCE_LEAST = 10.0, 0.3
DECLINE_RIDGE, DECLINE_LEAST = 3.0, 0.5

_Read = Mapping[str, Sequence[Sample]]


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
    for part in range(_PARTS):
        rest = {
            name: [item for item in of_file if _part(item) != part]
            for name, of_file in used.items()
        }
        held = {
            name: [item for item in of_file if _part(item) == part]
            for name, of_file in used.items()
        }
        evidence = _fit_evidence(rest)
        _print(f"{part + 1}/{_PARTS}", held, evidence, _fit_declining(rest, evidence))
    evidence = _fit_evidence(used)
    declining = _fit_declining(used, evidence)
    left = {
        name: [item for item in every[name] if item.judged.fold != fold]
        for name, fold in _HALVED.items()
    }
    _print("left out", left, evidence, declining)
    if write:
        write_model(evidence, EVIDENCE_WEIGHTS)
        write_model(declining, DECLINE_WEIGHTS)


def _part(sample: Sample) -> int:
    """Which part it is left out with; the wordings of a question stay together."""
    return zlib.crc32(sample.judged.id.encode()) % _PARTS


def _print(part: str, held: _Read, evidence: Logistic, declining: Logistic) -> None:
    for name, of_file in held.items():
        report = _evidence_report(of_file, evidence), _decline_report(of_file, evidence, declining)
        print(part, name, *report)


def _fit_evidence(read: _Read) -> Logistic:
    rows, labels, weights = [], [], []
    for name, of_file in read.items():
        for sample in of_file:
            if has_answer(sample):
                clear = sample.labels >= 0
                rows.append(sample.rows[clear])
                labels.append(sample.labels[clear])
                weights.append(np.full(int(clear.sum()), _FILES[name]))
    return fit(
        np.concatenate(rows),
        np.concatenate(labels),
        SIGNALS,
        ridge=EVIDENCE_RIDGE,
        least=EVIDENCE_LEAST,
        weights=np.concatenate(weights),
    )


def _fit_declining(read: _Read, evidence: Logistic) -> Logistic:
    held = [sample for of_file in read.values() for sample in of_file if _is_clear(sample)]
    return fit(
        np.array([sample.decline_row(evidence) for sample in held]),
        np.array([sample.judged.answerable is Answerable.NO for sample in held], dtype=float),
        DECLINE_SIGNALS,
        ridge=DECLINE_RIDGE,
        least=DECLINE_LEAST,
    )


def _is_clear(sample: Sample) -> bool:
    """Whether it has an answer or not; what names something absent is declined without a model."""
    absent = any(not absence.mentioned for absence in sample.query.absent)
    return sample.judged.answerable is not Answerable.PARTIAL and not absent


def _evidence_report(held: Sequence[Sample], model: Logistic) -> str:
    """Precision and recall of the candidates taken, over all of them."""
    right = taken = wanted = 0
    for sample in held:
        if has_answer(sample):
            chosen = model.chances(sample.rows) >= model.least
            right += int((chosen & (sample.labels == 1)).sum())
            taken += int((chosen & (sample.labels >= 0)).sum())
            wanted += int((sample.labels == 1).sum())
    return f"evidence {right / max(taken, 1):.3f}/{right / max(wanted, 1):.3f}"


def _decline_report(held: Sequence[Sample], evidence: Logistic, model: Logistic) -> str:
    """Precision and recall of declining among what is left to the model."""
    clear = [sample for sample in held if _is_clear(sample)]
    if not clear:
        return ""
    said = model.chances(np.array([item.decline_row(evidence) for item in clear])) >= model.least
    truth = np.array([item.judged.answerable is Answerable.NO for item in clear])
    right = int((said & truth).sum())
    return f"declining {right / max(int(said.sum()), 1):.3f}/{right / max(int(truth.sum()), 1):.3f}"


if __name__ == "__main__":
    main()
