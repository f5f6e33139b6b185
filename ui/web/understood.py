"""What was understood of a question, as chips that the user can take away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.conversation import Asked
from kb.addresses import document_name
from kb.documents import Document
from kb.results import Filters
from retrieval.query import Intent, Query, Source
from ui.web.render.markup import KIND_NAMES
from ui.web.turns import Chip, ChipKind

INTENTS: Mapping[Intent, str] = {
    Intent.LOCATE: "該当箇所を探す",
    Intent.ADDRESS: "番号の箇所を示す",
    Intent.COMPARE: "比べる",
    Intent.LIST: "一覧にする",
    Intent.NUMBER: "数値を答える",
    Intent.YES_NO: "可否を確かめる",
    Intent.DEFINITION: "用語の意味",
}
FILTERS: Mapping[str, str] = {
    "doc": "資料",
    "kind": "種類",
    "issuer": "機関",
    "prefecture": "都道府県",
    "category": "事例の区分",
    "year": "年度",
}
"""The filters by name, as users read them."""
_MOST = 8
_SURE = 0.5
_SEPARATOR = "\n"


def chips(query: Query, filters: Filters, documents: Mapping[str, Document]) -> tuple[Chip, ...]:
    """The kind of question, the filters in force, and what its words were taken for."""
    found = [
        Chip(ChipKind.NOTE, "intent", INTENTS[query.intent]),
        *filter_chips(filters, documents),
        *_named(query, documents),
        *_meant(query),
    ]
    return tuple(dict.fromkeys(found))[:_MOST]


def context_chip(asked: Asked) -> Iterator[Chip]:
    """A follow-up question as it was put in full."""
    if asked.full != asked.typed:
        yield Chip(ChipKind.BEFORE, "", f"前の質問とあわせて：{asked.full}")


def filter_chips(filters: Filters, documents: Mapping[str, Document]) -> Iterator[Chip]:
    """One chip a filter in force."""
    for name, label in FILTERS.items():
        value = getattr(filters, name)
        if value is not None:
            yield Chip(ChipKind.FILTER, name, f"{label}：{_shown(name, value, documents)}")


def ignored_words(key: str) -> tuple[str, ...]:
    """What taking a chip of meaning away leaves out."""
    return tuple(key.split(_SEPARATOR))


def _shown(name: str, value: object, documents: Mapping[str, Document]) -> str:
    if name == "doc" and str(value) in documents:
        return document_name(documents[str(value)])
    return KIND_NAMES.get(str(value), str(value)) if name == "kind" else str(value)


def _named(query: Query, documents: Mapping[str, Document]) -> Iterator[Chip]:
    for year in query.years:
        yield Chip(ChipKind.MEANING, str(year), str(year))
    for doc in query.documents:
        if doc in documents:
            yield Chip(ChipKind.MEANING, doc, document_name(documents[doc]))


def _meant(query: Query) -> Iterator[Chip]:
    """One chip for each of the user's writings, however many words were added for it."""
    official: dict[str, list[str]] = {}
    for item in query.expansions:
        if item.source is Source.TOPIC and item.written not in query.text:
            continue
        if item.weight >= _SURE or item.written in official:
            official.setdefault(item.written, []).append(item.official)
    for written, words in official.items():
        # Weaker words for the same writing go with it.
        words += [item.official for item in query.expansions if item.written == written]
        key = _SEPARATOR.join(dict.fromkeys(words))
        yield Chip(ChipKind.MEANING, key, f"{written} → {words[0]}")
    shown = {word for words in official.values() for word in words}
    for topic in query.topics[:1]:
        known = topic.official in shown or topic.official in query.text
        if topic.weight >= _SURE and not known:
            yield Chip(ChipKind.MEANING, topic.official, f"話題：{topic.official}")
