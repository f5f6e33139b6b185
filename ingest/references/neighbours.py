"""Provisions named by their distance: 前項, 次号, 前2条, 前各号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.flat import Flat
from ingest.references.index import Index, bare_label
from ingest.references.mention import Mention
from kb.documents import Node
from kb.numbers import NUMBER, read_number

DEEPER = rf"(?:第?{NUMBER}項)?(?:第{NUMBER}号)?(?:(?:及び|又は|、|から)第{NUMBER}[項号](?:まで)?)*(?:ただし書き?|本文|前段|後段|各号)?"
"""第2項第1号及び第3号: what may stand behind 前条 or 附則第2条."""
_PREVIOUS = re.compile(
    rf"前(?P<count>[2-9二三四五六七八九各])?[項号条](?![目例])(?P<tail>{DEEPER})|(?<![一-龥])次(?P<next>項|条|号)(?![一-龥])"
)


def find_neighbours(flat: Flat, index: Index) -> Iterator[Mention]:
    """Every such mention, with the items that it names below the neighbour (前条第2項)."""
    for match in _PREVIOUS.finditer(flat.text):
        kind = "internal_range" if match["count"] else "internal_deictic"
        yield Mention(match.start(), match.end(), kind, _neighbours(index, flat.node, match))


def _neighbours(index: Index, source: Node, match: re.Match[str]) -> tuple[str, ...]:
    """前項, 次号, 前各号 among numbered items of the source's own style."""
    row = [node for node in index.row(source) if _style(node) == _style(source)]
    place = row.index(source)
    if match["next"]:
        return tuple(node.id for node in row[place + 1 : place + 2])
    count = match["count"]
    steps = place if count == "各" else read_number(count) if count else 1
    found = row[max(0, place - steps) : place]
    below = [node.id for above in found for node in _below(index, above, match["tail"])]
    return tuple(below or (node.id for node in found))


def _below(index: Index, node: Node, tail: str) -> list[Node]:
    """The items that 第2号及び第3号 names right below a node, as far as it has them."""
    wanted = {read_number(number) for number in re.findall(rf"({NUMBER})[項号]", tail)}
    return [
        child
        for child in index.children(node)
        if (sign := re.fullmatch(r"\(?第?([0-9]+)[項号]?\)?", bare_label(child)))
        and int(sign[1]) in wanted
    ]


def _style(node: Node) -> str:
    return re.sub(r"[0-9]+|[①-⑳]|[ア-ン]", "#", bare_label(node))
