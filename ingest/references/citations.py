"""第167条の2第1項第4号イからハまで: the numbers behind a law's name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from kb.ids import node_id
from kb.numbers import NUMBER, branched_name, read_branched, read_number

# 第285条の一部事務組合 is of article 285, not of 285の1.
_BRANCH = rf"(?:の{NUMBER}(?![部般定時種方人体覧括]))*"
_KANA = "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
_ARTICLE = rf"第?(?P<article>{NUMBER}条{_BRANCH})"
_PARAGRAPH = rf"第?(?P<paragraph>{NUMBER}項)"
_ITEM = rf"(?:第?(?P<item>{NUMBER}号{_BRANCH})|各号)(?P<kana>[{_KANA}](?:から[{_KANA}]まで|及び[{_KANA}]|又は[{_KANA}])?(?![ァ-ヴー]))?"
_PART = (
    r"(?:(?:に掲げる)?(?:前段|後段|本文|ただし書|各号(?:列記以外の部分)?)"
    r"(?:(?:及び|又は|並びに|若しくは)(?:前段|後段|本文|ただし書))?)?"
)
_PLACE = re.compile(
    rf"(?P<supplement>附則)?(?:{_ARTICLE}(?:{_PARAGRAPH})?(?:{_ITEM})?|{_PARAGRAPH.replace('<paragraph>', '<paragraph2>')}"
    rf"(?:{_ITEM.replace('<item>', '<item2>').replace('<kana>', '<kana2>')})?"
    rf"|{_ITEM.replace('<item>', '<item3>').replace('<kana>', '<kana3>')}){_PART}"
)
_ANNEX = re.compile(rf"別表(?:第(?P<number>{NUMBER}{_BRANCH}))?")
_CAPTION = re.compile(r"\([^()第]{1,25}\)(?=第|の|に|及び|又は|、|$|\n)")
_JOINT = re.compile(
    r"(?:及び|並びに|又は|または|若しくは|、|から|~)(?=第?" + NUMBER + r"(?:条|項|号))"
)
_UNTIL = re.compile(r"まで")


@dataclass(frozen=True, slots=True)
class Place:
    """One article, paragraph or item; half-width, as written (`167条の2`, `1項`, `4号`)."""

    start: int
    end: int
    article: str | None
    paragraph: str | None = None
    item: str | None = None


def read_places(text: str, start: int) -> list[Place]:
    """The places cited from `start` on: 第7条第2号及び第15条第2号 gives two."""
    if bracketed := re.compile(rf"\((?:第?{NUMBER}条)[^()]*\)").match(text, start):
        inner = _PLACE.match(text, start + 1)
        if inner and inner.end() == bracketed.end() - 1:
            return [_place(inner, None, start, bracketed.end())]
    places: list[Place] = []
    position = start
    while True:
        last = places[-1] if places else None
        match = _PLACE.match(text, position)
        if match is None or not _plausible(match, last):
            annex = _ANNEX.match(text, position) if last is None else None
            if annex:
                return [Place(position, annex.end(), _annex_name(annex))]
            return places
        places.append(_place(match, last, match.start(), match.end()))
        position = match.end()
        if until := _UNTIL.match(text, position):
            position = until.end()
            places[-1] = _stretched(places[-1], position)
        if caption := _CAPTION.match(text, position):
            position = caption.end()
        joint = _JOINT.match(text, position)
        if joint is None:
            return places
        position = joint.end()


def _plausible(match: re.Match[str], last: Place | None) -> bool:
    """An article must be 第…条 unless it follows another; a bare 2号 needs something before."""
    if match["article"]:
        return match[0].startswith(("第", "附則")) or last is not None
    return match[0].startswith(("第", "各号", "附則")) or last is not None


def _place(match: re.Match[str], last: Place | None, start: int, end: int) -> Place:
    article, paragraph = match["article"], match["paragraph"] or match["paragraph2"]
    item = match["item"] or match["item2"] or match["item3"]
    kana = match["kana"] or match["kana2"] or match["kana3"] or ""
    if article is None and last is not None:
        article = last.article
        paragraph = paragraph or (None if match["paragraph2"] else last.paragraph)
        supplement = ""
    else:
        article = _half_width(article) if article else None
        supplement = "附則" if match["supplement"] else ""
    return Place(
        start,
        end,
        f"{supplement}{article}" if article else supplement or None,
        _half_width(paragraph) if paragraph else None,
        f"{_half_width(item)}{kana}" if item else None,
    )


def _stretched(place: Place, end: int) -> Place:
    return Place(place.start, end, place.article, place.paragraph, place.item)


def _annex_name(match: re.Match[str]) -> str:
    number = match["number"]
    return f"別表第{branched_name(read_branched(number))}" if number else "別表"


def _half_width(text: str) -> str:
    return re.sub(NUMBER, lambda match: str(read_number(match[0])), text)


_ID_PART = re.compile(
    rf"(?P<number>{NUMBER})(?P<unit>[条項号])(?P<branch>{_BRANCH})(?P<kana>[{_KANA}]?)"
)


def id_labels(article: str | None, paragraph: str | None, item: str | None) -> Iterator[str]:
    """The labels that a law's node ids have: 第167条の2, 第1項, 第4号, イ."""
    if article and article.startswith("別表"):
        yield article
        return
    if article and article.startswith("附則"):
        yield "附則"
        article = article.removeprefix("附則")
    for part in (article, paragraph, item):
        if part and (match := _ID_PART.match(part)):
            yield f"第{match['number']}{match['unit']}{match['branch']}"
            if match["kana"]:
                yield match["kana"]


def deepest(ids: Container[str], doc: str, labels: Sequence[str]) -> str | None:
    """The deepest node of the chain that exists; 第1項 is put in or left out as the law needs."""
    target = doc
    for label in labels:
        below = (node_id(target, (label,)), node_id(target, ("第1項", label)))
        target = next((found for found in below if found in ids), target)
    return None if target == doc else target
