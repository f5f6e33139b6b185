"""The small pieces that every page is made of: escaped text, marks, links to places."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from urllib.parse import quote as percent_encode

from kb.documents import DocumentKind
from kb.spans import Span

KIND_NAMES: dict[str, str] = {
    DocumentKind.KIHON: "基本方針",
    DocumentKind.KIKAN: "契約の方針",
    DocumentKind.JIREI: "事例集",
    DocumentKind.LAW: "法令",
    DocumentKind.OTHER: "その他",
}


def escape(text: str) -> str:
    """Text that is safe inside an element and inside a quoted attribute."""
    return html.escape(text, quote=True)


def marked(text: str, spans: Iterable[Span] = ()) -> str:
    """Escaped text with the ranges inside <mark>; overlapping ranges become one."""
    parts: list[str] = []
    position = 0
    for span in _joined(spans):
        start, end = min(span.start, len(text)), min(span.end, len(text))
        if start < end:
            parts += escape(text[position:start]), f"<mark>{escape(text[start:end])}</mark>"
            position = end
    return "".join(parts) + escape(text[position:])


def paragraphs(text: str, spans: Sequence[Span] = ()) -> str:
    """One <p> a line, with the ranges of `text` marked."""
    parts: list[str] = []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            parts.append(f"<p>{marked(line, within(spans, position, position + len(line)))}</p>")
        position += len(line) + 1
    return "".join(parts)


def within(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The parts of the spans that lie in start..end, counted from `start`."""
    return tuple(
        Span(max(span.start, start) - start, min(span.end, end) - start)
        for span in spans
        if span.start < end and span.end > start
    )


def place_href(place: str, source: Span | None = None) -> str:
    """The permalink of a node or document; `source` is the quoted range of the source text."""
    href = f"?id={percent_encode(place, safe='/()')}"
    return f"{href}&s={source.start}&e={source.end}" if source else href


def place_link(place: str, inner: str, source: Span | None = None, attributes: str = "") -> str:
    """A link that opens the reader; `inner` and `attributes` are HTML."""
    return f'<a href="{escape(place_href(place, source))}"{attributes}>{inner}</a>'


def copy_button(text: str, label: str) -> str:
    """A button that puts `text` on the clipboard."""
    return (
        f'<button type="button" class="kb-copy" data-copy="{escape(text)}">{escape(label)}</button>'
    )


def problem(message: str) -> str:
    """One sentence that says what went wrong."""
    return f'<p class="kb-problem" role="alert">{escape(message)}</p>'


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; the header is text."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head_row = f"<thead><tr>{head}</tr></thead>" if header else ""
    return (
        '<div class="kb-table" role="region" aria-label="表" tabindex="0">'
        f"<table>{head_row}<tbody>{body}</tbody></table></div>"
    )


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
