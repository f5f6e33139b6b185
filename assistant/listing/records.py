"""Rows of statistics tables picked by a figure: 中小比率が4割以下の大学, 一番高いところ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.similarity import bigrams
from assistant.writing.notes import Notes
from kb.addresses import address
from kb.documents import Document, Node, NodeKind
from kb.results import Answer, Table, TableCell
from kb.store import KnowledgeBase
from retrieval.analysis import normalise
from retrieval.figures import counts_partners
from retrieval.query import Query

_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"\s*(%|パーセント|割)?\s*(台)?\s*"
_LIMIT = re.compile(
    rf"{_NUMBER}{_UNIT}(以上|以下|未満|超|を超え|を上回|を下回|より[高多大]|より[低少小]|しか)"
)
_BAND = re.compile(rf"{_NUMBER}\s*(%|パーセント|割)\s*台")
_EXACT = re.compile(rf"{_NUMBER}\s*(?:%|パーセント)\s*の(?=大学|法人|公庫|機関|省|庁|ところ)")
_ZERO = re.compile(r"(?:ゼロ|0件|0円|0%)の(?=大学|法人|公庫|機関|省|庁|ところ)")
_SUPERLATIVE = re.compile(
    r"(?:一番|最も|いちばん|もっとも)\s*(高|多|大き|低|少な|小さ)|(最高|最大|トップ|最低|最小|ワースト)"
)
_ROWS = re.compile(r"表|大学|法人|公庫|機関|省|庁|ところ|どこ")
_AT_LEAST = ("以上",)
_MORE = ("超", "を超え", "を上回", "より高", "より多", "より大")
_AT_MOST = ("以下", "しか")
_HIGHEST = ("高", "多", "大き", "最高", "最大", "トップ")
_SHARE = re.compile(r"比率|割合|率|%|パーセント|割")
_LETTER = re.compile(r"\(([A-ZＡ-Ｚ])\)")
_QUOTIENT = re.compile(r"^([A-Z])/([A-Z])")
_YEAR = re.compile(r"の((?:令和|平成)(?:元|\d+)年度)の")
_TOTAL = "計"
_MOST = 20
_LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Range:
    """Figures from `low` to `high`; the bounds themselves count where `closed` says so."""

    low: float
    high: float
    closed: tuple[bool, bool] = (True, True)

    def holds(self, value: float) -> bool:
        above = value >= self.low if self.closed[0] else value > self.low
        below = value <= self.high if self.closed[1] else value < self.high
        return above and below


def records_asked(kb: KnowledgeBase, query: Query, documents: Sequence[Document]) -> Answer | None:
    """The rows with the figures asked for, the nearest to the limit last; None for other questions."""
    plain = unicodedata.normalize("NFKC", query.text)
    wanted, superlative = _range(plain), _SUPERLATIVE.search(plain)
    if query.owners or not (wanted or superlative) or not _ROWS.search(plain):
        return None
    for document in documents:
        records = [node for node in kb.nodes(document.id) if node.kind is NodeKind.RECORD]
        if len(records) < _LEAST_ROWS or records[0].table is None:
            continue
        if not counts_partners(normalise(query.text), records[0].table.header):
            continue
        column = _column(plain, records[0].table.header)
        if column is None:
            continue
        figures = [(value, node) for node in records if (value := _value(node, column)) is not None]
        if superlative:
            highest = (superlative[1] or superlative[2]) in _HIGHEST
            picked = [(max if highest else min)(figures, key=lambda pair: pair[0])]
        else:
            assert wanted
            picked = sorted(
                (pair for pair in figures if wanted.holds(pair[0])), key=lambda pair: pair[0]
            )
        return _answer(kb, query, document, picked[:_MOST], records, column)
    return None


def _range(text: str) -> _Range | None:
    """What figures a question wants; of 「40%台以下」 everything below 50."""
    if match := _LIMIT.search(text):
        scale = 10 if match[2] == "割" else 1
        number, band = float(match[1]) * scale, 10.0 if match[3] else 0.0
        word = match[4]
        if word in _AT_LEAST:
            return _Range(number, float("inf"))
        if word in _MORE:
            return _Range(number + band, float("inf"), (bool(band), True))
        if word in _AT_MOST:
            return _Range(float("-inf"), number + band, (True, not band))
        return _Range(float("-inf"), number, (True, False))
    if match := _BAND.search(text):
        scale = 10 if match[2] == "割" else 1
        number = float(match[1]) * scale
        return _Range(number, number + 10, (True, False))
    if match := _EXACT.search(text):
        return _Range(float(match[1]), float(match[1]))
    return _Range(0, 0) if _ZERO.search(text) else None


def _column(question: str, header: Sequence[str]) -> int | None:
    """The column that the question means: by the words of its head, B/A by those of both columns.

    A total goes before its parts.
    """
    names = {match[1]: name for name in header if (match := _LETTER.search(name))}
    share = bool(_SHARE.search(question))
    asked = bigrams(question)
    best: tuple[int, bool, int] | None = None
    for at, name in enumerate(header):
        if share != ("%" in name or "％" in name):
            continue
        quotient = _QUOTIENT.match(name)
        words = names.get(quotient[1], "") + name if quotient else name
        common = len(asked & bigrams(words))
        parts = ("物件", "工事", "役務")
        unasked = any(part in name and part not in question for part in parts)
        score = (common - 10 * unasked, _TOTAL in name, -at)
        if common and (best is None or score > best):
            best = score
    return None if best is None else -best[2]


def _value(node: Node, column: int) -> float | None:
    if node.table is None or not node.table.rows or column >= len(node.table.rows[0]):
        return None
    cell = (node.table.rows[0][column] or "").replace(",", "").strip("[]［］")
    try:
        return float(cell)
    except ValueError:
        return None


def _answer(
    kb: KnowledgeBase,
    query: Query,
    document: Document,
    picked: Sequence[tuple[float, Node]],
    records: Sequence[Node],
    column: int,
) -> Answer | None:
    if not picked or records[0].table is None:
        return None
    header = records[0].table.header
    head = header[column]
    notes = Notes(kb)
    lines: list[str] = []
    rows: list[tuple[TableCell, ...]] = []
    for _, node in picked:
        (citation,) = notes.take(node, [(0, len(node.text))])
        figure = _shown(node, column)
        lines.append(f"・{node.label}：{head} {figure}[{citation.n}]")
        rows.append((TableCell(node.label), TableCell(figure, citation.n)))
    place = address(document, picked[0][1]).rpartition(" ")[0]
    return Answer(
        question=query.asked,
        intent=query.intent.value,
        text="\n".join([f"{place}：", *lines]),
        abstained=False,
        citations=tuple(notes.citations),
        table=Table(("機関・団体", head), tuple(rows)),
        warnings=(_compared(records, header, column) + _small(rows),),
    )


def _small(rows: Sequence[tuple[TableCell, ...]]) -> str:
    """What brackets around a figure mean, where one has them: [0] is not nothing."""
    bracketed = any(row[1].text.startswith(("[", "［")) for row in rows)
    return "［］の付いた数は、表の単位に満たない少額で、0とは限りません。" if bracketed else ""


def _compared(records: Sequence[Node], header: Sequence[str], column: int) -> str:
    """Of which year the figures are, what the column counts, and that there may be more rows."""
    year = _YEAR.search(records[0].body)
    figures = f"{year[1]}の実績の" if year else ""
    return (
        f"{figures}表のうち、保存している{len(records)}行の範囲で比べています。"
        f"{_meaning(header, column)}"
    )


def _meaning(header: Sequence[str], column: int) -> str:
    """What is divided in a quotient: B/Aは、中小企業…契約実績額(B)の官公需総実績額(A)に対する割合です。."""
    quotient = _QUOTIENT.match(header[column])
    parts = {match[1]: part.split(" ")[0] for part in header if (match := _LETTER.search(part))}
    if quotient is None or not {quotient[1], quotient[2]} <= parts.keys():
        return ""
    return (
        f"{quotient[0]}は、{_name(parts[quotient[1]])}の"
        f"{_name(parts[quotient[2]])}に対する割合です。"
    )


def _name(head: str) -> str:
    return head.partition("（")[0]


def _shown(node: Node, column: int) -> str:
    assert node.table is not None
    return node.table.rows[0][column] or ""
