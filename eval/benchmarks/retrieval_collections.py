"""Knowledge bases for the retrieval benchmark: the shipped one, with law articles added, and JSQuAD."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from eval.questions import Answerable, GoldPlace, JudgedQuestion
from ingest.passages import make_passages
from ingest.pipeline import ingest
from kb.documents import Document, DocumentKind, Node, NodeKind, ParsedDocument
from kb.errors import InputError, NoKnowledgeBaseError
from kb.settings import Settings
from kb.spans import SourceMap, Span
from kb.store import GenerationStore, KnowledgeBase, write_database
from kb.store.generation import DATABASE
from retrieval import index

_JSQUAD = "jsquad"
_LAW_FILES = ("laws/articles.jsonl.gz", "law_nocaption.jsonl.gz", "pairs_law.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law."""

    law: str
    law_id: str
    number: str
    caption: str
    text: str


def shipped(home: Path) -> KnowledgeBase:
    """The shipped corpus in `home`, ingested or brought up to date."""
    ingest([], Settings(home=home), index)
    return KnowledgeBase.open(home)


def with_distractors(kb: KnowledgeBase, home: Path, data: Path, count: int) -> KnowledgeBase:
    """The documents of `kb` and `count` law articles of `data`, in `home`.

    A knowledge base that an earlier run left in `home` is used again when it would come out the
    same. Raises InputError when `data` holds fewer articles.
    """
    articles = list(islice(read_articles(data), count))
    if len(articles) < count:
        raise InputError(
            f"「{data}」の法令の条は{len(articles):,}件です。--distract の数を減らしてください。"
        )
    documents = [kb.parsed(document.id) for document in kb.documents()]
    return _built(home, [*documents, *_laws(articles)])


def jsquad(data: Path, home: Path) -> tuple[KnowledgeBase, tuple[JudgedQuestion, ...]]:
    """JSQuAD's passages as the nodes of one document, and its questions."""
    folder = data / "jsquad_dev"
    passages = {row["pid"]: row["text"] for row in _rows(folder / "passages.jsonl.gz")}
    relevant: dict[str, list[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, _, passage, grade = line.split("\t")
        if int(grade) > 0:
            relevant.setdefault(question, []).append(passage)
    document = _document(_JSQUAD, "JSQuAD", DocumentKind.OTHER, list(passages.items()))
    place = {node.path[-1]: node for node in document.nodes}
    questions = tuple(
        JudgedQuestion(
            row["qid"],
            row["q"],
            Answerable.YES,
            tuple(
                GoldPlace(node.id, "answer", node.body, node.start, node.end)
                for node in (place[passage] for passage in relevant[row["qid"]])
            ),
        )
        for row in _rows(folder / "queries.jsonl.gz")
    )
    return _built(home, [document]), questions


def read_articles(data: Path) -> Iterator[Article]:
    """Articles of all laws in `data`, those of the laws that the field knows best first."""
    seen: set[tuple[str, str]] = set()
    for name in _LAW_FILES:
        for row in _rows(data / name):
            key = (row["law_id"], row["text"])
            if key not in seen and row["text"].strip():
                seen.add(key)
                yield Article(
                    row["law"], row["law_id"], row["art"], row.get("cap") or "", row["text"]
                )


def _laws(articles: Sequence[Article]) -> Iterator[ParsedDocument]:
    by_law: dict[str, list[Article]] = {}
    for article in articles:
        by_law.setdefault(article.law_id, []).append(article)
    for law_id, of_law in by_law.items():
        texts = [
            (article.number or "本文", "\n".join(filter(None, (article.caption, article.text))))
            for article in of_law
        ]
        yield _document(law_id, of_law[0].law, DocumentKind.LAW, texts)


def _document(
    doc: str, title: str, kind: DocumentKind, texts: Sequence[tuple[str, str]]
) -> ParsedDocument:
    """A document whose nodes have the labels and bodies `texts`, one below the other."""
    labels: Counter[str] = Counter()
    nodes: list[Node] = []
    start = 0
    for label, body in texts:
        labels[label] += 1
        path = label if labels[label] == 1 else f"{label}#{labels[label]}"
        span = Span(start, start + len(body))
        source = SourceMap(((0, start, len(body)),))
        nodes.append(
            Node(
                f"{doc}/{path}", doc, (path,), None, NodeKind.CLAUSE, label, "", body, (span,), source
            )
        )  # fmt: skip
        start = span.end
    document = Document(doc, title, kind, "", None, None, "", "", "0" * 64, f"/{doc}", 1)
    text = "".join(body for _, body in texts)
    return ParsedDocument(document, text, tuple(nodes), make_passages(title, nodes))


def _built(home: Path, documents: Sequence[ParsedDocument]) -> KnowledgeBase:
    settings = Settings(home=home)
    versions = index.index_versions(settings) | {"documents": _digest(documents)}
    try:
        before = KnowledgeBase.open(home)
        if before.manifest.versions == versions:
            return before
    except NoKnowledgeBaseError:
        pass

    def fill(folder: Path) -> dict[str, str]:
        write_database(folder / DATABASE, documents)
        passages = [passage for parsed in documents for passage in parsed.passages]
        by_id = {parsed.document.id: parsed.document for parsed in documents}
        return index.build_index(folder, passages, by_id, settings) | versions

    store = GenerationStore(home)
    with store.locked():
        store.build(settings.fingerprint, fill)
    return KnowledgeBase.open(home)


def _digest(documents: Sequence[ParsedDocument]) -> str:
    passages = sum(len(parsed.passages) for parsed in documents)
    return f"{len(documents)} documents, {passages} passages"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except OSError as error:
        raise InputError(
            f"「{path}」を読めません（{error.strerror or '壊れています'}）。データのフォルダーを確認してください。"
        ) from error
