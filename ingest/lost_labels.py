"""Numbers that the source has lost, where the numbers around them leave no doubt.

Between 2 and 4 the only line in 2 that stands like a heading is 3; where the items of a list are of
one paragraph each, the second paragraph of one whose next number is missing is the next item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.draft import Draft, is_sentence
from ingest.labels import CIRCLED, KANA, Label, LabelKind
from ingest.repair import Paragraph, is_complete
from kb.documents import Repair
from kb.spans import Span

_LONGEST = 45
_LEAST_ITEMS = 3
_MOST_MISSING = 3


def restore_labels(drafts: list[Draft]) -> None:
    """Give units that lost their number back to their row, at every depth, in place."""
    for place, (draft, following) in reversed(list(enumerate(pairwise(drafts)))):
        missing = _missing_between(draft.mark, following.mark)
        if not missing:
            continue
        found = _headings(draft) or _items(drafts, draft)
        if len(found) == missing:
            assert draft.mark is not None
            for step, (way, at) in reversed(list(enumerate(found))):
                before = replace(draft.mark, number=draft.mark.number + step)
                drafts.insert(place + 1, _split(draft, before, way, at))
    for draft in drafts:
        _restore_first(draft)
        restore_labels(draft.children)


def _restore_first(draft: Draft) -> None:
    """Where the row of units below begins with 2, a line in the draft's own text may head 1."""
    marks = [child.mark for child in draft.children]
    second = next(
        (
            mark
            for at, mark in enumerate(marks)
            if mark
            and mark.number == 2
            and all(other is None or other.kind is not mark.kind for other in marks[:at])
        ),
        None,
    )
    if second is None or _name(second, 1) is None:
        return
    found = [(way, place) for way, place in _headings(draft) if len(way) == 1]
    if len(found) == 1:
        before = replace(second, number=0)
        place = next(at for at, mark in enumerate(marks) if mark is second)
        later = draft.children[place:]
        draft.children = draft.children[:place]
        unit = _split(draft, before, *found[0])
        draft.children += [unit, *later]


def _missing_between(mark: Label | None, following: Label | None) -> int:
    """How many numbers are missing between two neighbours; 0 for none and for too many."""
    if mark is None or following is None or mark.kind is not following.kind:
        return 0
    if mark.prefix != following.prefix or _name(mark, mark.number + 1) is None:
        return 0
    missing = following.number - mark.number - 1
    return missing if 0 < missing <= _MOST_MISSING else 0


def _headings(draft: Draft) -> list[tuple[list[Draft], int]]:
    """Paragraphs within the draft that stand like headings, by the way down to them."""
    found = []
    for way, place in _paragraphs(draft, []):
        owner = way[-1]
        before = owner.paragraphs[place - 1].text.text if place else ""
        text = owner.paragraphs[place].text.text
        closed = not before or is_complete(before)
        follows = place + 1 < len(owner.paragraphs) or _has_later(way)
        if (
            closed
            and follows
            and 2 <= len(text) <= _LONGEST
            and not is_sentence(text)
            and not owner.paragraphs[place].is_row
            and text[0] not in "・※（(「【"
        ):
            found.append((way, place))
    return found


def _items(row: Sequence[Draft], draft: Draft) -> list[tuple[list[Draft], int]]:
    """The second paragraph of a list's item, when all other items have one."""
    sizes = [len([part for part in _own(item) if part.text]) for item in row if item is not draft]
    if len(row) < _LEAST_ITEMS or draft.children or any(size != 1 for size in sizes):
        return []
    if any(item.children for item in row):
        return []
    filled = [place for place, part in enumerate(draft.paragraphs) if part.text]
    own = len(filled) + bool(draft.lead and draft.lead.text)
    return [([draft], filled[-1])] if own == 2 and filled else []


def _own(draft: Draft) -> list[Paragraph]:
    return ([draft.lead] if draft.lead else []) + draft.paragraphs


def _paragraphs(draft: Draft, above: list[Draft]) -> Iterator[tuple[list[Draft], int]]:
    way = [*above, draft]
    for place in range(len(draft.paragraphs)):
        yield way, place
    for child in draft.children:
        yield from _paragraphs(child, way)


def _has_later(way: Sequence[Draft]) -> bool:
    """Whether anything comes after the last paragraph of the way's end, below its beginning."""
    start = way[-1].paragraphs[-1].start
    return any(
        child.spans() and child.spans()[0].start > start for unit in way for child in unit.children
    )


def _split(draft: Draft, before: Label, way: Sequence[Draft], place: int) -> Draft:
    """Take all from that paragraph on out of the draft, as the unit of the number after `before`."""
    number = before.number + 1
    name = _name(before, number)
    assert name is not None
    owner = way[-1]
    lead, *paragraphs = owner.paragraphs[place:]
    del owner.paragraphs[place:]
    lead.repairs.append(Repair("label", Span(lead.start, lead.start), "", name))
    mark = replace(before, number=number, name=name, length=0, repaired="")
    unit = Draft(name, draft.kind, lead, paragraphs, mark=mark)
    for holder in way:
        later = [
            child
            for child in holder.children
            if child.spans() and child.spans()[0].start > lead.start
        ]
        holder.children = [child for child in holder.children if child not in later]
        unit.children += later
    unit.children.sort(key=lambda child: child.spans()[0])
    return unit


def _name(mark: Label, number: int) -> str | None:
    """How the number is written in the row of a label; None for kinds without a row."""
    forms = {
        LabelKind.DAI: f"第{number}",
        LabelKind.NUM: str(number),
        LabelKind.DOTTED: ".".join(map(str, (*mark.prefix, number))),
        LabelKind.PAREN: f"({number})",
        LabelKind.HALF_PAREN: f"{number})",
    }
    if mark.kind is LabelKind.DAI and mark.prefix:
        return None
    if mark.kind is LabelKind.CIRCLED and number <= len(CIRCLED):
        return CIRCLED[number - 1]
    if mark.kind is LabelKind.KATA and number <= len(KANA):
        return KANA[number - 1]
    if mark.kind is LabelKind.PAREN_KATA and number <= len(KANA):
        return f"({KANA[number - 1]})"
    return forms.get(mark.kind)
