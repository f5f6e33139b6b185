"""Whose text each passage is, and the names and nicknames by which a question means an owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from kb.documents import Document, DocumentKind, Passage
from kb.places import PREFECTURES, REGIONS, prefecture_of
from retrieval.analysis import normalise
from retrieval.lexicon import Owner, OwnerKind
from retrieval.surfaces import Found, Surfaces

NOBODY = -1
GOVERNMENT = "国等"
"""Owner of the basic policies, as they call themselves."""
NEIGHBOUR = 0.5
"""Weight of an owner that only lies in the prefecture named."""

_LEGAL_FORM = re.compile(
    r"^(?:国立大学法人|公立大学法人|大学共同利用機関法人|学校法人|地方独立行政法人|独立行政法人"
    r"|国立研究開発法人|株式会社|(?:一般|公益)(?:社団|財団)法人)"
)
_PLACE_SUFFIX = re.compile(r"[都府県市区町村]$")
_DESCRIPTION = re.compile(r"^(.+?)の(?:県|道|府|街|市|町|都市)$")
_DESCRIBED_AS = ("の", "で有名な", "が有名な", "で知られる", "で名高い", "が名物の", "といえばの")
_PLACE_AHEAD = re.compile(r"(?:あの)?(?:県|けん|市|街|まち|町|都市|国立|大学|役所|自治体|とこ)")
_UNIVERSITY_AHEAD = re.compile(r"(?:県|けん)?の?(?:国立の?)?(?:大学|だいがく)")
_CITY_AHEAD = re.compile(r"(?:県)?の?市(?!場)")
_BUREAU_AHEAD = re.compile(r"[\u4e00-\u9fff]{0,5}局")


@dataclass(frozen=True, slots=True)
class OwnerMention:
    """An owner named in a question: as `written`, and the owner of the knowledge base meant.

    `weight` is 1 for the owner named and less for others of the prefecture named.
    """

    written: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class UnknownOwner:
    """An owner named of whom the knowledge base has nothing; `mentioned` if a text names it."""

    written: str
    name: str
    mentioned: bool


@dataclass(frozen=True, slots=True)
class _Naming:
    """What a writing stands for: numbers of owners meant, and of others in that prefecture."""

    name: str
    meant: tuple[int, ...]
    around: tuple[int, ...] = ()
    mentioned: bool = False
    description: bool = False


class Owners:
    """The owners in a knowledge base and all writings that name them or a body unknown to it."""

    def __init__(self, names: Sequence[str], namings: Mapping[str, _Naming]) -> None:
        self.names = tuple(names)
        self._surfaces = Surfaces(namings)

    def find(self, text: str) -> tuple[tuple[OwnerMention, ...], tuple[UnknownOwner, ...]]:
        """Owners named in normalised `text`, known and unknown ones, in order of mention."""
        known: dict[str, OwnerMention] = {}
        unknown: dict[str, UnknownOwner] = {}
        for found in self._surfaces.find(text):
            naming, after = found.value, text[found.span.end :]
            if naming.description and not _PLACE_AHEAD.match(after):
                continue
            # 九州地方整備局 is no body of 九州.
            if naming.around and not naming.meant and _BUREAU_AHEAD.match(after):
                continue
            for mention in self._meant(found, after):
                before = known.get(mention.name)
                if before is None or before.weight < mention.weight:
                    known[mention.name] = mention
            if not naming.meant and not naming.around:
                unknown[naming.name] = UnknownOwner(found.surface, naming.name, naming.mentioned)
        return tuple(known.values()), tuple(unknown.values())

    def _meant(self, found: Found[_Naming], after: str) -> Iterator[OwnerMention]:
        naming = found.value
        everybody = (*naming.meant, *naming.around)
        if naming.around or len(naming.meant) > 1:
            for pattern, ending in ((_UNIVERSITY_AHEAD, "大学"), (_CITY_AHEAD, "市")):
                narrowed = [n for n in everybody if self.names[n].endswith(ending)]
                if narrowed and pattern.match(after):
                    yield from (OwnerMention(found.surface, self.names[n], 1.0) for n in narrowed)
                    return
        for number in naming.meant:
            yield OwnerMention(found.surface, self.names[number], 1.0)
        for number in naming.around:
            yield OwnerMention(found.surface, self.names[number], NEIGHBOUR)

    def to_json(self) -> dict[str, Any]:
        """Plain data that `from_json` takes."""
        return {
            "names": self.names,
            "namings": _NAMINGS.dump_python(dict(self._surfaces.items())),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Owners:
        """What `to_json` gave. Raises ValueError or KeyError for anything else."""
        return cls(data["names"], _NAMINGS.validate_python(data["namings"]))


_NAMINGS = TypeAdapter(dict[str, _Naming])


def owner_of(passage: Passage, document: Document) -> str | None:
    """The body whose rule, case or figures a passage holds; None for texts about everybody."""
    if passage.case:
        return passage.case.organisation
    labels = passage.node.split("/")
    if "表" in labels[1:-1]:
        return labels[-1].partition("#")[0]
    if document.kind is DocumentKind.KIKAN:
        return document.issuer
    return GOVERNMENT if document.kind is DocumentKind.KIHON else None


def tables_of_figures(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Ids of the tables whose rows are owners' figures, in index order."""
    return tuple(
        dict.fromkeys(
            passage.node.rpartition("/")[0]
            for passage in passages
            if "表" in passage.node.split("/")[1:-1]
        )
    )


def build_owners(
    passages: Sequence[Passage], documents: Mapping[str, Document], lexicon: Iterable[Owner]
) -> tuple[Owners, npt.NDArray[np.int32]]:
    """The owners of `passages`, and each passage's owner number (NOBODY for none)."""
    numbers: dict[str, int] = {}
    of = np.full(len(passages), NOBODY, dtype=np.int32)
    for position, passage in enumerate(passages):
        owner = owner_of(passage, documents[passage.doc])
        if owner is not None:
            of[position] = numbers.setdefault(owner, len(numbers))
    rows = tuple(lexicon)
    told = {_bare(row.name): row.prefecture for row in rows if row.kind is OwnerKind.ORGANISATION}
    prefectures = {name: _prefecture(name) or told.get(_bare(name)) for name in numbers}
    namings: dict[str, _Naming] = {}
    for name, number in numbers.items():
        for surface in _automatic(name):
            _add(namings, surface, _Naming(name, (number,)))
    text = "\0".join(normalise(passage.text) for passage in passages)
    for row in rows:
        _add_row(namings, row, numbers, prefectures, text)
    return Owners(tuple(numbers), namings), of


def _add_row(
    namings: dict[str, _Naming],
    row: Owner,
    numbers: Mapping[str, int],
    prefectures: Mapping[str, str | None],
    text: str,
) -> None:
    region = REGIONS.get(row.name, ())
    if row.kind is OwnerKind.GROUP and row.document_kind is None and not region:
        return
    bare = _bare(row.name)
    meant = tuple(
        number
        for name, number in numbers.items()
        if _bare(name) == bare or (row.document_kind and name == GOVERNMENT)
    )
    there = region or ((row.name,) if row.kind is OwnerKind.PREFECTURE else ())
    around = tuple(
        number
        for name, number in numbers.items()
        if prefectures[name] in there and number not in meant
    )
    naming = _Naming(row.name, meant, around, mentioned=normalise(bare) in text)
    for surface in dict.fromkeys((*_automatic(row.name), *map(normalise, row.aliases))):
        description = _DESCRIPTION.match(surface)
        if description:
            described = _Naming(row.name, meant, around, naming.mentioned, description=True)
            for joint in _DESCRIBED_AS:
                _add(namings, description[1] + joint, described)
        else:
            _add(namings, surface, naming)


def _add(namings: dict[str, _Naming], surface: str, naming: _Naming) -> None:
    """A writing of several owners stands for all of them that the knowledge base knows."""
    before = namings.get(surface)
    if before is None:
        namings[surface] = naming
        return
    meant = tuple(dict.fromkeys((*before.meant, *naming.meant)))
    around = tuple(n for n in dict.fromkeys((*before.around, *naming.around)) if n not in meant)
    namings[surface] = _Naming(
        before.name if before.meant or not naming.meant else naming.name,
        meant,
        around,
        before.mentioned or naming.mentioned,
        before.description and naming.description,
    )


def _automatic(name: str) -> tuple[str, ...]:
    """Writings that follow from a name: without legal form or prefecture, 大 for 大学, no 市."""
    bare = _bare(name)
    found = [name, bare]
    if bare.endswith("大学") and len(bare) > 3:
        found.append(bare[:-1])
    if _PLACE_SUFFIX.search(bare) and len(bare) > 2 and not bare.endswith("道"):
        found.append(bare[:-1])
    return tuple(dict.fromkeys(normalise(surface) for surface in found))


def _bare(name: str) -> str:
    bare = _LEGAL_FORM.sub("", name) or name
    # Of 北海道大学 there would remain 大学, which is any.
    if bare.endswith("大学"):
        return bare
    prefecture = next((p for p in PREFECTURES if bare.startswith(p) and bare != p), None)
    return bare[len(prefecture) :] if prefecture else bare


def _prefecture(name: str) -> str | None:
    """Where an owner lies: by its name (富山県富山市, 国立大学法人香川大学)."""
    bare = _LEGAL_FORM.sub("", name)
    if found := prefecture_of(bare):
        return found
    return next((p for p in PREFECTURES if len(p) > 2 and bare.startswith(p[:-1])), None)
