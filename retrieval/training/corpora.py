"""Reads the training data: pairs of texts that mean or answer the same."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSAGE_CHARACTERS = 240
"""Texts are cut here: the beginning of an article says what it is about."""

_SENTENCE_END = re.compile(r"(?<=[。！？])|\n\s*\n")
_SENTENCE_LENGTH = range(12, 160)
_STS_PARAPHRASE = {"jsts": 3.6, "jsick": 4.0}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together: what is asked and what should be found."""

    query: str
    passage: str


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of pairs; `passes` is how often an epoch goes through them."""

    name: str
    pairs: tuple[Pair, ...]
    passes: int = 1


def read_sources(data: Path, seed: int) -> tuple[Source, ...]:
    """All training pairs under `data`; rows marked for measuring (dev, valid, trial) are left out.

    Raises FileNotFoundError when a file of the data set is missing.
    """
    rng = random.Random(seed)
    return (
        Source("law", tuple(_law(data))),
        Source("qa", tuple(_questions(data)), passes=2),
        Source("gov", tuple(_headed_sections(data)), passes=2),
        Source("synonyms", tuple(_synonyms(data))),
        Source("sts", tuple(_paraphrases(data)), passes=2),
        Source("bids", tuple(_neighbours(_bid_sentences(data), 60_000, rng))),
        Source("prose", tuple(_neighbours(_prose_sentences(data), 100_000, rng))),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _law(data: Path) -> Iterator[Pair]:
    """Caption → article. A caption shared by many laws (目的, 罰則) is asked with its law."""
    rows = list(_rows(data / "pairs_law.jsonl.gz"))
    seen: set[tuple[str, str]] = set()
    shared = Counter(row["cap"] for row in rows)
    for row in rows:
        query = row["cap"] if shared[row["cap"]] <= 3 else f"{row['law']} {row['cap']}"
        passage = row["text"][:PASSAGE_CHARACTERS]
        if (query, passage) not in seen:
            seen.add((query, passage))
            yield Pair(query, passage)


def _questions(data: Path) -> Iterator[Pair]:
    for row in _rows(data / "pairs_qa.jsonl.gz"):
        if row["split"] != "dev":
            passage = row["p"]
            # The answer may stand late in a long passage: cut around it.
            at = max(passage.find(row["a"]) if isinstance(row["a"], str) else 0, 0)
            start = max(0, at - PASSAGE_CHARACTERS // 2)
            yield Pair(row["q"], passage[start : start + PASSAGE_CHARACTERS])


def _headed_sections(data: Path) -> Iterator[Pair]:
    for row in _rows(data / "pairs_gov.jsonl.gz"):
        if row.get("split", "train") == "train":
            yield Pair(" ".join(row["head"][-2:]), row["text"][:PASSAGE_CHARACTERS])


def _synonyms(data: Path) -> Iterator[Pair]:
    for row in _rows(data / "synonyms-sudachi.jsonl.gz"):
        first, *others = row["words"]
        for other in others[:4]:
            yield Pair(first, other)


def _paraphrases(data: Path) -> Iterator[Pair]:
    for row in _rows(data / "sts.jsonl.gz"):
        if row["split"] == "train" and row["score"] >= _STS_PARAPHRASE[row["src"]]:
            yield Pair(row["a"], row["b"])


def _bid_sentences(data: Path) -> Iterator[list[str]]:
    for row in _rows(data / "text" / "bid_documents_fulltext.jsonl.gz"):
        yield _sentences(row["text"])


def _prose_sentences(data: Path) -> Iterator[list[str]]:
    with gzip.open(data / "text" / "aozora_modern.txt.gz", "rt", encoding="utf-8") as text:
        for line in text:
            yield _sentences(line)


def _sentences(text: str) -> list[str]:
    parts = (re.sub(r"\s+", "", part) for part in _SENTENCE_END.split(text))
    return [part for part in parts if len(part) in _SENTENCE_LENGTH]


def _neighbours(documents: Iterator[list[str]], limit: int, rng: random.Random) -> list[Pair]:
    """Sentences and the two after them: what stands together is about the same thing."""
    pairs = [
        Pair(sentences[place], "".join(sentences[place + 1 : place + 3]))
        for sentences in documents
        for place in range(len(sentences) - 1)
    ]
    unique = list(dict.fromkeys(pairs))
    return rng.sample(unique, min(limit, len(unique)))
