"""Faults to plant in a policy's text: every place that can take one, and what has to be found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.review.findings import FindingKind
from kb.documents import Node, NodeKind, ParsedDocument

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF = str.maketrans("０１２３４５６７８９（）", "0123456789()")
_DECISION_DATE = re.compile(
    r"(?P<before>[^\n、。（(]{6,60}[（(])(?P<era>令和)(?P<year>[\d０-９]{1,2})年"
    r"(?P<month>[\d０-９]{1,2})月(?P<day>[\d０-９]{1,2})日(?=[^）)\n]{0,30}決定)"
)
_LAW = re.compile(
    r"(?P<name>[^、。（(「\n]{3,40}法(?:律)?)[（(](?:昭和|平成|令和)[\d０-９]+年法律第(?P<number>[\d０-９]+)号"
)
_DEFINED = re.compile(r"[。]?以下「(?P<term>[^」\n]{2,20})」という。")
_LABEL_LINE = re.compile(
    r"^(?P<mark>[#\-\s　]*)(?P<label>[(（]?[\d０-９]{1,2}[)）]?)(?=[\s　])", re.MULTILINE
)
_DUTY = re.compile(r"(?P<verb>[一-龥]?[ぁ-ん]?[うくすつぬむるぐぶ])ものとする。")
_FIGURE = re.compile(
    r"(?<![第年月\d０-９（(])(?P<number>[\d０-９]+)(?=回以上|者以上|割|か月|日以内|％|%)"
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one fault: a finding of `kind` must come, that shows one of the words of `where`.

    `follows` are kinds of findings that the same fault causes as well and that are no false alarm.
    """

    name: str
    kind: FindingKind
    text: str
    where: tuple[str, ...]
    follows: tuple[FindingKind, ...] = ()
    note: str = ""


def other_year(draft: ParsedDocument) -> Iterator[Planted]:
    """The year before in place of the draft's own, one mention at a time."""
    own = draft.document.fiscal_year
    if own is None:
        return
    for match in re.finditer(r"令和([\d０-９]{1,2})年度", draft.text):
        if int(match[1].translate(_HALF)) == own.year:
            year = _as_written(own.year - 1, match[1])
            yield _replaced(
                draft,
                "year",
                FindingKind.YEAR,
                match.start(1),
                match.end(1),
                year,
                (f"{own}",),
                # In the title it makes the whole draft one of the year before.
                follows=(FindingKind.DATE,),
            )


def other_date(draft: ParsedDocument, known: Sequence[ParsedDocument]) -> Iterator[Planted]:
    """Another day for papers that a further document dates; the year before for the 基本方針."""
    for match in _DECISION_DATE.finditer(draft.text):
        title = _bare(match["before"])[:-1]
        if title.endswith("国等の契約の基本方針"):
            year = _as_written(int(match["year"].translate(_HALF)) - 1, match["year"])
            span = match.span("year")
            yield _replaced(draft, "date", FindingKind.DATE, *span, year, ("基本方針",))
        elif any(_bare(match[0]).endswith(_bare(other)) for other in _dated(known, title)):
            day = _as_written(int(match["day"].translate(_HALF)) % 27 + 1, match["day"])
            yield _replaced(draft, "date", FindingKind.DATE, *match.span("day"), day, ("決定日",))


def _dated(known: Sequence[ParsedDocument], title: str) -> Iterator[str]:
    """The same paper with its date, as other documents write it."""
    for other in known:
        for match in _DECISION_DATE.finditer(other.text):
            if _bare(match["before"])[:-1][-10:] == title[-10:]:
                yield match[0][match.start("era") - match.start() :]


def other_law_number(draft: ParsedDocument, known: Sequence[ParsedDocument]) -> Iterator[Planted]:
    """Another number for laws that a further document numbers."""
    elsewhere = [_bare(other.text) for other in known]
    for match in _LAW.finditer(draft.text):
        if any(_bare(match[0])[-24:] in text for text in elsewhere):
            number = _as_written(int(match["number"].translate(_HALF)) + 1, match["number"])
            yield _replaced(
                draft,
                "law number",
                FindingKind.LAW_NUMBER,
                *match.span("number"),
                number,
                ("法令番号",),
            )


def wrong_reference(draft: ParsedDocument) -> Iterator[Planted]:
    """References to the clause before or after the right one, or behind the last one there is."""
    ids = {node.id for node in draft.nodes}
    for reference in draft.references:
        if reference.kind != "internal_explicit" or len(reference.targets) != 1:
            continue
        target = reference.targets[0]
        last = target.rpartition("/")[2]
        label = re.search(r"\d+", last)
        digits = list(re.finditer(r"[\d０-９]+", reference.text))
        if label is None or not digits or "." in reference.text:
            continue
        number = int(label[0])
        there = digits[-1]
        places = list(
            re.finditer(r"[\d０-９]+", draft.text[reference.span.start : reference.span.end])
        )
        if int(there[0].translate(_HALF)) != number or not places:
            continue

        def id_of(other: int, target: str = target, last: str = last, old: str = label[0]) -> str:
            return target[: -len(last)] + last.replace(old, str(other))

        beyond = next(other for other in range(number + 1, 99) if id_of(other) not in ids)
        start, end = (reference.span.start + offset for offset in places[-1].span())
        for other in (number - 1, number + 1, beyond):
            name = "dangling reference" if other == beyond else "shifted reference"
            if other > 0 and (other == beyond or id_of(other) in ids):
                new = _as_written(other, draft.text[start:end])
                yield _replaced(draft, name, FindingKind.REFERENCE, start, end, new, ())


def late_definition(draft: ParsedDocument) -> Iterator[Planted]:
    """A definition moved behind the second use of its term."""
    for match in _DEFINED.finditer(draft.text):
        term = re.escape(match["term"])
        uses = [
            use
            for use in re.finditer(rf"(?<![一-龥ァ-ヴー]){term}(?![一-龥ァ-ヴー])", draft.text)
            if use.start() > match.end()
        ]
        apart = [use for use in uses if "。" in draft.text[match.end() : use.start()]]
        if len(apart) < 2 or "。" not in draft.text[apart[0].end() : apart[1].start()]:
            continue
        moved = f"（以下「{match['term']}」という。）"
        behind = apart[1].end()
        text = (
            draft.text[: match.start()]
            + draft.text[match.end() : behind]
            + moved
            + draft.text[behind:]
        )
        # An empty pair of brackets is left where nothing but the definition stood in them.
        text = re.sub(r"[（(][）)]", "", text)
        yield Planted("late definition", FindingKind.TERM, text, (match["term"],))


def wrong_number(draft: ParsedDocument) -> Iterator[Planted]:
    """A clause that repeats the number before it or skips one."""
    for match in _LABEL_LINE.finditer(draft.text):
        node = _labelled_at(draft, match.start("label"))
        number = int(re.sub(r"\D", "", match["label"].translate(_HALF)))
        if node is None or number < 2 or number > 19:
            continue
        for change in (1, -1):
            old = re.search(r"[\d０-９]+", match["label"])
            assert old is not None
            label = match["label"].replace(old[0], _as_written(number + change, old[0]))
            yield _replaced(
                draft,
                "wrong number",
                FindingKind.NUMBERING,
                *match.span("label"),
                label,
                (),
                follows=(FindingKind.REFERENCE,),
            )


def weaker_duty(draft: ParsedDocument, same: Collection[str]) -> Iterator[Planted]:
    """An effort where the 基本方針 and the draft had a plain duty; `same` are clauses so judged."""
    for node in draft.nodes:
        if node.id not in same:
            continue
        for match in _DUTY.finditer(node.text):
            before = node.text[max(0, match.start() - 12) : match.start()]
            if re.search(r"努め|配慮|留意|検討|考慮|目指|よう$", before + match["verb"]):
                continue
            span = node.source_map.to_source(match.start(), match.end())
            if "".join(draft.text[span.start : span.end].split()) != match[0]:
                continue
            yield _replaced(
                draft,
                "weaker duty",
                FindingKind.WEAKER,
                span.start,
                span.end,
                f"{match['verb']}よう努めるものとする。",
                (node.text[max(0, match.start() - 6) : match.start()],),
            )


def left_out(draft: ParsedDocument, answers: Mapping[str, tuple[str, ...]]) -> Iterator[Planted]:
    """A clause taken out; `answers` names the clauses of the 基本方針 that only it answers."""
    for node in draft.nodes:
        if node.id not in answers or any(other.parent == node.id for other in draft.nodes):
            continue
        start, end = node.segments[0].start, node.segments[-1].end
        text = draft.text[:start] + draft.text[end:]
        yield Planted(
            "left out",
            FindingKind.UNCOVERED,
            text,
            answers[node.id],
            (FindingKind.NUMBERING, FindingKind.REFERENCE),
            node.id,
        )


def other_figure(draft: ParsedDocument, same: Collection[str]) -> Iterator[Planted]:
    """Another figure in a clause that says just what the 基本方針 says; `same` are those clauses."""
    for node in draft.nodes:
        if node.id not in same or node.kind is not NodeKind.CLAUSE:
            continue
        for match in _FIGURE.finditer(node.text):
            span = node.source_map.to_source(*match.span("number"))
            number = _as_written(int(match["number"].translate(_HALF)) + 1, match["number"])
            yield _replaced(draft, "figure", FindingKind.FIGURE, span.start, span.end, number, ())


def _labelled_at(draft: ParsedDocument, position: int) -> Node | None:
    return next(
        (
            node
            for node in draft.nodes
            if node.kind is NodeKind.CLAUSE
            and node.start <= position < node.start + 8
            and not any(repair.kind == "label" for repair in node.repairs)
        ),
        None,
    )


def _replaced(
    draft: ParsedDocument,
    name: str,
    kind: FindingKind,
    start: int,
    end: int,
    new: str,
    where: tuple[str, ...],
    follows: tuple[FindingKind, ...] = (),
) -> Planted:
    text = draft.text[:start] + new + draft.text[end:]
    note = f"…{draft.text[max(0, start - 20) : start]}[{draft.text[start:end]}→{new}]…"
    return Planted(name, kind, text, where, follows, "".join(note.split()))


def _as_written(number: int, like: str) -> str:
    text = str(number)
    return text.translate(_FULL) if like.translate(_HALF) != like else text


def _bare(text: str) -> str:
    return "".join(text.translate(_HALF).split())
