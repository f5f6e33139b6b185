"""Questions about many rows of a table of figures: which are above 3 %, which is the highest."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kb.documents import Node
from kb.store import KnowledgeBase
from retrieval.analysis import Analyzer, normalise

_ABOUT_ROWS = re.compile(r"大学|国立大|大は|法人|機関|独法|(?<!公)表(?![示明彰])|どこ")
_UNIT = r"(%|パーセント|割|億円?|百万円|万円|千円|円)"
_BOUND = re.compile(
    rf"(\d[\d,]*(?:\.\d+)?) ?{_UNIT}(台)? ?(?:を|より|に)? ?(以上|以下|未満|超|越え|こえ|届|達し|上回|下回|切|割っ|高|低|多|少)?"
)
_UPWARDS = ("以上", "届", "達し", "超", "越え", "こえ", "上回", "高", "多")
_INCLUDED = ("以上", "届", "達し", "以下")
_EXTREME = re.compile(
    r"一番|いちばん|最も|もっとも|最高|最低(?!賃金|限|制限)|最大|最小|最多|最少|トップ|ワースト|ビリ|ランキング|い順"
)
_LOWEST = re.compile(r"最低|最小|最少|ワースト|ビリ|低|少な|小さ")
_RATIO = re.compile(r"率|割合|%|パーセント|\d割")
_AMOUNT = re.compile(r"\d(?:億|万|円)|金額|実績額|総額")
# With whom contracts were made: 組合へ, 施設からの購入. Of a firm any column will do.
_PARTNER = re.compile(r"([\u4e00-\u9fffァ-ヴー・]{2,})(?:へ|向け|に対する|から)の?(?!見)")
_ANY_FIRM = re.compile(r"(?:会社|企業|業者|事業者|商店|店|所|者)$")
_HEADER = re.compile(r"^(?P<name>.*?) ?(?:\((?P<unit>%|[^()]*円)\))?$")
_TOTAL = re.compile(r" (?:計|合計|全体)$")
_LETTERED = re.compile(r"^(?P<name>.+?)\((?P<letter>[a-z])\)")
_FRACTION = re.compile(r"^(?P<part>[a-z])/(?P<whole>[a-z])")
_OPEN = 0.5
_UNASKED = 0.5
_WORTH = {
    "割": Decimal(10), "億": Decimal(10**8), "億円": Decimal(10**8), "百万円": Decimal(10**6),
    "万円": Decimal(10**4), "千円": Decimal(10**3),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A row's value in the column asked for: as `written`, and in per cent or yen."""

    node: str
    owner: str
    written: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows that a question asks for, the first as it asks (highest, lowest), by one column."""

    column: str
    rows: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Bound:
    """Values from `least` (inclusive if `closed`) to `most` (likewise)."""

    least: Decimal | None
    most: Decimal | None
    closed: bool

    def holds(self, value: Decimal) -> bool:
        above = self.least is None or value > self.least or (self.closed and value == self.least)
        below = self.most is None or value < self.most or (self.closed and value == self.most)
        return above and below


class FigureTables:
    """The statistics tables of a knowledge base; safe to share among threads."""

    def __init__(self, kb: KnowledgeBase, tables: Sequence[str], analyzer: Analyzer) -> None:
        """`tables` are the ids of nodes whose children are records."""
        self._kb = kb
        self._tables = tuple(tables)
        self._analyzer = analyzer

    def find(
        self, text: str, terms: Mapping[str, float], owners: Collection[str]
    ) -> Figures | None:
        """What normalised `text` asks of many rows; None when it asks nothing of the kind.

        `terms` are the question's; rows of `owners` only, if some of these have rows.
        """
        bound, extreme = _bound(text), _EXTREME.search(text)
        if not self._tables or (bound is None and not extreme) or not _ABOUT_ROWS.search(text):
            return None
        wants_ratio, wants_amount = bool(_RATIO.search(text)), bool(_AMOUNT.search(text))
        if not wants_ratio and not wants_amount:
            return None
        for table in self._tables:
            rows = [row for row in self._kb.children(table) if row.table and row.table.rows]
            if rows and rows[0].table and not counts_partners(text, rows[0].table.header):
                continue
            for column in self._columns(rows[0], terms, wants_ratio) if rows else ():
                found = _figures(rows, column, bound, bool(_LOWEST.search(text)), owners)
                if found:
                    return found
        return None

    def _columns(self, row: Node, terms: Mapping[str, float], ratio: bool) -> list[int]:
        """Columns whose headings say most of what the question says and least besides, best first.

        Several only when the question leaves open which it means.
        """
        assert row.table is not None
        headings = list(_spelt_out(row.table.header))
        found = [frozenset(self._analyzer.terms(heading)) for heading in headings]
        held = Counter(term for own in found for term in own)
        telling = {term: math.log(len(found) / columns) for term, columns in held.items()}
        scored = [
            (
                sum(terms.get(term, 0.0) * telling[term] for term in own)
                - _UNASKED * max((telling[term] for term in own if term not in terms), default=0.0),
                -place,
            )
            for place, own in enumerate(found)
            if row.table.header[place].rstrip("）)").endswith("%") is ratio
        ]
        best = max(scored, default=(0.0, 0))[0]
        return [-place for score, place in sorted(scored, reverse=True) if score > best - _OPEN]


def counts_partners(text: str, header: Sequence[str]) -> bool:
    """Whether a column counts contracts with those whom normalised `text` names, if it names any."""
    headings = normalise("".join(header))
    named = [match[1] for match in _PARTNER.finditer(text) if not _ANY_FIRM.search(match[1])]
    return all(partner[-2:] in headings for partner in named)


def _spelt_out(header: Sequence[str]) -> Iterator[str]:
    """Headings with letters replaced by what they stand for: B/A 計 as the names of B and of A."""
    names = {
        match["letter"]: match["name"]
        for heading in header
        if (match := _LETTERED.match(normalise(heading)))
    }
    for heading in header:
        plain = _TOTAL.sub("", _HEADER.sub(r"\g<name>", normalise(heading)))
        fraction = _FRACTION.match(plain)
        if fraction and fraction["part"] in names:
            yield names[fraction["part"]] + "比率" + plain[fraction.end() :]
        else:
            yield plain


def _bound(text: str) -> _Bound | None:
    match = _BOUND.search(text)
    if match is None or not (match[3] or match[4]):
        return None
    unit = _WORTH.get(match[2], Decimal(1))
    value = Decimal(match[1].replace(",", "")) * unit
    closed = match[4] in _INCLUDED
    if match[3]:
        # 40%台 is from 40 to below 50, 3%台 from 3 to below 4.
        step = Decimal(10) if match[2] in ("%", "パーセント") and value >= 10 else unit
        if match[4] is None:
            return _Bound(value - Decimal("0.0001"), value + step, closed=False)
        value = value if match[4] in _UPWARDS else value + step
        closed = match[4] in _UPWARDS
    if match[4] in _UPWARDS:
        return _Bound(value, None, closed)
    return _Bound(None, value, closed)


def _figures(
    rows: Sequence[Node], column: int, bound: _Bound | None, lowest: bool, owners: Collection[str]
) -> Figures | None:
    header = rows[0].table.header[column] if rows[0].table else ""
    unit = _HEADER.match(normalise(header))
    worth = _WORTH.get(unit["unit"] or "", Decimal(1)) if unit else Decimal(1)
    found = [figure for row in rows if (figure := _figure(row, column, worth))]
    found = [figure for figure in found if figure.owner in owners] or found
    if bound:
        found = [figure for figure in found if bound.holds(figure.value)]
        lowest = bound.least is None
    found.sort(key=lambda figure: figure.value, reverse=not lowest)
    return Figures(header, tuple(found)) if found else None


def _figure(row: Node, column: int, worth: Decimal) -> Figure | None:
    cells = row.table.rows[0] if row.table else ()
    written = cells[column] if column < len(cells) else None
    try:
        value = Decimal(normalise(written or "").replace(",", "")) * worth
    except InvalidOperation:  # A lost cell, or one that says [0] for less than a unit.
        return None
    return Figure(row.id, row.label, written or "", value)
