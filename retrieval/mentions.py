"""Documents, years and clause numbers that a question names, and what of them is not there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.addresses import ClauseMention
from kb.documents import POLICIES, Document, DocumentKind, Passage
from kb.fiscal_year import FiscalYear, years_named
from retrieval.analysis import normalise
from retrieval.owners import GOVERNMENT, OwnerMention
from retrieval.places import NONE, Places, Positions
from retrieval.query import Absence, OnlyIn

_BASIC_POLICY = "基本方針"
# Not 物流効率化基本方針 and the like.
_ITS_TITLE = r"(?:(?<![\u4e00-\u9fff])|(?<=[度国需約等府年新旧現同]))基本方針"
_KINDS: tuple[tuple[DocumentKind, str, re.Pattern[str]], ...] = (
    (
        DocumentKind.KIHON,
        _BASIC_POLICY,
        re.compile(rf"{_ITS_TITLE}|国の方針|政府の方針|国等の契約の"),
    ),
    (DocumentKind.KIKAN, "契約の方針", re.compile(r"契約の?方針")),
    (DocumentKind.JIREI, "事例集", re.compile(r"事例集|発注事例")),
)
_DECISION = re.compile(
    r"いつ|決定|決ま|決め|閣議|策定|作成|公表|即し|基づ|踏まえ|引用|書い|触れ|読め|読む|見られ|見れ|載|入手|ダウンロード"
)
_POLICY = re.compile(r"方針|目標|実績|(?<!落札)比率|契約(?:金額|額|の?割合)")
_RESULTS = re.compile(r"実績")
_ERA_YEAR = r"(?:(?:令和|平成|昭和)(?:元|\d{1,2})|(?<![a-z])[rh]\d{1,2}|(?:19|20)\d{2})(?:年度?)?"
_GOVERNMENTS_YEAR = re.compile(
    rf"{_ERA_YEAR}[のに]?(?:国等?(?![\u4e00-\u9fff])|政府)|(?:国等?|政府)の{_ERA_YEAR}"
)
_FISCAL = re.compile(r"((?:令和|平成|昭和)(?:元|\d{1,2})|(?:19|20)\d{2})年度")
_DECIDED = re.compile(r"((?:令和|平成)(?:元|\d{1,2})年(?:[4-9]|1[0-2])月\d{1,2}日)閣議決定")
_IS = r"(?:あって|あり|ある(?:のに|が|けど)|書いてあって|書いてあるのに|載ってい?て)"
_IS_NOT = r"(?:は|も)?(?:な[いく]|書いて(?:い)?ない|載って(?:い)?ない|見当たらない)"
_HERE_NOT_THERE = re.compile(rf"(?P<here>.+?)に(?:は|だけ)?{_IS}[、,]?(?P<there>.+?)に{_IS_NOT}")
_HERE_ALONE = re.compile(
    r"(?P<here>.+?)(?:だけ|のみ)(?:に(?:ある|書い|載|定め|規定)|が定め|の(?:条|項|規定))"
)
_SHORT_TITLE = 4


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What of a document a question may name; `years` are western fiscal years its text names.

    `owner` is whose policy it is, `issuer` who issued it, whatever it is.
    """

    id: str
    title: str
    kind: DocumentKind
    owner: str | None
    year: int | None
    years: tuple[int, ...]
    issuer: str = ""


class Cards:
    """The cards of a knowledge base, looked up by what a question may name of them.

    A law a card: with hundreds of thousands of articles nothing may go through all of them.
    """

    def __init__(self, cards: Iterable[DocumentCard]) -> None:
        """`cards` in index order."""
        self.every = tuple(cards)
        self.policies = tuple(card for card in self.every if card.kind in POLICIES)
        self._of_kind: dict[DocumentKind, list[DocumentCard]] = defaultdict(list)
        self._beginning: dict[str, dict[int, DocumentCard]] = defaultdict(dict)
        for at, card in enumerate(self.every):
            self._of_kind[card.kind].append(card)
            for written in (card.id, card.title):
                self._beginning[written[:2]][at] = card

    def of_kind(self, kind: DocumentKind) -> Sequence[DocumentCard]:
        """Those of one kind."""
        return self._of_kind.get(kind, ())

    def beginning(self, pairs: Iterable[str]) -> Iterator[DocumentCard]:
        """Those whose id or title begins with one of `pairs`, two characters each."""
        found = [card for pair in pairs for card in self._beginning.get(pair, {}).items()]
        for _, card in sorted(dict(found).items()):
            yield card


@dataclass(frozen=True, slots=True)
class NamedDocuments:
    """Ids of documents.

    `documents` are named by kind, title, owner or id, `dated` are of a year named, `of_other_years`
    of the kind or owner named but not of the year named. `of_owners` are all policies of the owners
    named. Where no year is named, `newest` are the latest of those that come out every year.
    """

    documents: tuple[str, ...]
    dated: tuple[str, ...]
    of_other_years: tuple[str, ...]
    of_owners: tuple[str, ...]
    newest: tuple[str, ...]
    absent: tuple[Absence, ...]


def make_cards(
    passages: Sequence[Passage], documents: Mapping[str, Document]
) -> tuple[DocumentCard, ...]:
    """One card a document, in index order."""
    texts: dict[str, list[str]] = {}
    for passage in passages:
        texts.setdefault(passage.doc, []).append(passage.text)
    return tuple(_card(documents[doc], "".join(texts[doc])) for doc in texts)


def _card(document: Document, text: str) -> DocumentCard:
    plain = re.sub(r"\s+", "", normalise(text))
    years = {
        year.western
        for pattern in (_FISCAL, _DECIDED)
        for match in pattern.finditer(plain)
        for year in years_named(match[1])
    }
    year = document.fiscal_year
    return DocumentCard(
        document.id,
        re.sub(r"\s+", "", normalise(document.title)),
        document.kind,
        document.issuer if document.kind is DocumentKind.KIKAN else None,
        year.western if year else None,
        tuple(sorted(years)),
        document.issuer,
    )


def named_documents(
    text: str,
    years: Sequence[FiscalYear],
    owners: Sequence[OwnerMention],
    cards: Cards,
) -> NamedDocuments:
    """Documents that normalised `text` names; a year named picks among documents of one kind."""
    flat = re.sub(r"\s+", "", text)
    western = {year.western for year in years}
    meant = {mention.name for mention in owners if mention.weight >= 1}
    named: list[str] = []
    others: list[str] = []
    absent: list[Absence] = []
    for group, title in _groups(flat, meant, cards, western):
        fitting = [card for card in group if card.year in western]
        others += [card.id for card in group if western and card.year not in western]
        # A year that none of them is of leaves the texts that speak of it: see `dated`.
        named += [card.id for card in fitting or (() if western else group)]
        if western and not fitting and (_POLICY.search(flat) or title == "事例集"):
            texts = _that_may_speak_of(title, flat, group, cards.every)
            absent += _missing_years(title, years, group, texts)
    named += _written_out(text, flat, cards)
    dated = tuple(card.id for card in cards.every if card.year in western) if western else ()
    return NamedDocuments(
        tuple(dict.fromkeys(named)),
        dated,
        tuple(dict.fromkeys(others)),
        tuple(card.id for card in cards.policies if _owner(card) in meant),
        () if western else _newest(cards.policies),
        tuple(absent),
    )


def _written_out(text: str, flat: str, cards: Cards) -> Iterator[str]:
    """Documents whose id or title stands in the text; most are told by two characters not to."""
    pairs = {
        found[at : at + size]
        for found in (text, flat)
        for size in (1, 2)
        for at in range(len(found))
    }
    for card in cards.beginning(pairs):
        if card.id in text or (len(card.title) >= _SHORT_TITLE and card.title in flat):
            yield card.id


def _owner(card: DocumentCard) -> str | None:
    return GOVERNMENT if card.kind is DocumentKind.KIHON else card.owner


def _newest(cards: Sequence[DocumentCard]) -> tuple[str, ...]:
    """The latest policies of owners that have several."""
    editions: dict[str, list[DocumentCard]] = {}
    for card in cards:
        owner = _owner(card)
        if owner and card.year:
            editions.setdefault(owner, []).append(card)
    return tuple(
        max(all_, key=lambda card: card.year or 0).id for all_ in editions.values() if all_[1:]
    )


def set_against(
    text: str, owners: Sequence[OwnerMention], named: NamedDocuments, cards: Sequence[DocumentCard]
) -> OnlyIn | None:
    """Which policies are set against which (鹿屋にあって私学にない, 鹿屋だけにある)."""
    match = _HERE_NOT_THERE.search(text) or _HERE_ALONE.search(text)
    if match is None:
        return None
    policies = [card for card in cards if _owner(card) and card.id not in named.of_other_years]
    parts = match.groupdict()
    here = _policies_named(parts["here"], owners, policies)
    others = [card.id for card in policies if card.id not in here]
    there = _policies_named(parts["there"], owners, policies) if parts.get("there") else others
    return OnlyIn(tuple(here), tuple(there)) if here and there else None


def _policies_named(
    text: str, owners: Sequence[OwnerMention], policies: Sequence[DocumentCard]
) -> list[str]:
    meant = {mention.name for mention in owners if mention.weight >= 1 and mention.written in text}
    return [card.id for card in policies if _owner(card) in meant]


def _groups(
    flat: str,
    owners: Collection[str],
    cards: Cards,
    western: Collection[int],
) -> Iterator[tuple[Sequence[DocumentCard], str]]:
    """Documents of each owner or kind named, with the group's Japanese name.

    What the government aims at in a year that no basic policy is of (令和7年度の国の目標) would stand
    in that one.
    """
    of_government = (
        GOVERNMENT in owners
        and _GOVERNMENTS_YEAR.search(flat) is not None
        and _POLICY.search(flat) is not None
    )
    by_owner = False
    group: Sequence[DocumentCard]
    for owner in owners:
        group = [card for card in cards.policies if card.owner == owner]
        if group:
            by_owner = True
            yield group, f"{owner}の契約の方針"
    for kind, name, pattern in _KINDS:
        if kind is DocumentKind.KIKAN and by_owner:
            continue
        group = cards.of_kind(kind)
        means_government = (
            kind is DocumentKind.KIHON
            and of_government
            and not by_owner
            and not any(card.year in western for card in group)
        )
        if not means_government and not pattern.search(flat):
            continue
        if group:
            yield group, name
            return


def _that_may_speak_of(
    title: str, flat: str, group: Sequence[DocumentCard], cards: Sequence[DocumentCard]
) -> Sequence[DocumentCard]:
    """The texts that may answer for a policy of a year that is not there.

    An owner's own texts speak of other years, and so does a later policy of what was reached; of
    the policy of all, the others tell only when it was decided and that they follow it.
    """
    if title != _BASIC_POLICY or _RESULTS.search(flat):
        return group
    return cards if _DECISION.search(flat) else ()


def _missing_years(
    title: str,
    years: Sequence[FiscalYear],
    group: Sequence[DocumentCard],
    texts: Sequence[DocumentCard],
) -> Iterator[Absence]:
    held = "、".join(str(FiscalYear(card.year)) for card in group if card.year)
    for year in years:
        yield Absence(
            f"{year}の{title}",
            f"「{year}の{title}」は知識ベースにありません（あるのは{held}のものです）。",
            any(year.western in card.years for card in texts),
        )


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """Index positions of the clauses and cases named by number, and of the nearest to absent ones.

    `listed` are those below a clause whose items are asked for, in the document's order.
    """

    exact: tuple[Positions, ...]
    listed: tuple[Positions, ...]
    nearest: tuple[Positions, ...]
    absent: tuple[Absence, ...]


def named_places(
    mentions: Sequence[ClauseMention],
    docs: Collection[str],
    text: str,
    places: Places,
    listing: bool,
) -> NamedPlaces:
    """Look the numbers up in `docs`, or everywhere when none is named or none has them.

    Of a `listing` the clauses right below are meant, if there are any.
    """
    exact: list[Positions] = []
    listed: list[Positions] = []
    nearest: list[Positions] = []
    absent: list[Absence] = []
    for mention in mentions:
        labels = mention.labels
        among = mention.documents or docs or places.docs
        below = places.below(labels, among) if listing else NONE
        if below.size:
            listed.append(below)
            continue
        found = places.at(labels, among)
        if found.size:
            exact.append(found)
            continue
        written = mention.written(text)
        absent.append(
            Absence(
                written,
                f"「{written}」という番号の箇所はありません。番号を確認してください。",
                False,
            )
        )
        while len(labels) > 1 and not found.size:
            labels = labels[:-1]
            found = places.at(labels, among)
        if found.size:
            nearest.append(found)
    return NamedPlaces(tuple(exact), tuple(listed), tuple(nearest), tuple(absent))
