"""References from one document of the knowledge base to another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.references.chains import CLAUSES, TOP_CHAIN, chain_labels
from ingest.references.citations import deepest, id_labels
from kb.documents import Document, DocumentKind, LawCitation, ParsedDocument, Reference
from kb.fiscal_year import FiscalYear
from kb.numbers import NUMBER, read_number

_LAWS = ("external_law", "external_law_anaphora")
_PAPERS = ("external_doc", "local_rule")
_YEAR = re.compile(r"(?:明治|大正|昭和|平成|令和)[0-9元]{1,2}年(?:度)?(?:における)?")
_DAY = re.compile(r"(明治|大正|昭和|平成|令和)([0-9]{1,2}|元)年([0-9]{1,2})月([0-9]{1,2})日")
_FIRST = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
_LAW_NUMBER = re.compile(
    rf"(?:明治|大正|昭和|平成|令和)(?:元|{NUMBER})年[^()（）]{{0,20}}?(?:法律|勅令|政令|省令|府令|規則|条例)第{NUMBER}号"
)
_KIHON = "中小企業者に関する国等の契約の基本方針"
_OPENING = 400
_PLACE = re.compile(rf"の?({CLAUSES})$")


def resolve_across(documents: Sequence[ParsedDocument]) -> tuple[ParsedDocument, ...]:
    """The documents with every law and document reference aimed at what the base holds of it.

    References to what is not (or no longer) there become external again.
    """
    shelf = _Shelf(documents)
    return tuple(
        replace(parsed, references=tuple(_aimed(parsed, item, shelf) for item in parsed.references))
        for parsed in documents
    )


def _aimed(parsed: ParsedDocument, item: Reference, shelf: _Shelf) -> Reference:
    if item.kind in _LAWS and item.law:
        targets = shelf.law_targets(item.law)
    elif item.kind in _PAPERS:
        targets = shelf.paper_targets(parsed, item)
    else:
        return item
    return replace(item, targets=targets, status="resolved" if targets else "external")


@dataclass(frozen=True, slots=True)
class _Paper:
    document: Document
    title: str
    root: str


class _Shelf:
    """Laws and documents of the knowledge base, by what texts call them."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self._ids = {node.id for parsed in documents for node in parsed.nodes}
        self._laws: dict[str, str] = {}
        self._roots = {
            parsed.document.id: parsed.nodes[0].id for parsed in documents if parsed.nodes
        }
        self._papers: list[_Paper] = []
        for parsed in documents:
            if not parsed.nodes:
                continue
            if parsed.document.kind is DocumentKind.LAW:
                self._laws.setdefault(_bare(parsed.document.title), parsed.document.id)
                if number := _LAW_NUMBER.search("".join(parsed.text[:_OPENING].split())):
                    self._laws.setdefault(_half_width(number[0]), parsed.document.id)
            title = _YEAR.sub("", _bare(parsed.document.title))
            self._papers.append(_Paper(parsed.document, title, parsed.nodes[0].id))

    def law_targets(self, law: LawCitation) -> tuple[str, ...]:
        """The deepest place that the law's document has of the one cited."""
        doc = self._laws.get(_bare(law.name)) or self._laws.get(law.number or "")
        if doc is None:
            return ()
        labels = list(id_labels(law.article, law.paragraph, law.item))
        return (deepest(self._ids, doc, labels) or self._roots[doc],)

    def paper_targets(self, parsed: ParsedDocument, item: Reference) -> tuple[str, ...]:
        """The document that goes by that title, of the day or year that is meant."""
        words = _full_name(parsed, item)
        bare = _YEAR.sub("", re.sub(r"\([^()]*\)", "", _PLACE.sub("", words)))
        named = [
            paper
            for paper in self._papers
            if paper.document.id != parsed.document.id and _names(bare, paper)
        ]
        meant = [paper for paper in named if _is_of_time(paper.document, parsed.document, words)]
        if len(meant) != 1:
            return ()
        place = _PLACE.search(words)
        chains = re.findall(TOP_CHAIN, place[1]) if place else [""]
        doc = meant[0].document.id
        found = [deepest(self._ids, doc, chain_labels(chain)) for chain in chains]
        return tuple(dict.fromkeys(target or meant[0].root for target in found))


def _full_name(parsed: ParsedDocument, item: Reference) -> str:
    """The words of the reference; for a defined short name, those where it is defined."""
    words = _bare(item.text)
    place = _PLACE.search(words)
    name, tail = (words[: place.start()], place[0]) if place else (words, "")
    for definition in parsed.definitions:
        if name.strip("「」") == definition.term or name.endswith(f"年度の{definition.term}"):
            year = _YEAR.match(name)
            said = _bare(parsed.text[definition.span.start : definition.span.end])
            return f"{year[0] if year else ''}{said}{tail}"
    return words


def _names(words: str, paper: _Paper) -> bool:
    core = words.strip("「」")
    if paper.document.kind is DocumentKind.KIHON:
        return core.endswith(_KIHON) or core == "国等の契約の基本方針"
    return len(core) >= 8 and core == paper.title


def _is_of_time(document: Document, citing: Document, words: str) -> bool:
    """Whether the document is of the day or year that the words name, else of the citing one's."""
    if match := _DAY.search(words):
        year = _FIRST[match[1]] + (1 if match[2] == "元" else int(match[2])) - 1
        month, day = int(match[3]), int(match[4])
        if document.decided_on:
            return document.decided_on == f"{year:04d}-{month:02d}-{day:02d}"
        named: FiscalYear | None = FiscalYear(year - (month < 4))
    else:
        named = FiscalYear.parse(words) or citing.fiscal_year
    return document.fiscal_year is None or named == document.fiscal_year


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))


def _half_width(number: str) -> str:
    return re.sub(NUMBER, lambda match: str(read_number(match[0])), _bare(number))
