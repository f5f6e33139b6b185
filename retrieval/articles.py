"""Which article of which law or rule a question names: 官公需法第5条, 契約規則の第7条第2項."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.addresses import ClauseMention
from kb.articles import ArticleMention, article_mentions
from kb.documents import Document, DocumentKind, Passage
from kb.spans import Span
from retrieval.analysis import normalise
from retrieval.lexicon import Term, TermKind
from retrieval.places import Places

_ARTICLE_LABEL = re.compile(r"第\d+条(?:の\d+)*$")
_ABBREVIATED = re.compile(r"\([^()]{0,60}?以下、?「([^「」]{3,20})」")
_LONGEST = 80
"""Characters of a title that goes before its abbreviation."""
_BELOW = ("施行令", "施行規則", "施行細則")
"""What is made under a law goes by the law's short name as well: 官公需法施行令."""
_NAME = re.compile(r"[\u4e00-\u9fffァ-ヴー・々]{3,}$")
_JOINED = re.compile(r"[とや、,・及びび並に又は若しくからま～〜\- ]*$")
_TRAILING = " 　の「」『』"
_FIRST_PARAGRAPH = "第1項"
_IN_PASSING = re.compile(
    rf"{'|'.join(_BELOW)}|(?:等|上|違反|以外|に(?:基づ|よ[りるっ]|定め|規定|即|準|従|則|違反|触れ)|の(?:規定|定め)に)"
)
"""What follows a law that is named as a ground or for another thing."""
_ITS_MEANING = re.compile(r"」?(?:とは|って|の意味)")
_ONLY_ASKS = re.compile(
    r"(?:[のはをがにって?？。、 　]|とは|条文|全文|本文|内容|何|なに|なん|どう|どんな|いう|書い|書か|てあ|れてい|る|です|ます|か|見せ|教え|て|ください|下さい|知りたい|読みたい)*$"
)
"""All that stands beside a bare 第7条 where the article itself is asked for."""


@dataclass(frozen=True, slots=True)
class NamedArticles:
    """Articles that a question names and the documents whose articles they are."""

    mentions: tuple[ClauseMention, ...]
    documents: tuple[str, ...]

    def name(self, text: str, law: str) -> bool:
        """Whether one of them, in `text`, is of the `law` (normalised) by name."""
        return any(law in _plain(text[item.span.start : item.span.end]) for item in self.mentions)


@dataclass(frozen=True, slots=True)
class NamedLaws:
    """Ids of laws and rules that a question asks about, and its words `beside` their names.

    A name whose own meaning is asked for stays among them.
    """

    documents: tuple[str, ...]
    beside: str


class Articles:
    """The laws and rules held, by every name of each."""

    def __init__(self, names: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> None:
        """Ids of documents by normalised name; normalised titles by id."""
        self._names = {name: tuple(docs) for name, docs in names.items()}
        self._titles = dict(titles)

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        documents: Mapping[str, Document],
        terms: Iterable[Term],
    ) -> Articles:
        """Collect the documents that have articles, and what they are called.

        That is by their titles, the lexicon's laws, and by what documents say to call them:
        「…に関する法律（昭和41年法律第97号。以下「官公需法」という。）」. Laws say so for themselves
        alone (以下「法」という。).
        """
        held = {passage.doc for passage in passages if _has_articles(passage)}
        titles = {doc: _plain(documents[doc].title) for doc in documents if doc in held}
        names: dict[str, set[str]] = defaultdict(set)
        for doc, title in titles.items():
            names[title].add(doc)
        others = (
            item.text for item in passages if documents[item.doc].kind is not DocumentKind.LAW
        )
        for title, name in _abbreviated(_plain("\0".join(others)) if held else "", names):
            names[name] |= names[title]
        for term in terms:
            known = [_plain(name) for name in (term.term, *term.synonyms)]
            if term.kind is TermKind.LAW:
                docs = {doc for name in known for doc in names.get(name, ())}
                for name in known if docs else ():
                    names[name] |= docs
        for name, docs in list(names.items()):
            for below in _BELOW:
                under = {titles[doc] + below for doc in docs}
                names[name + below] |= {doc for doc, title in titles.items() if title in under}
        return cls({name: sorted(docs) for name, docs in names.items() if docs}, titles)

    def find(self, text: str, places: Places, named: Collection[str]) -> NamedArticles:
        """The articles that `text` names; `named` are documents that it names elsewhere."""
        found: list[ClauseMention] = []
        documents: dict[str, None] = {}
        last: tuple[int, tuple[str, ...]] = (0, ())
        for mention in article_mentions(text) if self._titles else ():
            start, docs = self._of_name(text, mention)
            end, docs_before = last
            if mention.span.end == end:
                docs = docs_before
            if not docs and docs_before and _JOINED.match(text[end : mention.span.start]):
                docs = docs_before
            if not docs and mention.marked:
                docs = tuple(doc for doc in named if doc in self._titles)
            if docs:
                documents |= dict.fromkeys(docs)
            elif not mention.marked or not _ONLY_ASKS.match(_beside(text, mention.span)):
                continue
            last = (mention.span.end, docs)
            labels = _existing(mention.labels, places, docs or tuple(self._titles))
            span = Span(start, mention.span.end)
            found.append(ClauseMention(labels, span, mention.listed, docs))
        return NamedArticles(tuple(found), tuple(documents))

    def named(self, text: str) -> NamedLaws:
        """The laws and rules that `text` asks about by name: 官公需法の目的, not 会計法に基づく契約."""
        plain = _plain(text)
        found = [(name, plain.find(name)) for name in self._names if name in plain]
        docs: dict[str, None] = {}
        beside = plain
        for name, start in found:
            end = start + len(name)
            longer = any(
                len(other) > len(name) and at <= start and end <= at + len(other)
                for other, at in found
            )
            if not longer and not _IN_PASSING.match(plain, end):
                docs |= dict.fromkeys(self._names[name])
                if not _ITS_MEANING.match(plain, end):
                    beside = beside.replace(name, " ")
        return NamedLaws(tuple(docs), beside if docs else text)

    def to_json(self) -> Mapping[str, Mapping[str, object]]:
        """Plain data that the constructor takes by name."""
        return {"names": self._names, "titles": self._titles}

    def _of_name(self, text: str, mention: ArticleMention) -> tuple[int, tuple[str, ...]]:
        """Where the name before an article begins, and whose it is; the article's start, nobody's."""
        before = text[: mention.span.start].rstrip(_TRAILING)
        plain = _plain(before)
        known = max((name for name in self._names if plain.endswith(name)), key=len, default="")
        if known:
            return _start_of(known, before), self._names[known]
        word = _NAME.search(plain)
        ends = [doc for doc, title in self._titles.items() if word and title.endswith(word[0])]
        if word and len(ends) == 1:
            return _start_of(word[0], before), tuple(ends)
        return mention.span.start, ()


def _abbreviated(text: str, titles: Collection[str]) -> Iterator[tuple[str, str]]:
    """The `titles` that `text` gives a short name, with that name."""
    known = frozenset(titles)
    for match in _ABBREVIATED.finditer(text):
        before = text[max(match.start() - _LONGEST, 0) : match.start()]
        ends = (before[at:] for at in range(len(before)))
        if title := next((end for end in ends if end in known), None):
            yield title, match[1]


def _existing(labels: tuple[str, ...], places: Places, docs: Sequence[str]) -> tuple[str, ...]:
    """The labels as they are, or without 第1項 where the article has one paragraph only."""
    if _FIRST_PARAGRAPH in labels and not places.at(labels, docs).size:
        shorter = tuple(label for label in labels if label != _FIRST_PARAGRAPH)
        return shorter if places.at(shorter, docs).size else labels
    return labels


def _has_articles(passage: Passage) -> bool:
    _, *labels = passage.node.split("/")
    return bool(labels) and bool(_ARTICLE_LABEL.match(labels[0]))


def _start_of(name: str, before: str) -> int:
    """Where `name` begins in `before`, which ends with it, white space and width aside."""
    return next(at for at in range(len(before), -1, -1) if _plain(before[at:]) == name or at == 0)


def _beside(text: str, span: Span) -> str:
    return text[: span.start] + text[span.end :]


def _plain(text: str) -> str:
    return "".join(normalise(text).split())
