"""Clauses of different documents that say nearly the same: grouped, never merged.

Agencies copy the basic policy, often word for word and sometimes several clauses of it into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.documents import Document, DocumentKind, Passage
from retrieval.analysis import normalise

Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]

LEAST = 0.4
"""Likeness from which two passages are parallel; a clause that takes in another has 1."""
NEAR = 0.6
"""Likeness from which two passages say nearly the same."""
KEPT = 12
"""Parallels kept of each passage."""

_SIZE = 6
"""Length of the character sequences compared: shorter ones are shared by any two policies."""
_SHARED = 20
"""Sequences that two passages must share: below that it is a formula or a name."""
_COMMON = 400
_PAIRS = 8_000_000
_FACTOR = np.uint64(1_099_511_628_211)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Parallels:
    """Parallels of passage i: `positions[starts[i]:starts[i + 1]]`, the most alike first."""

    starts: Positions
    positions: npt.NDArray[np.int32]
    likeness: Scores

    @classmethod
    def build(cls, passages: Sequence[Passage], documents: Mapping[str, Document]) -> Parallels:
        """Compare the passages of different documents; laws are left out."""
        docs: dict[str, int] = {}
        doc_of = np.array(
            [docs.setdefault(passage.doc, len(docs)) for passage in passages], dtype=np.int64
        )
        sequences = [
            np.empty(0, dtype=np.uint64)
            if documents[passage.doc].kind is DocumentKind.LAW
            else _sequences(f"{passage.heading}\n{passage.text}")
            for passage in passages
        ]
        first, second, likeness = _alike(sequences, doc_of)
        order = np.lexsort((second, -likeness, first))
        first, second, likeness = first[order], second[order], likeness[order]
        starts = np.searchsorted(first, np.arange(len(passages) + 1))
        kept = np.arange(len(first)) - starts[first] < KEPT
        return cls(
            np.searchsorted(first[kept], np.arange(len(passages) + 1)).astype(np.int64),
            second[kept].astype(np.int32),
            likeness[kept].astype(np.float32),
        )

    def of(self, position: int) -> Iterator[tuple[int, float]]:
        """The passages parallel to one and their likeness (0 to 1)."""
        span = slice(int(self.starts[position]), int(self.starts[position + 1]))
        yield from zip(self.positions[span].tolist(), self.likeness[span].tolist(), strict=True)

    def near(self, position: int) -> tuple[int, ...]:
        """The passages that say nearly the same as one, the most alike first."""
        return tuple(other for other, likeness in self.of(position) if likeness >= NEAR)

    def within(self, allowed: Mask, least: float) -> Mask:
        """Which passages have a parallel of likeness `least` among those `allowed`.

        Both shapes (passages,).
        """
        first = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        found = np.zeros(len(self.starts) - 1, dtype=np.bool_)
        found[first[allowed[self.positions] & (self.likeness >= least)]] = True
        return found

    def save(self, path: Path) -> None:
        """Write the arrays into `path` (.npz)."""
        np.savez(path, starts=self.starts, positions=self.positions, likeness=self.likeness)

    @classmethod
    def load(cls, path: Path) -> Parallels:
        """What `save` wrote. Raises OSError, ValueError or KeyError."""
        with np.load(path) as file:
            return cls(file["starts"], file["positions"], file["likeness"])


def _sequences(text: str) -> Hashes:
    """Hashes of the different character sequences of a text, without its punctuation."""
    plain = _NOT_WORD.sub("", normalise(text))
    codes = np.frombuffer(plain.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = max(len(codes) - _SIZE + 1, 0)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(_SIZE):
        hashes = hashes * _FACTOR + codes[offset : offset + count]
    return np.unique(hashes * _SPREAD)


def _alike(sequences: Sequence[Hashes], doc_of: Positions) -> tuple[Positions, Positions, Scores]:
    """Pairs of passages (each both ways) and their likeness: shared of the shorter's sequences."""
    lengths = np.array([len(hashes) for hashes in sequences], dtype=np.int64)
    hashes = np.concatenate([*sequences, np.empty(0, dtype=np.uint64)])
    owners = np.repeat(np.arange(len(sequences)), lengths)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    begins = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]][: len(hashes)])
    counts = np.diff(np.r_[begins, len(hashes)])
    used = (counts > 1) & (counts <= _COMMON)
    begins, counts = begins[used], counts[used]
    # Of a great many agencies a sample of the sequences tells as much; the hashes choose it.
    share = min(1.0, _PAIRS / max(int((counts**2).sum()), 1))
    sampled = hashes[begins] <= np.uint64(share * (2**64 - 1025))
    pairs = _pairs(owners, begins[sampled], counts[sampled])
    pairs = pairs[:, doc_of[pairs[0]] != doc_of[pairs[1]]]
    keys, shared = np.unique(pairs[0] * len(sequences) + pairs[1], return_counts=True)
    first, second = keys // max(len(sequences), 1), keys % max(len(sequences), 1)
    likeness = shared / share / np.minimum(lengths[first], lengths[second])
    kept = (shared >= max(_SHARED * share, 1)) & (likeness >= LEAST)
    return first[kept], second[kept], np.minimum(likeness[kept], 1).astype(np.float32)


def _pairs(owners: Positions, begins: Positions, counts: Positions) -> Positions:
    """Every ordered pair of different members of each run, shape (2, pairs)."""
    found = [np.empty((2, 0), dtype=np.int64)]
    for count in np.unique(counts).tolist():
        runs = owners[begins[counts == count][:, None] + np.arange(count)]
        left, right = np.nonzero(~np.eye(count, dtype=bool))
        found.append(np.stack([runs[:, left].ravel(), runs[:, right].ravel()]))
    return np.concatenate(found, axis=1)
