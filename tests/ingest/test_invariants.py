"""What holds for any text at all, read as any kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.glyphs import fold
from ingest.manifest import ManifestEntry
from ingest.page import Extract, FoundHeading, FoundTable
from ingest.parse import parse_extract
from kb.documents import DocumentKind, Node, ParsedDocument, TableData
from kb.spans import Span
from tests.ingest.helpers import parse

PIECES = st.sampled_from(
    [
        "第1 ", "第２　目標", "第3", "1 情報", "１．", "1.0 一括", "1 1 地域", "2 納期\n", "(1) ", "（２）",
        "①", "②国等は、", "ア ", "(ア)", "1.1 範囲\n", "（注）", "附則\n", "別紙1 品目\n", "- 3 -\n", "-18-\n",
        "## ", "- ", "・", "※", "【区分1】", "区 分： 1. 入札\n", "取組・事業名：", "事例1 ", "県\n", "事業の目的\n",
        "。", "、", "（", "）", "「", "」", "は、", "する。\n", "\n", "\n\n", "\t", "\f", "\r\n", " ", "　",
        "<td>", "</td><td>", "<br>", "|", "目\n", "注\n", "中小企業者の受注の機会の増大に努めるものとする。", "とする。\n",
        "お願いいたします。\n", "開催のご案内\n", "各位\n", "第五条　国は、", "２７号）第１２条の規定", "http://a.b/",
        "一　目的\n", "二 対象\n", "第1章 総則\n", "第一節　", "二の1の(1)に掲げる", "同(2)の", "前条第千百十項及び第〇号", "附則第3条", "別表第三",
        "令和5年4月25日閣議決定の基本方針", "（昭和四十一年法律第九十七号）\n", "３．（１）の規定", "この方針の第2の", "官公需法", "同法施行令第二条",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=60).map("".join),
    st.text(min_size=1, max_size=200),
    st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=40).map("".join),
).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(list(DocumentKind)))
def test_every_text_becomes_a_sound_document(text: str, kind: DocumentKind) -> None:
    parsed = parse(text, kind)
    assert parsed.text == text
    assert_sound(parsed)


@st.composite
def extracts(draw: st.DrawFn) -> Extract:
    """Pages with headings and tables anywhere, as a reader with a layout may hand them over."""
    texts = draw(st.lists(TEXTS.map(lambda text: text.replace("\f", "\n")), min_size=1, max_size=5))
    extract = Extract.of_pages(texts)
    starts = [0, *(at + 1 for at, sign in enumerate(extract.text) if sign in "\n\f")]
    ends = [*(at - 1 for at in starts[1:]), len(extract.text)]
    lines = st.integers(0, len(starts) - 1)
    marked = sorted(draw(st.lists(lines, unique=True, max_size=8)))
    tables: list[FoundTable] = []
    headings: list[FoundHeading] = []
    position = 0
    for line in marked:
        last = min(line + draw(st.integers(0, 2)), len(starts) - 1)
        if line < position:
            continue
        position = last + 1
        span = Span(starts[line], max(ends[last], starts[line]))
        if draw(st.booleans()):
            tables.append(FoundTable(TableData(("項目",), (("値",),)), span))
        else:
            headings.append(FoundHeading(span, draw(st.integers(0, 3))))
    return replace(extract, tables=tuple(tables), headings=tuple(headings))


@settings(max_examples=150, deadline=None)
@given(extracts(), st.sampled_from(list(DocumentKind)))
def test_every_layout_becomes_a_sound_document(extract: Extract, kind: DocumentKind) -> None:
    entry = ManifestEntry(file="d.pdf", kind=kind)
    assert_sound(parse_extract(extract, Path("d.pdf"), "d", entry, "0" * 64))


SENTENCE = "国等は、中小企業者の受注の機会の増大を図るように努めるものとする。"
STYLES: Mapping[str, Callable[[int], str]] = {
    "第": lambda number: f"第{number}",
    "1": str,
    "(1)": lambda number: f"({number})",
    "①": lambda number: "①②③④⑤"[number - 1],
    "ア": lambda number: "アイウエオ"[number - 1],
}
WRITTEN: Mapping[str, Sequence[str]] = {
    "第": ("第{} ", "第{}　", "## 第{} "),
    "1": ("{} ", "{}．", "### {}　"),
    "(1)": ("({}) ", "（{}）　", "- ({}) "),
    "①": ("①{} ", "①{}", "- ①{} "),
    "ア": ("ア{} ", "ア{}　", "ア{}．"),
}


@st.composite
def outlines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A policy with units nested at random in the usual order of styles, and their ids."""
    styles = ["第", *[style for style in list(STYLES)[1:] if draw(st.booleans())]]
    lines: list[str] = []
    ids: list[str] = []

    def unit(depth: int, above: str) -> None:
        for number in range(1, draw(st.integers(2, 4)) + 1):
            style = styles[depth]
            label = STYLES[style](number)
            form = draw(st.sampled_from(WRITTEN[style]))
            mark = (
                form.format(number)
                if style in ("第", "1", "(1)")
                else form.replace(f"{style}{{}}", label)
            )
            own = f"{above}/{label}" if above else label
            ids.append(own)
            heading = draw(st.booleans()) or depth == 0
            lines.append(f"{mark}{'発注情報の提供' if heading else SENTENCE}")
            if heading:
                lines.append(SENTENCE)
            lines.extend([""] * draw(st.integers(0, 2)))
            if depth + 1 < len(styles) and draw(st.integers(0, 2)):
                unit(depth + 1, own)

    unit(0, "")
    return "\n".join(lines), ids


@settings(max_examples=150, deadline=None)
@given(outlines())
def test_every_nesting_of_labels_is_read_as_written(made: tuple[str, list[str]]) -> None:
    text, ids = made
    parsed = parse(text, DocumentKind.KIKAN)
    assert [item.id.removeprefix("d/") for item in parsed.nodes] == ids
    assert_sound(parsed)


def assert_sound(parsed: ParsedDocument) -> None:
    text, nodes = parsed.text, parsed.nodes
    assert len({node.id for node in nodes}) == len(nodes)
    assert [node.start for node in nodes] == sorted(node.start for node in nodes)
    ids = {node.id for node in nodes}
    owners = [0] * len(text)
    for node in nodes:
        assert node.id.startswith(f"{node.doc}/")
        assert node.parent is None or node.parent in ids
        assert node.path[-1] == node.label
        for segment in node.segments:
            assert segment.end <= len(text)
            for offset in range(segment.start, segment.end):
                owners[offset] += 1
        assert_traced(node, text)
    wrong = [at for at, mark in enumerate(text) if not mark.isspace() and owners[at] != 1]
    assert not wrong, [text[at : at + 20] for at in wrong[:3]]
    places = {node.id: number for number, node in enumerate(nodes)}
    order = [(places[passage.node], passage.part) for passage in parsed.passages]
    assert order == sorted(order)
    for item in (*parsed.references, *parsed.definitions):
        assert 0 <= item.span.start < item.span.end <= len(text)
    for reference in parsed.references:
        assert reference.source in ids
        assert all(target in ids for target in reference.targets)
        assert (reference.status == "resolved") == bool(reference.targets)
    for passage in parsed.passages:
        owner = next(node for node in nodes if node.id == passage.node)
        assert owner.text[passage.start : passage.end] == passage.text


def assert_traced(node: Node, text: str) -> None:
    """Every character that has a place is the one there, a look-alike mended, in the node."""
    for start, source, length in node.source_map.runs:
        there = text[source : source + length]
        assert node.text[start : start + length] in (there, fold(there))
        assert any(
            segment.start <= source and source + length <= segment.end for segment in node.segments
        )
