"""Words that point up or down the page: 次の措置, 以下のとおり, 上記の重点テーマ, …と同様."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.flat import Flat
from ingest.references.index import Index
from ingest.references.mention import Mention
from ingest.references.neighbours import find_neighbours
from kb.documents import Node, NodeKind

_NOUN = r"(?![ア-ン](?:[^ァ-ヶー]|$))[一-龥々ァ-ヶーA-Z]{1,16}"
_PHRASE = rf"{_NOUN}(?:(?:の(?!全|すべて|いずれ)|又は|または|や|・|及び){_NOUN}){{0,2}}"
_COUNT = r"(?:[0-9一二三四五六七八九]{1,2}つの|全ての|すべての|各|いずれかの|ような)?"
_FORWARD = re.compile(
    r"(?<![0-9一二三四五六七八九十百千万円人点%日件歳割月])(?:下記|以下|(?<![一-龥])次)"
    rf"(?:の(?:とおり|通り|よう(?=に|な[^重])|{_COUNT}{_PHRASE}(?:のいずれか)?)|のいずれか"
    rf"|に(?:掲げる|定める|示す|記載する|列挙する)(?:{_COUNT}{_PHRASE}(?:の全て|のいずれか)?)?|に該当|により)(?:(?<=取)り(?:組み|扱い|決め))?"
)
_NOT_FORWARD = re.compile(
    r"(?:次|以下)の(?:世代|年度|年|日|回|事業者|者を|会社|企業|小規模|場合は|金額|端数|もの)|以下の(?:随意|契約|少額)"
)
_EACH_ITEM = re.compile(r"(?:次の|(?<!前))各号(?:のいずれか|の一)?")
_BACKWARD = re.compile(
    rf"(?:上記|前記|前述|上述)(?:の(?P<named>とおり|通り|{_PHRASE})|(?P<plain>[一-龥々ァ-ヶー]{{2,16}})|(?=は|を|に(?:より|基づ|掲げ|該当)|以外))(?:以外)?"
    rf"|(?<![一-龥以])(?:前|先)に掲げる{_NOUN}|以上の(?:とおり|通り|ように)"
)
_LIKE = re.compile(r"(?P<noun>[一-龥々ァ-ヶー]{6,30})と同様")


def find_pointers(flat: Flat, index: Index) -> Iterator[Mention]:
    """Words that point down (次の措置) or up (上記の重点テーマ) the page, and 前項, 次号."""
    for match in _FORWARD.finditer(flat.text):
        if _NOT_FORWARD.match(match[0]) or flat.text[match.end() : match.end() + 1] == "「":
            continue
        listed = "各号" in match[0] or "いずれか" in match[0]
        kind = "internal_range" if listed else "internal_deictic"
        yield Mention(match.start(), match.end(), kind, _following(index, flat.node))
    for match in _EACH_ITEM.finditer(flat.text):
        yield Mention(match.start(), match.end(), "internal_range", _following(index, flat.node))
    for match in _BACKWARD.finditer(flat.text):
        words = match["named"] or match["plain"] or ""
        yield Mention(
            match.start(), match.end(), "internal_deictic", (_preceding(index, flat.node, words),)
        )
    yield from find_neighbours(flat, index)
    for match in _LIKE.finditer(flat.text):
        if target := _titled(index, flat.node, match["noun"]):
            yield Mention(match.start(), match.end(), "internal_deictic", (target,))


def _following(index: Index, source: Node) -> tuple[str, ...]:
    """What comes next: the units right below, after a preamble the outermost ones, else itself."""
    below = [node for node in index.children(source) if node.kind is not NodeKind.NOTE]
    if below:
        return tuple(node.id for node in below)
    if source.parent is None and source.kind is NodeKind.SECTION:
        outermost = [node for node in index.children(None) if node.label.startswith("第")]
        if outermost and not re.search(r"\n(?:[-・(①]|[0-9]+[.、])", source.text):
            return tuple(node.id for node in outermost)
    return (source.id,)


def _preceding(index: Index, source: Node, words: str) -> str:
    """The nearest place before that has the words; the node itself when none has."""
    noun = max(re.split(r"の|又は|または|や|・|及び|以外", words), key=len, default="")
    if len(noun) >= 2:
        frame = index.frame(source)
        if noun in "".join(source.heading.split()):
            return source.id
        for node in index.before(source):
            if noun in index.flats[node.id].text:
                return node.id
            if node is frame:
                break
    return source.id


def _titled(index: Index, source: Node, noun: str) -> str | None:
    """A heading or a numbered line before that reads `noun`."""
    pattern = re.compile(rf"(?:^|\n)(?:[-・]|\([0-9]+\)|[①-⑳]|[ア-ン])*{re.escape(noun)}(?=\n|$)")
    frame = index.frame(source)
    for node in (source, *index.before(source)):
        if pattern.search(index.flats[node.id].text):
            return node.id
        if node is frame:
            return None
    return None
