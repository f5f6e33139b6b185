"""Who does what to whom: 国等は受注者に確認する is not 受注者は国等に確認する."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.checking.names import abbreviates
from retrieval.analysis import normalise

_RUN = r"[\u4e00-\u9fff々ァ-ヴー・a-z0-9]+"
_CHAIN = rf"(?:{_RUN}(?:の|、|及び|並びに|又は|若しくは|や|と|\s))*{_RUN}"
_PARTICLE = re.compile(
    rf"(?P<names>{_CHAIN})(?:\([^()]*\))?(?P<particle>については|は|が|に対し|に(?=[^、。]{{0,25}}[、。]|[^、。]{{0,25}}$)|へ|あて)"
)
_NOT_RECIPIENT = re.compile(
    r"に(?:て|は|も|つい|よ[りっる]|お(?:い|け)|関|係|際|当た|基づ|限|従|加え|応じ|伴|向け|とっ|準|該当|なる|なり|含)"
)
_ACTOR = re.compile(
    r"(?:国|国等|府|省|庁|県|都|市|区|町|村|企業団|機関|機構|センター|中央会|団体|組合|商工会|会議所|会社|企業|者|大学|本学|事業団|公庫"
    r"|長|委員会|審査会|部局|部署|課|職員|担当|政府|当局|自治体|法人)等?$"
)
_NO_ACTOR = re.compile(
    r"(?:概要|制度|方針|窓口|対象者|要件|前者|後者|両者|該当者|対象企業|業種|相談)等?$"
)
# How the writer of any document may be called, and the sides of a contract who are not meant.
_ANY_OWNER = frozenset(["発注者", "国", "大学", "団体", "機関", "自治体", "担当者"])
_PARTY = re.compile(
    r"(?:受注者|受注事業者|元請業者|元請事業者|中小企業者|事業者|業者|下請業者|組合)$"
)
_SIDES = (("発注者", "受注者"), ("受注者", "発注者"), ("元請", "下請"), ("下請", "元請"))
_SPLIT = re.compile(r"、|及び|並びに|又は|若しくは|や|と|\s")
_PREFIX = re.compile(r"^(?:当該|同|本|当|各|貴|特に|また|なお|この|その)+")


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a text by what they do in it; `all` in any part."""

    topics: frozenset[str] = field(default_factory=frozenset)
    subjects: frozenset[str] = field(default_factory=frozenset)
    recipients: frozenset[str] = field(default_factory=frozenset)
    spoken_of: frozenset[str] = field(default_factory=frozenset)

    @property
    def agents(self) -> frozenset[str]:
        """Those that act."""
        return self.topics | self.subjects


def roles_swapped(statement: str, evidence: Sequence[str], owner: str) -> str:
    """An actor that a statement gives another part than the evidence does; "" when none.

    `owner` holds the names of whose document it is: it acts where a sentence names nobody.
    """
    if not evidence:
        return ""
    own, theirs = cast(statement), cast("\n".join(evidence))
    for actor in own.agents:
        if _in(actor, theirs.agents):
            continue
        if _in(actor, theirs.recipients):
            return actor
    for actor in own.recipients:
        if _in(actor, theirs.recipients):
            continue
        if _in(actor, theirs.agents) or (
            theirs.recipients and not _named(actor, "\n".join(evidence))
        ):
            return actor
    return _inverted(own, theirs) or _replaced(own, theirs, evidence[0], owner)


def _inverted(own: Cast, theirs: Cast) -> str:
    """「AはBが…するのを支援する」 told as 「BはAが…」."""
    for topic in own.topics:
        for subject in own.subjects:
            if (
                _in(topic, theirs.subjects)
                and not _in(topic, theirs.topics)
                and _in(subject, theirs.topics)
                and not _in(subject, theirs.subjects)
            ):
                return topic
    return ""


def _replaced(own: Cast, theirs: Cast, nearest: str, owner: str) -> str:
    """An actor said to act where the nearest sentence names another one, or means its owner."""
    named = cast(nearest)
    for one, other in _SIDES:
        if one in own.subjects and one not in theirs.agents and other in named.subjects:
            return one
    if any(_in(subject, theirs.topics - theirs.subjects) for subject in own.subjects):
        return ""  # 「…は、中央会が設置し…」: spoken of, not acting.
    for actor in own.topics:
        known = theirs.topics | theirs.spoken_of
        if (
            actor in theirs.subjects
            or _in(actor, known)
            or _named(actor, owner)
            or actor in _ANY_OWNER
        ):
            continue
        if named.agents or _PARTY.search(actor):
            return actor
    return ""


def cast(text: str) -> Cast:
    """The actors of a text and their parts."""
    topics: set[str] = set()
    subjects: set[str] = set()
    recipients: set[str] = set()
    spoken_of: set[str] = set()
    normal = normalise(text)
    for match in _PARTICLE.finditer(normal):
        actors = list(_actors(match["names"]))
        particle = match["particle"]
        if particle == "は":
            topics.update(actors)
        elif particle == "については":
            spoken_of.update(actors)
        elif particle == "が":
            subjects.update(actors)
        elif not _NOT_RECIPIENT.match(normal, match.start("particle")):
            recipients.update(actors[-1:])
    return Cast(frozenset(topics), frozenset(subjects), frozenset(recipients), frozenset(spoken_of))


def _actors(names: str) -> Iterator[str]:
    """The actors in a list of names: 「内閣府、経済産業省等」, 「各省各庁の長及び公庫等の長」."""
    for part in _SPLIT.split(names):
        name = part.rpartition("の")[2] if not part.endswith("の長") else part
        if len(name) > 1 and _ACTOR.search(name) and not _NO_ACTOR.search(name):
            yield _PREFIX.sub("", name).removesuffix("等") or name


def _in(actor: str, others: Collection[str]) -> bool:
    return any(actor.endswith(other) or other.endswith(actor) for other in others)


def _named(actor: str, text: str) -> bool:
    """Whether `text` has the name, or one that it abbreviates."""
    names = normalise(text).split()
    return any(actor in name or abbreviates(actor, name) for name in names)
