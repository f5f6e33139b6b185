"""Replies made by rule from every sentence of the documents: told politely, and falsified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking import Source, check
from assistant.sentences import split_sentences
from kb.documents import DocumentKind, NodeKind
from kb.store import KnowledgeBase

_SHORTEST, _LONGEST = 25, 220
_POLITE = (
    (re.compile(r"ものとする。$"), "ものとされています"),
    (re.compile(r"こととする。$"), "こととされています"),
    (re.compile(r"しなければならない。$"), "しなければならないとされています"),
    (re.compile(r"することができる。$"), "することができるとされています"),
    (re.compile(r"している。$"), "しています"),
    (re.compile(r"する。$"), "するとされています"),
    (re.compile(r"である。$"), "です"),
)
_SWAPS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("number", re.compile(r"(?<=[0-9０-９])[1１](?=[0-9０-９]?[%％億万円件社者人点回])"), "7"),
    ("number", re.compile(r"(?<![第0-9０-９.．])([2-6２-６])(?=[億万円件社者人点回%％年か])"), "9"),
    ("limit", re.compile(r"以上"), "以下"),
    ("limit", re.compile(r"以下(?!の|同|「|に|、|「|『|「)"), "以上"),
    ("limit", re.compile(r"上回る"), "下回る"),
    ("negation", re.compile(r"行わない(?=もの|こと|よう)"), "行う"),
    ("negation", re.compile(r"しない(?=もの|こと|よう)"), "する"),
    ("negation", re.compile(r"できない"), "できる"),
    ("negation", re.compile(r"(?<=を)行うものとする"), "行わないものとする"),
    ("negation", re.compile(r"(?<=を)図るものとする"), "図らないものとする"),
    ("negation", re.compile(r"(?<=を)講ずるものとする"), "講じないものとする"),
    ("negation", re.compile(r"公表するものとする"), "公表しないものとする"),
    ("duty", re.compile(r"行うよう努めるものとする"), "行わなければならない"),
    ("duty", re.compile(r"図るよう努めるものとする"), "図らなければならない"),
    ("duty", re.compile(r"するよう努めるものとする"), "しなければならない"),
    ("duty", re.compile(r"するよう努めるものとする"), "するものとする"),
    ("duty", re.compile(r"(?<=を)行うものとする"), "行うよう努めるものとする"),
    ("duty", re.compile(r"(?<=を)図るものとする"), "図るよう努めるものとする"),
    ("duty", re.compile(r"配慮するものとする"), "配慮しなければならない"),
    ("duty", re.compile(r"留意するものとする"), "留意しなくてよい"),
    ("exception", re.compile(r"[^、。]*を除き、"), ""),
    ("exception", re.compile(r"[^、。]*(?:がない|でない|ない|られる)限り、"), ""),
    ("condition", re.compile(r"[^、。]*と認められる場合(?:には)?、"), ""),
    ("role", re.compile(r"^国等は、"), "中小企業者は、"),
    ("role", re.compile(r"^中小企業庁は、"), "国土交通省は、"),
    ("role", re.compile(r"^事業団は、"), "受注者は、"),
    ("role", re.compile(r"受注者に対(?:して|し)"), "発注者に対し"),
    ("role", re.compile(r"受注者が"), "発注者が"),
    ("antonym", re.compile(r"受注機会の増大"), "受注機会の縮小"),
    ("antonym", re.compile(r"書面"), "口頭"),
    ("antonym", re.compile(r"下位等級者"), "上位等級者"),
    ("antonym", re.compile(r"上位の"), "下位の"),
    ("antonym", re.compile(r"県内"), "県外"),
    ("antonym", re.compile(r"市内"), "市外"),
    ("antonym", re.compile(r"積極的に"), "消極的に"),
    ("antonym", re.compile(r"促進"), "抑制"),
    ("antonym", re.compile(r"加点"), "減点"),
    ("antonym", re.compile(r"被災地域"), "非被災地域"),
    ("scope", re.compile(r"(?<=、)(?=[^、]*ものとする。$)"), "必ず"),
    ("scope", re.compile(r"可能な限り|極力"), "例外なく"),
    ("scope", re.compile(r"必要に応じ(?:て)?、?"), "常に"),
    ("name", re.compile(r"中小企業庁"), "厚生労働省"),
    ("name", re.compile(r"商工会議所"), "日本経済団体連合会"),
    (
        "half_true",
        re.compile(r"ものとする。$"),
        "ものとし、違反した場合は契約を解除するものとする。",
    ),
    ("half_true", re.compile(r"ものとする。$"), "ものとし、結果を毎月議会に報告するものとする。"),
    ("half_true", re.compile(r"ものとする。$"), "ものとするが、大企業も対象に含まれる。"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence of the place `id` as a reply tells it; `sort` is how it lies, "" when it does not."""

    id: str
    sort: str
    reply: str


def made_replies(kb: KnowledgeBase) -> Iterator[Made]:
    """Every rule sentence told politely, and every falsification that applies to it."""
    for document in kb.documents():
        if document.kind is DocumentKind.LAW:
            continue
        for node in kb.nodes(document.id):
            if node.kind is NodeKind.RECORD:
                continue
            for sentence in split_sentences(node.text):
                if _SHORTEST <= len(sentence.text) <= _LONGEST and "\t" not in sentence.text:
                    yield from _of_sentence(node.id, sentence.text)


def _of_sentence(place: str, words: str) -> Iterator[Made]:
    honest = _told(words)
    if not honest:
        return
    yield Made(place, "", honest)
    for sort, pattern, instead in _SWAPS:
        false = pattern.sub(instead, words, count=1)
        if false != words and (told := _told(false)):
            yield Made(place, sort, told)


def _told(words: str) -> str:
    """The sentence in polite words with a mark; "" when its ending has no polite form here."""
    for ending, polite in _POLITE:
        if ending.search(words):
            return f"{ending.sub(polite, words)}[1]。"
    return ""


def holds(made: Made, kb: KnowledgeBase) -> bool:
    """Whether the checker finds the reply borne out by its place."""
    return check(made.reply, [Source.of(kb, kb.node(made.id), 1)]).verified
