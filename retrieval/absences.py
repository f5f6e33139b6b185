"""What a question names that the knowledge base does not have: owners, years, laws."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kb.documents import Document, DocumentKind, Passage
from kb.fiscal_year import FiscalYear, years_named
from retrieval.analysis import normalise
from retrieval.lexicon import Term, TermKind
from retrieval.mentions import DocumentCard
from retrieval.owners import GOVERNMENT, OwnerMention, UnknownOwner
from retrieval.query import Absence

_CALENDAR = re.compile(
    r"(?:(?:令和|平成|昭和)(?:元|\d{1,2})|(?:19|20)\d{2})年?(?=\d{1,2}月|[春夏秋冬]|問題|以[内降]|後|前|に|から|まで|頃|ごろ|時点"
    r"|の(?:(?!方針|目標|実績|比率)[^。、?]){0,8}(?:震災|地震|豪雨|水害|台風|災害|改正|法律))"
)
"""Dates and catchwords (2024年問題, 令和6年の地震) that are not about a fiscal year."""
_PLACE_ENDS = ("都", "道", "府", "県", "市", "区", "町", "村", "地方")
_REGION = "地方"
_THEIR_EXAMPLES = re.compile(
    r"(?:の|で(?:の|は)?)?[^。、?]{0,6}(?:事例|取組|取り組み|例|自治体|やって|どう)"
)
_OF_THEM = re.compile(
    r"(?:で(?:働|勤|仕事)|に(?:勤|所属|いる|おり)|の(?:職員|者|担当)(?:です|だ|で))"
)
"""What one says of oneself: 県の中央会で働いています."""
_BODY = re.compile(
    r"(?:[\u4e00-\u9fffァ-ヴー・]|(?<=[\u4e00-\u9fff])(?![のとはをにへやも]|から|など|まで|より|では|[あすい]る)"
    r"[ぁ-ゖ]{2,3}(?=[\u4e00-\u9fff])){2,16}"
    r"(?:大学|[省庁]|機構|研究所|センター|公社|公庫|事業団|財団|[市区町村])"
)
_GENERIC = re.compile(r"[各他本当同何全両諸]|国立大|公立大|私立大|政令|中核|特別区|市区|市町")
_THEIR_POLICY = re.compile(r"の[^。、?]{0,10}(?:契約の?方針|方針|目標|比率|割合|実績)")
_OWN_POLICY = re.compile(r"の[^。、?]{0,10}方針")
_LAW = re.compile(
    r"(?:[\u4e00-\u9fffァ-ヴー・]{2,24}?(?:法|令|規則|条例)|[民刑商]法|憲法)(?=の?第?\d+条)"
)
_ANY_LAW = re.compile(r"[\u4e00-\u9fffァ-ヴー・]{1,24}(?:法|令|規則|条例)")
_ITS_TEXT = re.compile(r"の?(?:第?\d+条|条文|全文|本文|何条|で何条|では)")
_ARTICLE = r"第?[\d〇一二三四五六七八九十百]+条"
_ITS_WORDS = re.compile(
    # Nothing but the article is asked for: 官公需法第5条, 第3条から第5条まで.
    rf"の?{_ARTICLE}(?:[第\d〇一二三四五六七八九十百条項号のと、・～〜]|から|まで|及び)*[?？。 ]*$"
    r"|の?(?:第?\d+条[第\d条項号のはを]*(?:内容|条文|本文|全文|見せ|とは|って|には?何)|条文|全文|本文)"
)


def missing_owners(
    unknown: Sequence[UnknownOwner], text: str, cards: Sequence[DocumentCard]
) -> Iterator[Absence]:
    """Bodies that normalised `text` names and of whom there is no text, case or row.

    A place where something happened (福島の原発, 東北地方の地震) is no body; a body that a text speaks of
    is missing when its own policy or figures are asked for. Of one that issued other documents the
    reason says what is there.
    """
    for owner in unknown:
        after = text.partition(owner.written)[2]
        place_only = owner.name.endswith(_REGION) or (
            owner.name.endswith(_PLACE_ENDS) and not owner.written.endswith(_PLACE_ENDS)
        )
        # 公庫等 and 府省等 mean whoever is of that sort.
        if after.startswith("等"):
            continue
        if _OF_THEM.match(after):
            continue
        if owner.mentioned and not _THEIR_POLICY.match(after):
            continue
        if place_only and not _THEIR_EXAMPLES.match(after):
            continue
        held = "".join(f"「{card.title}」" for card in cards if owner.name in card.issuer)
        reason = (
            f"「{owner.name}」の契約の方針や実績は知識ベースにありません（{owner.name}が出した資料は{held}です）。"
            if held
            else f"「{owner.name}」の資料や事例は知識ベースにありません。"
        )
        yield Absence(owner.written, reason, False)


def unheard_bodies(
    text: str, named: Sequence[str], is_unknown: Callable[[str], bool]
) -> Iterator[Absence]:
    """Bodies that neither the lexicon nor any document knows, whose policy, figures or cases are wanted.

    `named` are the writings in normalised `text` that are told already; `is_unknown` says whether a
    word's characters stand side by side nowhere.
    """
    for match in _BODY.finditer(text):
        body, after = match[0], text[match.end() :]
        told = any(writing in body or body in writing for writing in named)
        wanted = _THEIR_POLICY.match(after)
        if body.endswith(("市", "区", "町", "村")):
            wanted = wanted or _THEIR_EXAMPLES.match(after)
        if wanted and not told and not _GENERIC.match(body) and is_unknown(body):
            yield Absence(body, f"「{body}」の資料や事例は知識ベースにありません。", False)


def bodies_written(text: str) -> Iterator[str]:
    """What in normalised `text` is spelt like the name of one agency."""
    for match in _BODY.finditer(text):
        if not _GENERIC.match(match[0]):
            yield match[0]


def fiscal_years(text: str) -> tuple[FiscalYear, ...]:
    """The years that normalised `text` names, without those of dates."""
    return years_named(_CALENDAR.sub("", text))


def missing_years(text: str, cards: Sequence[DocumentCard]) -> Iterator[Absence]:
    """Fiscal years named that no document is of and no text speaks of."""
    for year in fiscal_years(text):
        if not any(year.western == card.year or year.western in card.years for card in cards):
            yield Absence(
                str(year),
                f"{year}の資料は知識ベースにありません。別の年度で尋ねてください。",
                False,
            )


def missing_policies(
    text: str, owners: Sequence[OwnerMention], cards: Sequence[DocumentCard]
) -> Iterator[Absence]:
    """Bodies of whom there are cases or figures, but not the policy that `text` asks for.

    A policy of another body that lies there is not that of a prefecture or city.
    """
    having = {card.owner for card in cards} | {GOVERNMENT}
    for written in dict.fromkeys(owner.written for owner in owners):
        least = 1 if written.endswith(_PLACE_ENDS) else 0
        names = [o.name for o in owners if o.written == written and o.weight >= least]
        if not having.isdisjoint(names) or not _OWN_POLICY.match(text.partition(written)[2]):
            continue
        yield Absence(written, f"「{written}」の契約の方針は知識ベースにありません。", False)


class Laws:
    """Laws that the documents are or speak of, by every writing that is known of each."""

    def __init__(self, names: Iterable[str], held: Iterable[str], spoken_of: Iterable[str]) -> None:
        """Normalised writings: all that the lexicon has, of laws held, and of laws spoken of."""
        self._names = tuple(names)
        self._held = frozenset(held)
        self._spoken_of = frozenset(spoken_of)

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        documents: Mapping[str, Document],
        terms: Iterable[Term],
    ) -> Laws:
        """Look for the laws of the lexicon, and for any other that the documents cite."""
        titles = [
            normalise(document.title)
            for document in documents.values()
            if document.kind is DocumentKind.LAW
        ]
        text = normalise("\0".join(passage.text for passage in passages))
        known: list[str] = []
        held: set[str] = set(titles)
        spoken_of: set[str] = {match[0] for match in _ANY_LAW.finditer(text)}
        for term in terms:
            if term.kind is TermKind.LAW:
                names = [normalise(name) for name in (term.term, *term.synonyms)]
                known += names
                if any(name in titles for name in names):
                    held.update(names)
                if any(name in text for name in names):
                    spoken_of.update(names)
        return cls(known, held, spoken_of)

    def missing(self, text: str) -> Iterator[Absence]:
        """Laws named in normalised `text` whose own words are asked for and are not there."""
        named = [name for name in self._names if name in text]
        named += [match[0] for match in _LAW.finditer(text)]
        for name in dict.fromkeys(named):
            if name in self._held or any(name in other != name for other in named):
                continue
            spoken_of = any(known.endswith(name) for known in self._spoken_of)
            wanted = _ITS_WORDS if spoken_of else _ITS_TEXT
            if wanted.match(text.partition(name)[2]):
                yield Absence(name, f"「{name}」の条文は知識ベースにありません。", spoken_of)

    def to_json(self) -> Mapping[str, Sequence[str]]:
        """Plain data that the constructor takes by name."""
        return {
            "names": self._names,
            "held": sorted(self._held),
            "spoken_of": sorted(self._spoken_of),
        }
