"""What the reader writes into and below a clause: references, defined terms, the source's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.documents import Definition, LawCitation, Node, Repair
from kb.spans import Span
from ui.names import REPAIRS
from ui.web.render.markup import Wrap, escape, paragraphs, place_href, place_link, tip, wrapped
from ui.web.views import Link, Place, text_range

_INLINE_TARGETS = 3
_NO_KANJI_BEFORE = r"(?<![\u4e00-\u9fff々])"
_SHOWN = 12


def wraps(node: Node, item: Place) -> tuple[Wrap, ...]:
    """References and defined terms of a node as elements around ranges of its text."""
    references = tuple(_references(node, item.links))
    taken = [wrap.span for wrap in references]
    free = (
        wrap
        for wrap in _terms(node, item.terms)
        if all(wrap.span.end <= span.start or span.end <= wrap.span.start for span in taken)
    )
    return (*references, *free)


def links(item: Place) -> str:
    """What the node refers to and what refers to it, as two lists."""
    own = [link for link in item.links if _is_own(link, item.node)]
    out = "".join(f"<li>{_outgoing(link)}</li>" for link in _once(own))
    into = "".join(
        f"<li>{place_link(link.reference.source, escape(link.source_name))}"
        f"<span>「{escape(link.reference.text)}」</span></li>"
        for link in item.linked_from[:_SHOWN]
        if link.reference.source != item.node.id
    )
    left = len(item.linked_from) - _SHOWN
    more = f"<li>ほか{left}か所</li>" if left > 0 else ""
    parts = (
        ("この箇所が参照するもの", out),
        ("この箇所を参照しているもの", into + more if into else ""),
    )
    return "".join(
        f'<section class="kb-links"><h4>{title}</h4><ul>{items}</ul></section>'
        for title, items in parts
        if items
    )


def source(item: Place) -> str:
    """The text as the file has it, beside the text as it was repaired."""
    count = len(item.node.repairs)
    note = f"補正{count}か所" if count else "補正なし"
    raw = "".join(
        f"<pre>{_raw(text, span, item.node.repairs)}</pre>"
        for text, span in zip(item.raw, item.node.segments, strict=True)
    )
    kinds = dict.fromkeys(repair.kind for repair in item.node.repairs)
    legend = "、".join(escape(REPAIRS.get(kind, kind)) for kind in kinds)
    return (
        f'<details class="kb-raw"><summary>原文と補正後を見比べる（{note}）</summary>'
        f'<div class="kb-sides"><div><h4>原文のまま</h4>{raw}</div>'
        f'<div><h4>補正後</h4><div class="kb-repaired">{paragraphs(item.node.text)}</div></div></div>'
        + (f'<p class="kb-legend">印は{legend}です。</p>' if legend else "")
        + "</details>"
    )


def _raw(text: str, segment: Span, repairs: Sequence[Repair]) -> str:
    inside = (
        Wrap(
            Span(repair.span.start - segment.start, repair.span.end - segment.start),
            f"<del{_kind(repair)}{tip(_told(repair))}>",
            "</del>",
        )
        for repair in repairs
        if segment.start <= repair.span.start and repair.span.end <= segment.end
    )
    return wrapped(text.rstrip(), inside)


def _kind(repair: Repair) -> str:
    return ' class="kb-break"' if not repair.before.strip() else ""


def _told(repair: Repair) -> str:
    name = REPAIRS.get(repair.kind, repair.kind)
    return f"{name}：「{repair.before}」→「{repair.after}」" if repair.after.strip() else name


def _references(node: Node, found: Sequence[Link]) -> Iterator[Wrap]:
    for link in found:
        if not _is_own(link, node):
            continue
        span = text_range(node, link.reference.span)
        if span is None or not len(span):
            continue
        if 0 < len(link.targets) <= _INLINE_TARGETS:
            target = link.targets[0][0]
            names = "、".join(name for _, name in link.targets)
            href = escape(place_href(target))
            yield Wrap(span, f'<a class="kb-ref" href="{href}"{tip(f"{names}を開く")}>', "</a>")
        elif not link.targets:
            words = _outside(link)
            yield Wrap(span, f'<span class="kb-out" tabindex="0"{tip(words)}>', "</span>")


def _terms(node: Node, terms: Sequence[Definition]) -> Iterator[Wrap]:
    meanings = {item.term: item for item in terms if item.node != node.id}
    if not meanings:
        return
    longest_first = sorted(meanings, key=len, reverse=True)
    # 小企業者 is not meant where 中小企業者 stands.
    words_only = "|".join(f"{_NO_KANJI_BEFORE}{re.escape(term)}" for term in longest_first)
    for match in re.finditer(words_only, node.text):
        words = f"{match[0]}：{meanings[match[0]].meaning}"
        before = f'<span class="kb-term" tabindex="0"{tip(words)}>'
        yield Wrap(Span(*match.span()), before, "</span>")


def _is_own(link: Link, node: Node) -> bool:
    """Whether the node itself says it, and not only of itself (同方針, 当該制度)."""
    return link.reference.source == node.id and link.reference.targets != (node.id,)


def _outgoing(link: Link) -> str:
    words = f"「{escape(link.reference.text)}」"
    if not link.targets:
        return f"{words}<span>{escape(_outside(link))}</span>"
    places = "、".join(
        place_link(target, escape(name)) for target, name in link.targets[:_INLINE_TARGETS]
    )
    more = len(link.targets) - _INLINE_TARGETS
    return f"{words} {places}" + (f"<span>ほか{more}か所</span>" if more > 0 else "")


def _outside(link: Link) -> str:
    if link.reference.status == "dangling":
        return "参照先が見つかりません。"
    if link.reference.law:
        return f"知識ベースにない法令：{_law(link.reference.law)}"
    return "知識ベースにない文書です。"


def _law(law: LawCitation) -> str:
    number = f"（{law.number}）" if law.number else ""
    places = (law.article, law.paragraph, law.item)
    return law.name + number + "".join(f"第{place}" for place in places if place)


def _once(found: Sequence[Link]) -> list[Link]:
    return list({(link.reference.text, link.targets): link for link in found}.values())
