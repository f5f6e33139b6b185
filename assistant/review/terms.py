"""Defined terms that a draft uses before it defines them, never defines, or defines twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.review.findings import Finding, FindingKind, Severity
from assistant.review.places import narrow_digits, offset_in, place_of, sentence_at
from kb.addresses import clause_number
from kb.documents import Definition, Node, ParsedDocument

_KANJI = r"[一-龥々ァ-ヴー]"
# What an abbreviation stands for; only such a term says nothing to who has not read its definition.
_NAMES_A_WORK = re.compile(r"(?:法律|法|指針|方針|計画|基準|要綱|要領|告示|規則|ガイドライン)$")
_NAMES_A_WORK_ITSELF = re.compile(r"(?:法|指針|方針|計画|基準|要綱|要領|ガイドライン)$")


def term_findings(draft: ParsedDocument, known: Sequence[ParsedDocument]) -> Iterator[Finding]:
    """Terms used too early, defined again, or defined only in `known` documents."""
    first: dict[str, Definition] = {}
    nodes = {node.id: node for node in draft.nodes}
    for definition in sorted(draft.definitions, key=lambda item: item.span.start):
        if definition.term in first:
            yield from _again(nodes, definition, first[definition.term])
        else:
            first[definition.term] = definition
    for definition in first.values():
        if use := _first_use(draft, definition.term, before=definition.span.start):
            yield _too_early(nodes, definition, *use)
    yield from _undefined(draft, known, first)


def _first_use(
    draft: ParsedDocument, term: str, before: int | None = None, whole: str = ""
) -> tuple[Node, int] | None:
    """Where the term is first used by itself, ahead of the source offset `before`.

    The title does not count, nor does the sentence that defines the term, nor the term as the end
    of `whole`, the name that it shortens.
    """
    pattern = re.compile(rf"(?<!{_KANJI}){re.escape(narrow_digits(term))}(?!{_KANJI})")
    title = "".join(narrow_digits(draft.document.title).split())
    for node in draft.nodes:
        text = narrow_digits(node.text)
        for match in pattern.finditer(text):
            line = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n")[0]
            spelt_out = narrow_digits(whole) and text[: match.end()].endswith(narrow_digits(whole))
            if spelt_out or title in "".join(line.split()):
                continue
            if before is None:
                return node, match.start()
            place = place_of(node, match.start(), match.end())
            definition_at = offset_in(node, before)
            in_its_sentence = (
                definition_at is not None and "。" not in text[match.end() : definition_at]
            )
            if place.end <= before and not in_its_sentence:
                return node, match.start()
    return None


def _too_early(
    nodes: dict[str, Node], definition: Definition, node: Node, position: int
) -> Finding:
    where = clause_number(nodes[definition.node])
    return Finding(
        FindingKind.TERM,
        Severity.MUST,
        place_of(node, position, position + len(definition.term)),
        f"「{definition.term}」を、定義する前に使っています（定義は{where}）。"
        "最初に使う箇所で定義してください。",
        sentence_at(node, position),
    )


def _again(nodes: dict[str, Node], definition: Definition, first: Definition) -> Iterator[Finding]:
    if definition.scope != first.scope:
        return
    node = nodes[definition.node]
    position = offset_in(node, definition.span.start) or 0
    yield Finding(
        FindingKind.TERM,
        Severity.MUST,
        place_of(node, position, position + 1),
        f"「{definition.term}」は{clause_number(nodes[first.node])}で定義済みです。",
        sentence_at(node, position),
    )


def _undefined(
    draft: ParsedDocument, known: Sequence[ParsedDocument], defined: dict[str, Definition]
) -> Iterator[Finding]:
    """Names of laws and other works shortened as in another document, but not defined here."""
    seen = set(defined)
    for other in known:
        for definition in other.definitions:
            if definition.term in seen or not _is_abbreviation(definition):
                continue
            seen.add(definition.term)
            if use := _first_use(draft, definition.term, whole=definition.meaning):
                node, position = use
                yield Finding(
                    FindingKind.TERM,
                    Severity.CHECK,
                    place_of(node, position, position + len(definition.term)),
                    f"「{definition.term}」を定義せずに使っています"
                    f"（「{definition.meaning}」の略称）。",
                    sentence_at(node, position),
                )


def _is_abbreviation(definition: Definition) -> bool:
    return bool(
        _NAMES_A_WORK.search(definition.meaning)
        and _NAMES_A_WORK_ITSELF.search(definition.term)
        and len(definition.term) < len(definition.meaning)
        and not definition.term.startswith(("本", "当", "この"))
    )
