"""Clause numbers in running text: 上記2(2)①, 第2-14(2), ①及び③, 第1から第3まで, (1)～(4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.flat import Flat
from ingest.references.chains import (
    CHAIN,
    CIRCLED,
    INNER,
    JOINT,
    KANJI,
    NUMBER,
    between,
    chain_labels,
    in_line,
    side_by_side,
    stands_below,
)
from ingest.references.index import Index
from ingest.references.mention import Mention
from kb.documents import Node

_PREFIX = (
    r"(?P<prefix>上記|前記|上述の|下記|前述の|後記|後述の"
    r"|(?<![一-龥])(?:本|この)(?:方針|要領|要綱|基準|指針|規程|計画|通知|マニュアル|ガイドライン)の?(?=第))?"
)
_PLACE = re.compile(
    rf"{_PREFIX}(?P<head>{CHAIN})"
    rf"(?:(?:に掲げる|に規定する|に定める|の)(?P<below>(?=[(①-⑳]){CHAIN}))?"
    rf"(?P<rest>(?:{JOINT}{CHAIN})*)(?P<until>まで)?"
    r"(?P<part>(?:に掲げる|に規定する|に定める|の)?(?:前段|後段|本文|ただし書き?|各号)(?:(?:及び|又は|並びに|若しくは)(?:前段|後段|本文|ただし書き?))?)?"
)
_TOKEN = re.compile(rf"(?P<joint>{JOINT})(?P<chain>{CHAIN})")
_AFTER = re.compile(
    r"(?:に(?!は)|の(?!他)|を|から|まで|と(?:同様|も)|は、|で(?!は、)|及び|又は|並び|若しく|、(?=第)|工事|~|\)|とする|のいずれ|全て|いずれ)"
)
_TOLD = re.compile(r"(?:から[^、。]{1,4}まで)?(?:に(?:掲げ|規定|定め|該当|準じ)|の規定|ただし書)")
_SPELT = re.compile(rf"{KANJI}|[0-9]{{1,2}}[の.][(①-⑳]|\([0-9]{{1,2}}\)の[ア-ン①-⑳(]")
"""一の1, 1の(1), (1)のア: as places are cited and nothing is labelled."""
_SAME = re.compile(
    rf"(?<![一-龥])同(?P<chain>(?:{NUMBER})?{INNER}+)(?=の|に|を|と|は|中|、|及び|又は)"
)
_PART_ALONE = re.compile(r"(?<![一-龥])(?:前段|後段|ただし書き?|本文)(?=の|に|と|を|は|中|で)")


@dataclass(frozen=True, slots=True)
class _Aim:
    """Chains of labels that a mention names, and whether they stand for a whole range.

    `prefixed` says that 上記 or the like stands before them.
    """

    chains: tuple[tuple[str, ...], ...]
    plural: bool
    prefixed: bool


def find_places(flat: Flat, index: Index) -> list[Mention]:
    """Every clause number of one node that names a place of the same document.

    Numbers after 上記 count even when nothing answers to them (dangling); bare ones only when a
    place of that name exists.
    """
    found: list[Mention] = []
    for match in _PLACE.finditer(flat.text):
        if not _may_stand(flat.text, match):
            continue
        aim = _aim(match)
        targets = _targets(flat.node, index, aim)
        own = targets == (flat.node.id,) and _opens_line(flat.text, match.start())
        if own and not match["prefix"]:
            # What stands there is the line's own number.
            continue
        if not targets and not match["prefix"] and not _is_whole(flat.text, match):
            continue
        kind = "internal_range" if aim.plural else "internal_explicit"
        found.append(Mention(match.start(), match.end(), kind, targets))
    found += _same(flat, index)
    for match in _PART_ALONE.finditer(flat.text):
        found.append(Mention(match.start(), match.end(), "internal_deictic", (flat.node.id,)))
    return found


def _same(flat: Flat, index: Index) -> list[Mention]:
    """同(3) after 上記1(2): the place beside the one named last."""
    found: list[Mention] = []
    for match in _SAME.finditer(flat.text):
        named = [m for m in _PLACE.finditer(flat.text, 0, match.start()) if m["prefix"]]
        named += [m for m in _PLACE.finditer(flat.text, 0, match.start()) if m["head"][0] == "第"]
        if not named:
            continue
        last = max(named, key=lambda place: place.start())
        chain = in_line(_aim(last).chains[-1], chain_labels(match["chain"]))
        if targets := _targets(flat.node, index, _Aim((chain,), False, True)):
            found.append(Mention(match.start(), match.end(), "internal_explicit", targets))
    return found


def _opens_line(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] in "\n・*-"


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """第2の1(3): a place from the root on, which no other number looks like; not …の第2の1(3)."""
    head = match["head"]
    named = head.startswith("第") and "(" in head and len(chain_labels(head)) > 2
    return named and text[match.start() - 1 : match.start()] not in ("の", "」", ")")


def _may_stand(text: str, match: re.Match[str]) -> bool:
    """Whether the number is cited rather than a label, an amount or a part of a name."""
    if match["prefix"]:
        return True
    before, after = text[: match.start()], text[match.end() :]
    head = match["head"]
    line_start = _opens_line(text, match.start())
    several = bool(match["rest"])
    if match["part"] and not line_start:
        return True
    if _TOLD.match(after) and head[0] == "(" and head[1].isdecimal() and line_start:
        return True
    if _SPELT.match(head) or (_TOLD.match(after) and "(" in head[1:]):
        return not re.search(r"[0-9A-Za-z一-龥]\Z", before) and not (
            line_start and "." in head and not _TOLD.match(after)
        )
    if head[0].isdecimal() and len(chain_labels(head)) > 2 and not line_start:
        return not re.search(r"[0-9A-Za-z一-龥]\Z", before)
    if head.startswith("第"):
        return not re.search(r"[一-龥々ァ-ヶーA-Za-z0-9]\Z", before) and (
            several or bool(_AFTER.match(after)) or "(" in head or "-" in head
        )
    if "." in head and head[0].isdecimal() and before.endswith("「"):
        return True
    if head[0].isdecimal():
        noted = re.search(r"(?:※|注\)?|\()\Z", before)
        return bool(noted) and several and bool(re.match(r"は|の|に|を|と|も|\)", after))
    if line_start or re.search(r"[0-9A-Za-z]\Z", before):
        return line_start is False and several
    if head[0] == "(" and not several:
        return (
            bool(
                re.match(r"に(?:掲げ|規定|定め|該当)|の(?:[^他]|$)|工事|を|により|又は|及び", after)
            )
            and not re.search(r"[」)。:]\Z", before)
            and head[1].isdecimal()
        )
    if head[0] in CIRCLED:
        spoken = re.search(r"[、。ぁ-ん(「]\Z", before)
        return bool(spoken) and bool(_AFTER.match(after) or (several and after[:1] in "、に)"))
    return False


def _aim(match: re.Match[str]) -> _Aim:
    chains = side_by_side(chain_labels(match["head"]))
    plural = bool(match["until"])
    if match["below"]:
        chains[-1] = (*chains[-1], *chain_labels(match["below"]))
    for token in _TOKEN.finditer(match["rest"]):
        labels = chain_labels(token["chain"])
        if token["joint"] == "、" and stands_below(labels[0], chains[-1]):
            # 第2、1、(3) is one place, not three.
            chains[-1] = (*chains[-1], *labels)
            continue
        chain = in_line(chains[-1], labels)
        if token["joint"] in ("から", "~", "-"):
            chains += between(chains[-1], chain)
            plural = True
        chains.append(chain)
    if len(chains) > 2:
        plural = True
    if plural is False and len(chains) > 1 and chains[0][0].startswith("第"):
        plural = True
    return _Aim(tuple(chains), plural, bool(match["prefix"]))


def _targets(source: Node, index: Index, aim: _Aim) -> tuple[str, ...]:
    found: list[str] = []
    for chain in aim.chains:
        node = _resolve(source, index, chain)
        if node is None:
            mark = chain[-1] if chain[-1][0] in f"({CIRCLED}" else f"{chain[-1]}."
            node = index.mentioned(source, mark)
        if node is None and aim.prefixed:
            node = index.nearest(source, chain)
        if node is not None and node.id not in found:
            found.append(node.id)
    return tuple(found)


def _resolve(source: Node, index: Index, chain: tuple[str, ...]) -> Node | None:
    """Also 1.5 for 15, as OCR writes it, and a chain without the levels it leaves out."""
    if node := index.resolve(source, chain):
        return node if node.id != source.id or len(chain) > 1 else None
    mended = tuple(label.replace(".", "") for label in chain)
    if mended != chain and (node := index.resolve(source, mended)):
        return node
    split = tuple(part for label in chain for part in label.split("."))
    return index.resolve(source, split) if split != chain else None
