"""Reads the training data: pairs of texts that mean or answer the same."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.lexicon import Lexicon
from retrieval.training.field import field_pairs
from retrieval.training.pairs import Pair, sentences

PASSAGE_CHARACTERS = 240
"""Texts are cut here: the beginning of an article says what it is about."""

_ARTICLES = 80_000
_ARTICLE_CHARACTERS = 400
_SENTENCES_OF_A_PARAGRAPH = 5
_CROPS = (120, 320)
_CROP_END = re.compile(r"。|\n+")
_STS_PARAPHRASE = {"jsts": 3.6, "jsick": 4.0}


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of pairs; `passes` is how often an epoch goes through them."""

    name: str
    pairs: tuple[Pair, ...]
    passes: int = 1


def read_sources(data: Path, lexicon: Lexicon, seed: int) -> tuple[Source, ...]:
    """All training pairs under `data` and of the lexicon; rows marked for measuring (dev, valid, trial) are left out.

    Raises FileNotFoundError when a file of the data set is missing.
    """
    rng = random.Random(seed)
    law = [*_rows(data / "pairs_law.jsonl.gz")]
    articles = (row["text"] for row in (*_rows(data / "law_nocaption.jsonl.gz"), *law))
    bids = [*_bid_documents(data)]
    written = (*bids, *_known_laws(data), *_cut_articles(law, rng))
    return (
        Source("law", tuple(_law(law))),
        Source("articles", tuple(_sampled(_halves(articles, rng), 60_000, rng))),
        Source("questions", tuple(_questions(data, rng)), passes=2),
        Source("paragraphs", tuple(_paragraphs(data, rng))),
        Source("headings", tuple(_headed_sections(data)), passes=2),
        Source("synonyms", tuple(_synonyms(data))),
        Source("paraphrases", tuple(_paraphrases(data)), passes=2),
        Source("bids", tuple(_neighbours(map(sentences, bids), 60_000, rng))),
        Source("prose", tuple(_neighbours(map(sentences, _prose(data)), 100_000, rng))),
        Source("field", tuple(field_pairs(lexicon, written, rng)), passes=3),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _law(rows: Sequence[Mapping[str, str]]) -> Iterator[Pair]:
    """Caption → article. A caption shared by many laws (目的, 罰則) is asked with its law."""
    seen: set[tuple[str, str]] = set()
    shared = Counter(row["cap"] for row in rows)
    for row in rows:
        query = row["cap"] if shared[row["cap"]] <= 3 else f"{row['law']} {row['cap']}"
        passage = row["text"][:PASSAGE_CHARACTERS]
        if (query, passage) not in seen:
            seen.add((query, passage))
            yield Pair(query, passage)


def _halves(texts: Iterable[str], rng: random.Random) -> Iterator[Pair]:
    """A sentence of each text and those around it."""
    for text in texts:
        found = sentences(text)
        if len(found) >= 3:
            place = rng.randrange(len(found) - 1)
            before = found[place - 1] if place else ""
            yield Pair(found[place], before + found[place + 1])


def _questions(data: Path, rng: random.Random) -> Iterator[Pair]:
    """Question → a short and a long crop around the answer, from sentence to sentence."""
    for row in _rows(data / "pairs_qa.jsonl.gz"):
        if row["split"] != "dev":
            passage: str = row["p"]
            at = next((passage.find(answer) for answer in row["a"] if answer in passage), 0)
            for length in _CROPS:
                yield Pair(row["q"], _crop(passage, at, rng.randint(length // 2, 2 * length), rng))


def _crop(text: str, at: int, length: int, rng: random.Random) -> str:
    """About `length` characters with the place `at` somewhere in them, in whole sentences."""
    start = max(0, at - rng.randint(0, length))
    ends = [0, *(end.end() for end in _CROP_END.finditer(text)), len(text)]
    first = max(end for end in ends if end <= start)
    last = min(end for end in ends if end >= min(start + length, len(text)))
    return text[first:last]


def _paragraphs(data: Path, rng: random.Random) -> Iterator[Pair]:
    """A sentence of an encyclopaedia, at times its title with it, and those around it."""
    titles = {
        row["p"]: row["title"] for row in _rows(data / "pairs_qa.jsonl.gz") if row["split"] != "dev"
    }
    for text, title in titles.items():
        found = sentences(text)
        if len(found) >= 3:
            for place in rng.sample(range(len(found)), min(_SENTENCES_OF_A_PARAGRAPH, len(found))):
                query = found[place] if rng.random() < 0.6 else f"{title} {found[place][:40]}"
                around = found[max(0, place - 2) : place] + found[place + 1 : place + 3]
                yield Pair(query, "".join(around))


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


def _bid_documents(data: Path) -> Iterator[str]:
    for row in _rows(data / "text" / "bid_documents_fulltext.jsonl.gz"):
        yield row["text"]


def _known_laws(data: Path) -> Iterator[str]:
    for row in _rows(data / "laws" / "articles.jsonl.gz"):
        yield "。".join(filter(None, (row["cap"], row["text"])))


def _cut_articles(rows: Sequence[Mapping[str, str]], rng: random.Random) -> Iterator[str]:
    for row in rng.sample(rows, min(_ARTICLES, len(rows))):
        yield f"{row['cap']}。{row['text'][:_ARTICLE_CHARACTERS]}"


def _prose(data: Path) -> Iterator[str]:
    with gzip.open(data / "text" / "aozora_modern.txt.gz", "rt", encoding="utf-8") as text:
        yield from text


def _neighbours(documents: Iterable[Sequence[str]], limit: int, rng: random.Random) -> list[Pair]:
    """Sentences and the two after them: what stands together is about the same thing."""
    return _sampled(
        (
            Pair(found[place], "".join(found[place + 1 : place + 3]))
            for found in documents
            for place in range(len(found) - 1)
        ),
        limit,
        rng,
    )


def _sampled(pairs: Iterable[Pair], limit: int, rng: random.Random) -> list[Pair]:
    unique = list(dict.fromkeys(pairs))
    return rng.sample(unique, min(limit, len(unique)))
