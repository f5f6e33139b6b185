"""References inside a law: 第5条第2項, 前条, 前2項, 同項第3号, 次の各号, 別表第1, 附則第4条, この章."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.flat import Flat
from ingest.references.citations import Place, deepest, id_labels, read_places
from ingest.references.index import Index, bare_label
from ingest.references.law_names import LawName
from ingest.references.mention import Mention
from ingest.references.provision_scopes import Cited, Scopes
from kb.documents import LawCitation, Node, NodeKind
from kb.ids import document_of
from kb.numbers import NUMBER, read_number

_START = re.compile(
    rf"(?P<same>(?<![一-龥])同(?P<same_unit>[条項号])(?![例目]))"
    rf"|(?P<section>第{NUMBER}[編章節款目](?:の{NUMBER})*)|(?P<same_section>(?<![一-龥])同[編章節款])"
    rf"|(?P<step>[前次])(?P<count>[2-9二三四五六七八九]|各)?(?P<step_unit>[条項号])(?![例目])"
    r"|(?P<each>(?:次の)?各号(?:のいずれか)?)"
    r"|この(?P<here>[編章節款条項])(?![例目])"
    rf"|(?P<place>附則第{NUMBER}[条項]|(?<![律令則例示達])第{NUMBER}[条項号]|別表第{NUMBER})"
)
# 第一号法定受託事務, 第二号被保険者: the number is part of a name.
_NAMED_ITEM = re.compile(rf"第{NUMBER}号(?:の{NUMBER})*(?=[一-龥])(?![及又若並各中該前後本以列関])")
_LEVELS = "条項号"
_SAME = re.compile(r"同[条項号]")


def find_provisions(
    flat: Flat, index: Index, outside: Sequence[Mention], above: Cited | None
) -> tuple[list[Mention], Cited | None]:
    """The references of one node of a law, to other laws (`outside`) and its own; what it named last.

    `above` is what the unit named last that the node stands in.

    A bare 第6条 goes on in the list of another law's provisions it stands in; 同条 and 同項 go to
    whichever was named last around them. What 「…」 quotes of other texts and the cells of tables
    are left out.
    """
    named = {
        m.start: m for m in outside if m.law is not None and not _SAME.match(flat.text, m.start)
    }
    scopes = Scopes(flat.text, above)
    found: list[Mention] = []
    taken = 0
    starts = {match.start(): match for match in _START.finditer(flat.text)}
    for start in sorted(starts.keys() | named.keys()):
        if start < taken:
            continue
        scopes.move_to(start)
        if scopes.quoted:
            continue
        if mention := named.get(start):
            found.append(mention)
            taken = mention.end
            scopes.name(_cited(mention), taken)
        elif not _in_table(flat, start):
            mentions = _read(flat, index, starts[start], scopes)
            found += mentions
            taken = mentions[-1].end if mentions else taken
    return found, scopes.named_last()


def _cited(mention: Mention) -> Cited:
    law = mention.law
    assert law is not None
    place = Place(mention.start, mention.end, law.article, law.paragraph, law.item)
    return Cited(place if law.article else None, LawName(law.name, law.number))


def _in_table(flat: Flat, position: int) -> bool:
    if flat.node.kind is NodeKind.ANNEX and flat.node.label.startswith("別"):
        return True
    start = flat.text.rfind("\n", 0, position) + 1
    end = flat.text.find("\n", position)
    return "|" in flat.text[start : end if end >= 0 else len(flat.text)]


def _read(flat: Flat, index: Index, match: re.Match[str], scopes: Scopes) -> list[Mention]:
    """The mentions that begin at `match`."""
    start, end, source = match.start(), match.end(), flat.node
    if match["each"]:
        if (cited := scopes.listed_with()) and cited.law:
            return []
        targets = tuple(node.id for node in index.children(source))
        return [Mention(start, end, "internal_range", targets or (source.id,))]
    if match["here"]:
        here = _holding(index, source, match["here"])
        return [Mention(start, end, "internal_deictic", (here.id,))] if here else []
    if match["section"]:
        if (cited := scopes.listed_with()) and cited.law:
            scopes.name(cited, end)
        return []
    if match["same_section"]:
        if (last := scopes.named_last()) and last.law:
            scopes.name(Cited(None, last.law), end)
        return []
    if match["step"]:
        return _stepped_mentions(flat, index, match, scopes)
    if match["same"]:
        return _same(flat, index, match, scopes)
    if _NAMED_ITEM.match(flat.text, start):
        return []
    cited = scopes.listed_with()
    if cited and cited.law:
        return _of_law(flat, start, cited, scopes)
    mentions, place = _places(flat, index, start, cited.place if cited else None)
    if mentions:
        scopes.name(Cited(place), mentions[-1].end)
    return mentions


def _stepped_mentions(
    flat: Flat, index: Index, match: re.Match[str], scopes: Scopes
) -> list[Mention]:
    """前条, 次項, 前2項 and what follows them."""
    start, end = match.span()
    nodes = _stepped(index, flat.node, match)
    kind = "internal_range" if match["count"] else "internal_deictic"
    if len(nodes) != 1:
        return [Mention(start, end, kind, tuple(node.id for node in nodes))]
    above = _place_of(nodes[0], start, end)
    mentions, place = _below(flat, index, above, kind, base=nodes[0].id)
    scopes.name(Cited(place), mentions[-1].end)
    return mentions


def _same(flat: Flat, index: Index, match: re.Match[str], scopes: Scopes) -> list[Mention]:
    """同条第2項: below the article, paragraph or item named last."""
    start, end = match.span()
    last = scopes.named_last()
    if last is None or last.place is None:
        return [Mention(start, end, "anaphora")]
    level = _LEVELS.index(match["same_unit"])
    above = Place(
        start,
        end,
        last.place.article,
        last.place.paragraph if level else None,
        last.place.item if level == 2 else None,
    )
    if last.law:
        return _of_law(flat, end, Cited(above, last.law), scopes, start)
    mentions, place = _below(flat, index, above, "anaphora")
    scopes.name(Cited(place), mentions[-1].end)
    return mentions


def _of_law(
    flat: Flat, position: int, cited: Cited, scopes: Scopes, start: int | None = None
) -> list[Mention]:
    """Provisions of another law that stand at `position`; with `start` 同条 stands before them."""
    law, above = cited.law, cited.place
    assert law is not None
    places = read_places(flat.text, position)
    if start is not None:
        places = [place for place in places if place.article is None]
    mentions: list[Mention] = []
    for place in places:
        full = place
        if place.article is None and above is not None:
            paragraph = place.paragraph or above.paragraph
            full = replace(place, article=above.article, paragraph=paragraph)
        begin = start if start is not None and not mentions else place.start
        mentions.append(_law_mention(law, full, begin, place.end))
        above = full
    if start is not None and not mentions and above is not None:
        mentions.append(_law_mention(law, above, start, position))
    if mentions:
        scopes.name(Cited(above, law), mentions[-1].end)
    return mentions


def _law_mention(law: LawName, place: Place, start: int, end: int) -> Mention:
    citation = LawCitation(law.name, law.number, place.article, place.paragraph, place.item)
    return Mention(start, end, "external_law", law=citation)


def _places(
    flat: Flat, index: Index, start: int, above: Place | None
) -> tuple[list[Mention], Place | None]:
    """Places of the law itself; without an article, of `above` or else the node's own."""
    own = above if above and above.article else _place_of(flat.node, start, start)
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
