"""References inside a law: 第5条第2項, 前条, 前2項, 同項第3号, 次の各号, 別表第1, 附則第4条, この章."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.flat import Flat
from ingest.numbers import NUMBER, read_number
from ingest.references.citations import Place, deepest, id_labels, read_places
from ingest.references.index import Index, bare_label
from ingest.references.mention import Mention
from kb.documents import Node, NodeKind
from kb.ids import document_of

_START = re.compile(
    rf"(?P<same>(?<![一-龥])同(?P<same_unit>[条項号])(?![例目]))"
    rf"|(?P<step>[前次])(?P<count>[2-9二三四五六七八九]|各)?(?P<step_unit>[条項号])(?![例目])"
    r"|(?P<each>(?:次の)?各号(?:のいずれか)?)"
    r"|この(?P<here>[編章節款条項])(?![例目])"
    rf"|(?P<place>附則第{NUMBER}[条項]|(?<![律令則例示達])第{NUMBER}[条項号]|別表第{NUMBER})"
)
_LEVELS = "条項号"


def find_provisions(flat: Flat, index: Index, outside: Sequence[Mention]) -> list[Mention]:
    """The references of one node of a law: those to other laws (`outside`) and its own.

    同条 and 同項 go to whichever was named last in the node, this law or another. Cells of tables
    quote other provisions; theirs are left out.
    """
    kept = [mention for mention in outside if mention.law is not None]
    found: list[Mention] = []
    last: Place | None = None
    last_end = -1
    taken = 0
    for match in _START.finditer(flat.text):
        if _in_table(flat, match.start()):
            continue
        start = match.start()
        if start < taken or any(m.start < start < m.end for m in kept):
            continue
        cited = next((m for m in kept if m.start == start), None)
        if cited is not None:
            nearer = max((m.end for m in kept if m.end <= start), default=-1)
            if last is None or nearer > last_end:
                continue
            kept.remove(cited)
        mentions, place = _read(flat, index, match, last)
        found += mentions
        if mentions:
            taken = last_end = mentions[-1].end
            last = place or last
    return [*kept, *found]


def _in_table(flat: Flat, position: int) -> bool:
    if flat.node.kind is NodeKind.ANNEX and flat.node.label.startswith("別"):
        return True
    start = flat.text.rfind("\n", 0, position) + 1
    end = flat.text.find("\n", position)
    return "|" in flat.text[start : end if end >= 0 else len(flat.text)]


def _read(
    flat: Flat, index: Index, match: re.Match[str], last: Place | None
) -> tuple[list[Mention], Place | None]:
    """The mentions that begin at `match`, and the place that 同条 would mean after them."""
    start, end, source = match.start(), match.end(), flat.node
    if match["each"]:
        targets = tuple(node.id for node in index.children(source))
        return [Mention(start, end, "internal_range", targets or (source.id,))], None
    if match["here"]:
        here = _holding(index, source, match["here"])
        return ([Mention(start, end, "internal_deictic", (here.id,))] if here else []), None
    if match["step"]:
        nodes = _stepped(index, source, match)
        kind = "internal_range" if match["count"] else "internal_deictic"
        if len(nodes) != 1:
            return [Mention(start, end, kind, tuple(node.id for node in nodes))], None
        above = _place_of(nodes[0], start, end)
        return _below(flat, index, above, kind, base=nodes[0].id)
    if match["same"]:
        if last is None:
            return [Mention(start, end, "anaphora")], None
        level = _LEVELS.index(match["same_unit"])
        above = Place(
            start,
            end,
            last.article,
            last.paragraph if level else None,
            last.item if level == 2 else None,
        )
        return _below(flat, index, above, "anaphora")
    return _places(flat, index, start)


def _places(flat: Flat, index: Index, start: int) -> tuple[list[Mention], Place | None]:
    own = _place_of(flat.node, start, start)
    mentions: list[Mention] = []
    last: Place | None = None
    for place in read_places(flat.text, start):
        full = place
        if place.article is None:
            paragraph = place.paragraph or own.paragraph
            full = replace(place, article=own.article, paragraph=paragraph)
        mentions.append(
            Mention(place.start, place.end, "internal_explicit", _target(flat, index, full))
        )
        last = full
    return mentions, last


def _below(
    flat: Flat, index: Index, above: Place, kind: str, base: str | None = None
) -> tuple[list[Mention], Place | None]:
    """前条第2項, 同項第3号: what follows the pointing word, below the place it points at."""
    places = [place for place in read_places(flat.text, above.end) if place.article is None]
    if not places:
        targets = (base,) if base else _target(flat, index, above)
        return [Mention(above.start, above.end, kind, targets)], above
    mentions: list[Mention] = []
    full = above
    for place in places:
        full = Place(
            above.start if not mentions else place.start,
            place.end,
            above.article,
            place.paragraph or above.paragraph,
            place.item,
        )
        mentions.append(Mention(full.start, full.end, kind, _target(flat, index, full)))
    return mentions, full


def _target(flat: Flat, index: Index, place: Place) -> tuple[str, ...]:
    labels = list(id_labels(place.article, place.paragraph, place.item))
    doc = document_of(flat.node.id)
    target = deepest(index.by_id.keys(), doc, labels)
    return (target,) if target else ()


def _place_of(node: Node, start: int, end: int) -> Place:
    """The node's own article, paragraph and item as a place."""
    parts: dict[str, str] = {}
    supplement = ""
    for label in node.id.split("/")[1:]:
        if label.startswith("附則"):
            supplement = "附則"
        elif match := re.match(r"第(\d+([条項号]).*)", label):
            parts.setdefault(match[2], match[1])
    article = f"{supplement}{parts.get('条', '')}" or None
    return Place(start, end, article, parts.get("項"), parts.get("号"))


def _holding(index: Index, node: Node, unit: str) -> Node | None:
    """The 編, 章 … 項 that the node is or stands in."""
    return next(
        (above for above in index.upwards(node) if re.match(rf"第\d+{unit}", bare_label(above))),
        None,
    )


def _stepped(index: Index, source: Node, match: re.Match[str]) -> list[Node]:
    """前条, 次項, 前2項, 前各号: neighbours of the unit that the source stands in."""
    unit = match["step_unit"]
    here = _holding(index, source, unit)
    if here is None:
        return []
    row = [node for node in index.row(here) if re.match(rf"第\d+{unit}", bare_label(node))]
    place = next(number for number, node in enumerate(row) if node.id == here.id)
    if match["step"] == "次":
        return row[place + 1 : place + 2]
    count = match["count"]
    if count == "各":
        return row[:place]
    return row[max(0, place - (read_number(count) if count else 1)) : place]
