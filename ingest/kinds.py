"""What sort of document a text is, told from its own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.labels import LabelKind, read_labels
from ingest.lines import Line
from kb.documents import DocumentKind

_OPENING = 1500
_ARTICLE = re.compile(r"第[0-9一二三四五六七八九十百千]+条(?:の[0-9一二三四五六七八九十]+)*[\s　]")
_LAW_NUMBER = re.compile(
    r"\((?:明治|大正|昭和|平成|令和)[^()]{1,20}(?:法律|勅令|政令|[^()]{0,12}(?:省令|府令|規則|条例|告示))"
    r"第[^()]{1,10}号\)"
)
_CASE_HEAD = re.compile(
    r"区\s*分\s*[:：]|【?事例\s*(?:No\.?)?\s*\d+|(?:取組・事業名|事業名|取組内容|取組名)\s*[:：]"
)
_KIHON = re.compile(r"国等の契約の(?:基本)?方針")
_KIKAN = re.compile(r"契約(?:の|に関する)方針")
_ABOUT_ANOTHER = re.compile(r"事例集|開催|案内|解説|概要")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A kind and how sure the text makes of it, 0 to 1."""

    kind: DocumentKind
    confidence: float


def recognise(lines: Sequence[Line]) -> Recognised:
    """The kind with the most evidence; OTHER when there is little for any."""
    texts = [unicodedata.normalize("NFKC", line.text.text) for line in lines if not line.blank]
    opening = "\n".join(texts)[:_OPENING]
    titles = [text for text in texts[:8] if len(text) <= 120 and not text.endswith("。")]
    title = re.sub(r"\s", "", "".join(titles))
    scores = {
        DocumentKind.KIHON: _kihon(title, opening, lines),
        DocumentKind.KIKAN: _kikan(title, opening, lines),
        DocumentKind.JIREI: _jirei(title, texts),
        DocumentKind.LAW: _law(texts),
    }
    kind, score = max(scores.items(), key=lambda item: item[1])
    if score < 0.5:
        return Recognised(DocumentKind.OTHER, round(1 - score, 2))
    return Recognised(kind, round(min(score, 0.99), 2))


def _kihon(title: str, opening: str, lines: Sequence[Line]) -> float:
    if not _KIHON.search(title) or _ABOUT_ANOTHER.search(title):
        return 0.0
    return 0.6 + _clauses(lines) * 0.3 + 0.09 * ("官公需法" in opening)


def _kikan(title: str, opening: str, lines: Sequence[Line]) -> float:
    if _KIHON.search(title) or not _KIKAN.search(title) or _ABOUT_ANOTHER.search(title):
        return 0.0
    return 0.6 + _clauses(lines) * 0.3 + 0.09 * ("基本方針" in opening)


def _jirei(title: str, texts: Sequence[str]) -> float:
    heads = sum(bool(_CASE_HEAD.match(text)) for text in texts)
    return (0.55 if "事例集" in title else 0.0) + min(heads, 8) * 0.05


def _law(texts: Sequence[str]) -> float:
    articles = sum(bool(_ARTICLE.match(text)) for text in texts)
    named = 0.6 if articles and any(_LAW_NUMBER.fullmatch(text) for text in texts[:8]) else 0.0
    if articles < 3:
        return named
    return max(named, min(articles, 10) * 0.06) + 0.3 * (articles > 0.03 * len(texts))


def _clauses(lines: Sequence[Line]) -> float:
    """1.0 when the lines are numbered 第1, 第2."""
    numbers = {
        label.number
        for line in lines
        for label in read_labels(line.text.text)
        if label.kind is LabelKind.DAI
    }
    return len(numbers & {1, 2}) / 2
